import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';

const gateway = await startGateway({ keyEnvironments: ['LIVE'] });

/** Flips the last character of a text to another of the same alphabet. */
const spoiled = (text: string) => text.slice(0, -1) + (text.endsWith('a') ? 'b' : 'a');

describe('an API key', () => {
  it('is shown once, in the documented form, and only its bcrypt hash is stored', async () => {
    const { plaintext, id } = await gateway.mintKey();
    expect(plaintext).toMatch(/^sr_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{51}$/);
    const row = await gateway.db.apiKey.findUniqueOrThrow({ where: { id } });
    const [, , lookup, secret] = plaintext.split('_');
    expect(row.lookup).toBe(lookup);
    expect(row.secretHash).toMatch(/^\$2b\$10\$/);
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(gateway.logged()).not.toContain(secret);
  });

  it('is refused on the very next request after it is revoked', async () => {
    const { plaintext, id } = await gateway.mintKey();
    expect((await gateway.get('/api/key', plaintext)).status).toBe(200);
    await gateway.graphql('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id });
    expect((await gateway.get('/api/key', plaintext)).status).toBe(401);
  });

  it('leaves a record of who minted it and who revoked it, once, without its secret', async () => {
    const { plaintext, id, partnerId } = await gateway.mintKey({ scopes: ['workout-templates:read'] });
    for (let time = 0; time < 2; time++) await gateway.graphql('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id });
    const events = await gateway.db.auditEvent.findMany({ where: { targetId: id }, orderBy: { action: 'asc' } });
    const [, , lookup, secret] = plaintext.split('_');
    const event = { at: gateway.clock.now, actorKind: 'operator', actorId: 'admin', targetType: 'ApiKey', targetId: id };
    expect(events).toMatchObject([
      { ...event, action: 'api-key.create', details: { partnerId, lookup, environment: 'LIVE', scopes: ['workout-templates:read'] } },
      { ...event, action: 'api-key.revoke', details: { partnerId, lookup } },
    ]);
    expect(JSON.stringify(events)).not.toContain(secret);
  });

  it('is refused from the moment it expires', async () => {
    const expiresAt = new Date(gateway.clock.now.getTime() + 60_000);
    const { plaintext } = await gateway.mintKey({ expiresAt });
    expect((await gateway.get('/api/key', plaintext)).status).toBe(200);
    gateway.clock.now = expiresAt;
    expect((await gateway.get('/api/key', plaintext)).status).toBe(401);
  });

  it('tells its own scopes, limits, environment and expiry', async () => {
    const { plaintext, id } = await gateway.mintKey({ scopes: ['workout-templates:read'], requestsPerMinute: 7, label: 'nightly' });
    const body = await (await gateway.get('/api/key', plaintext)).json();
    expect(body).toEqual({
      id,
      lookup: plaintext.split('_')[2],
      environment: 'LIVE',
      label: 'nightly',
      scopes: ['workout-templates:read'],
      requestsPerMinute: 7,
      requestsPerDay: 10_000,
      createdAt: gateway.clock.now.toISOString(),
    });
  });
});

describe('a refused credential', () => {
  it('gets the same 401 for every reason', async () => {
    const { plaintext } = await gateway.mintKey();
    const test = await gateway.mintKey({ environment: 'TEST' });
    const [prefix, environment, lookup, secret] = plaintext.split('_');
    const unknownLookup = `${prefix}_${environment}_${spoiled(lookup ?? '')}_${secret}`;
    const headers: Record<string, string>[] = [
      {},
      { 'X-API-Key': 'rubbish' },
      { 'X-API-Key': '' },
      { 'X-API-Key': unknownLookup },
      { 'X-API-Key': spoiled(plaintext) },
      { 'X-API-Key': test.plaintext },
      { 'X-API-Key': `${plaintext}, ${plaintext}` },
      { 'X-API-Key': plaintext, Authorization: 'Bearer something' },
      { Authorization: 'Bearer something' },
      { Authorization: 'Basic dXNlcjpwYXNz' },
    ];
    const bodies = new Set<string>();
    for (const header of headers) {
      const response = await gateway.get('/api/workout-templates', null, { headers: header });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('ApiKey');
      const { requestId, ...body } = (await response.json()) as Record<string, unknown>;
      expect(requestId).toBe(response.headers.get('x-request-id'));
      bodies.add(JSON.stringify(body));
    }
    expect([...bodies]).toHaveLength(1);
  });
});
