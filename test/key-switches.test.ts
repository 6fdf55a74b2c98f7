/** What operators change of a key that exists, and what of it holds from the next request on. */
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { askEveryDoor, changeKey, rotate, seenKey, setArchived, updateKey } from './support/keys.ts';

const a = await startGateway();
const b = await startGateway({ database: a.database });

const everywhere = async (key: string) => [...new Set([...(await askEveryDoor(a, key)), ...(await askEveryDoor(b, key))])];

describe('a disabled key', () => {
  it('is refused by every node from the next request on, until it is enabled', async () => {
    const { plaintext, id } = await a.mintKey();
    expect(await everywhere(plaintext)).toEqual([200]);
    expect((await changeKey(a, 'disableApiKey', id)).data?.disableApiKey).toMatchObject({ status: 'DISABLED' });
    expect(await everywhere(plaintext)).toEqual([401]);
    expect((await changeKey(b, 'enableApiKey', id)).data?.enableApiKey).toMatchObject({ status: 'ACTIVE', disabledAt: null });
    expect(await everywhere(plaintext)).toEqual([200]);
  });

  it('keeps its first moment when it is disabled again; each change is recorded once', async () => {
    const { id } = await a.mintKey();
    const first = a.clock.now;
    await changeKey(a, 'disableApiKey', id);
    a.clock.now = new Date(first.getTime() + 1_000);
    expect((await changeKey(a, 'disableApiKey', id)).data?.disableApiKey?.disabledAt).toBe(first.toISOString());
    for (let time = 0; time < 2; time++) await changeKey(a, 'enableApiKey', id);
    const events = await a.db.auditEvent.findMany({ where: { targetId: id }, orderBy: { id: 'asc' } });
    expect(events.map(({ action }) => action)).toEqual(['api-key.create', 'api-key.disable', 'api-key.enable']);
  });

  it('goes on with its grace when it is enabled', async () => {
    const { id, plaintext } = await a.mintKey();
    await rotate(a, id, 3_600);
    await changeKey(a, 'disableApiKey', id);
    expect((await changeKey(a, 'enableApiKey', id)).data?.enableApiKey?.status).toBe('DEPRECATED');
    expect((await a.get('/api/key', plaintext)).headers.get('sunset')).not.toBeNull();
  });
});

describe('what has ended', () => {
  it('is neither disabled, enabled nor changed any more', async () => {
    const { id } = await a.mintKey();
    await changeKey(a, 'revokeApiKey', id);
    const answers = [await changeKey(a, 'disableApiKey', id), await changeKey(a, 'enableApiKey', id), await updateKey(a, id, {})];
    for (const { errors } of answers) expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(/revoked at .* final/) });
    for (const { errors } of answers) expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
  });
});

describe('an update of a key', () => {
  it('holds from the next request on, for every node', async () => {
    const { id, plaintext, partnerId } = await a.mintKey({ requestsPerMinute: 50 });
    expect((await b.get('/api/training-plan-templates', plaintext)).status).toBe(200);
    await updateKey(a, id, { scopes: ['workout-templates:read'], requestsPerMinute: 5, label: 'changed' });
    expect((await b.get('/api/training-plan-templates', plaintext)).status).toBe(403);
    expect((await b.get('/api/key', plaintext)).headers.get('ratelimit-policy')).toContain('"minute";q=5;');
    const [update] = await a.db.auditEvent.findMany({ where: { targetId: id, action: 'api-key.update' } });
    expect(update?.details).toEqual({
      partnerId,
      lookup: plaintext.split('_')[2],
      label: 'changed',
      scopes: ['workout-templates:read'],
      requestsPerMinute: 5,
    });
  });

  it('keeps what is left out and brings back with null what a new key has', async () => {
    const expiresAt = new Date(a.clock.now.getTime() + 60_000).toISOString();
    const agreed = { label: 'nightly', scopes: ['workout-templates:read'], requestsPerMinute: 7, requestsPerDay: 70, expiresAt };
    const { id, partnerId } = await a.mintKey(agreed);
    expect((await updateKey(a, id, {})).data?.updateApiKey).toMatchObject(agreed);
    expect(await a.db.auditEvent.count({ where: { targetId: id, action: 'api-key.update' } })).toBe(0);
    await updateKey(a, id, { label: null, scopes: null, requestsPerMinute: null, requestsPerDay: null, expiresAt: null });
    expect(await seenKey(a, { id, partnerId })).toMatchObject({
      label: null,
      scopes: ['workout-templates:read', 'training-plan-templates:read'],
      requestsPerMinute: 60,
      requestsPerDay: 10_000,
      expiresAt: null,
    });
  });

  it('revives a key that has expired, with a later expiry', async () => {
    const expiresAt = new Date(a.clock.now.getTime() + 60_000);
    const { id, plaintext } = await a.mintKey({ expiresAt });
    a.clock.now = expiresAt;
    expect(await askEveryDoor(a, plaintext)).toEqual([401, 401, 401]);
    expect((await updateKey(a, id, { expiresAt: new Date(expiresAt.getTime() + 1) })).data?.updateApiKey.status).toBe('ACTIVE');
    expect(await askEveryDoor(a, plaintext)).toEqual([200, 200, 200]);
  });

  it('is refused with every fault', async () => {
    const { id } = await a.mintKey();
    const faults = async (input: object) => (await updateKey(a, id, input)).errors?.[0]?.extensions;
    expect(await faults({ label: '', scopes: ['nothing:read'], requestsPerMinute: 0, requestsPerDay: -1 })).toMatchObject({
      code: 'INVALID',
      errors: [{ path: 'label' }, { path: 'scopes[0]' }, { path: 'requestsPerMinute' }, { path: 'requestsPerDay' }],
    });
    expect(await faults({ expiresAt: a.clock.now })).toMatchObject({ code: 'INVALID', errors: [{ path: 'expiresAt' }] });
    expect((await updateKey(a, crypto.randomUUID(), {})).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describe('an archived partner', () => {
  it('has no key that is let in, by any node, until it is unarchived; it gets no new one', async () => {
    const { id, plaintext, partnerId } = await a.mintKey();
    expect(await everywhere(plaintext)).toEqual([200]);
    await setArchived(a, partnerId, true);
    expect(await everywhere(plaintext)).toEqual([401]);
    const { errors } = await a.graphql('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext } }', {
      input: { partnerId, environment: 'LIVE' },
    });
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('Unarchive it first'), extensions: { code: 'CONFLICT' } });
    await setArchived(b, partnerId, false);
    expect(await everywhere(plaintext)).toEqual([200]);
    await changeKey(a, 'revokeApiKey', id);
    expect(await everywhere(plaintext)).toEqual([401]);
  });
});
