import { describe, expect, it } from 'vitest';
import { adminToken, publicUrl, startGateway } from './support/gateway.ts';
import { ask, createSharedRunner, fullDocument, importRunner, linkOf, share } from './support/runners.ts';

const gateway = await startGateway();
const noon = new Date('2026-06-13T12:00:00.000Z');
gateway.clock.now = noon;

const runner = await createSharedRunner(gateway, fullDocument);
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => gateway.get(path, null, { method, headers });

describe('the context', () => {
  it('is markdown unless JSON is asked for, and both say the same', async () => {
    const json = await get(`${runner.path}?format=json`);
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { context_markdown } = (await json.json()) as { context_markdown: string };
    for (const query of ['', '?format=markdown', '?format=', '?format=html', '?format=JSON', '?utm_source=chat&unknown=1', '?limit=x']) {
      const response = await get(`${runner.path}${query}`);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(await response.text()).toBe(context_markdown);
    }
  });

  it('carries the documented headers, and no permission for other origins', async () => {
    const response = await get(runner.path, { Origin: 'https://elsewhere.example' });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'private, max-age=3600',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
      vary: 'Accept, Accept-Encoding',
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control') || name.includes('ratelimit'))).toEqual([]);
    for (const refused of [
      await get('/api/runner-context/unknown'),
      await get(`${runner.path}/health?before=x`),
      await get('/api/runner-context/'),
    ]) {
      expect(refused.headers.get('cache-control')).toBe('no-store');
      expect(refused.headers.get('x-robots-tag')).toBe('noindex, nofollow');
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('is given to whoever has the address, whatever credentials stand in the request', async () => {
    const { plaintext } = await gateway.mintKey();
    const requests: Record<string, string>[] = [
      {},
      { 'X-API-Key': 'rubbish' },
      { 'X-API-Key': plaintext, Authorization: `Bearer ${adminToken}` },
      { Authorization: 'Basic rubbish', Cookie: 'session=rubbish' },
      { 'User-Agent': '' },
    ];
    for (const headers of requests) expect((await get(runner.path, headers)).status).toBe(200);
  });

  it('answers HEAD as GET without the body, and other methods with 405', async () => {
    const [whole, head] = [await get(runner.path), await get(runner.path, {}, 'HEAD')];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(await whole.text())));
    expect(head.headers.get('etag')).toBe(whole.headers.get('etag'));
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const refused = await get(runner.path, {}, method);
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('is forbidden to crawlers', async () => {
    expect(await (await get('/robots.txt')).text()).toBe('User-agent: *\nDisallow: /api/runner-context/\n');
  });

  it('says the same over GraphQL, to anybody', async () => {
    const { context_markdown, ...json } = (await (await get(`${runner.path}?format=json`)).json()) as Record<string, unknown>;
    const answer = await gateway.graphql<{ runnerContext: Record<string, unknown> }>(
      `query ($token: String!) { runnerContext(token: $token) { runner { username units age sex height_cm weight_kg resting_hr lthr
        hr_zones { zone1_max zone2_max zone3_max zone4_max zone5_max } running_since weekly_frequency } scopes { profile training health labs }
        training { recent_runs { date distance_km avg_pace } } generated_at source } }`,
      { token: runner.token },
      {},
    );
    expect(answer.data.runnerContext).toMatchObject({ runner: json.runner as object, scopes: json.scopes as object, source: publicUrl });
    expect(context_markdown).toContain(runner.username);
    const unknown = await gateway.graphql('{ runnerContext(token: "unknown") { source } }', {}, {});
    expect(unknown.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const closed = await createSharedRunner(gateway, {}, {});
    const refused = await gateway.graphql(
      'query ($token: String!) { runnerHealth(token: $token) { page { count } } }',
      { token: closed.token },
      {},
    );
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('a client that has the document already', () => {
  it('is told so until something that it may see changes', async () => {
    const owner = await createSharedRunner(gateway, fullDocument, { enabled: true });
    const first = await get(owner.path);
    const etag = first.headers.get('etag')!;
    gateway.clock.now = new Date(noon.getTime() + 60_000);
    const again = await get(owner.path, { 'If-None-Match': etag });
    expect(again.status).toBe(304);
    expect(again.headers.get('cache-control')).toBe('private, max-age=3600');
    expect(await again.text()).toBe('');

    await importRunner(gateway, { username: owner.username, dailyMetrics: [{ date: '2026-06-13', source: 'health-ring', hrv: 70 }] });
    expect((await get(owner.path, { 'If-None-Match': etag })).status, 'health is not shared').toBe(304);

    await importRunner(gateway, { username: owner.username, gear: [{ name: 'new shoes' }] });
    const changed = await get(owner.path, { 'If-None-Match': etag });
    expect(changed.status).toBe(200);
    expect(await changed.text()).toContain('new shoes');
    gateway.clock.now = noon;
  });

  it.each([
    ['Asia/Tokyo', '2026-06-13T15:00:00.000Z', '2026-06-14'],
    ['America/Chicago', '2026-06-14T05:00:00.000Z', '2026-06-14'],
    ['America/Chicago', '2026-11-02T06:00:00.000Z', '2026-11-02'],
    ['Pacific/Kiritimati', '2026-06-13T10:00:00.000Z', '2026-06-14'],
  ])('gets new bytes when it is midnight in %s (%s)', async (timezone, midnight, day) => {
    const owner = await createSharedRunner(gateway, { ...fullDocument, timezone });
    const at = new Date(midnight).getTime();
    const bytes: string[] = [];
    let etag = '';
    for (const [offsetMs, status] of [
      [-2_000, 200],
      [-1, 304],
      [0, 200],
      [1_000, 304],
    ] as const) {
      gateway.clock.now = new Date(at + offsetMs);
      const response = await get(owner.path, { 'If-None-Match': etag });
      expect(response.status, `${offsetMs} ms from midnight`).toBe(status);
      etag = response.headers.get('etag')!;
      if (status === 200) bytes.push((await response.text()).replace(/Generated \S+/, ''));
    }
    expect(bytes[0]).not.toContain(`today: ${day}`);
    expect(bytes[1]).toMatch(new RegExp(`today: \\w{3} ${day} \\(${timezone}\\)`));
    expect(bytes[0]).not.toBe(bytes[1]);
    gateway.clock.now = noon;
  });
});

describe('rotating the token', () => {
  it('ends the old address with the next request, on every node, and starts the new one', async () => {
    const owner = await createSharedRunner(gateway, fullDocument);
    const otherNode = await startGateway({ database: gateway.database });
    otherNode.clock.now = noon;
    const before = await get(owner.path);
    expect((await otherNode.get(owner.path)).status).toBe(200);
    const { rotateContextToken } = await ask<{ rotateContextToken: { url: string; rotatedAt: string } }>(
      gateway,
      'mutation ($id: ID!) { rotateContextToken(runnerId: $id) { url rotatedAt } }',
      { id: owner.id },
    );
    expect(rotateContextToken.rotatedAt).toBe(noon.toISOString());
    for (const node of [gateway, otherNode]) {
      expect((await node.get(owner.path)).status).toBe(404);
      expect((await node.get(owner.path, null, { headers: { 'If-None-Match': before.headers.get('etag')! } })).status).toBe(404);
      expect((await node.get(`${owner.path}/health`)).status).toBe(404);
      expect((await node.get(new URL(rotateContextToken.url).pathname)).status).toBe(200);
    }
    expect(await linkOf(gateway, owner.id)).toMatchObject({ path: new URL(rotateContextToken.url).pathname });
  });

  it('and turning sharing off or on leave an audit event without the token', async () => {
    const owner = await createSharedRunner(gateway, {}, {});
    await share(gateway, owner.id, { enabled: true, health: true });
    await share(gateway, owner.id, { enabled: true, health: true });
    await ask(gateway, 'mutation ($id: ID!) { rotateContextToken(runnerId: $id) { rotatedAt } }', { id: owner.id });
    const events = await gateway.db.auditEvent.findMany({ where: { targetId: owner.id }, orderBy: { id: 'asc' } });
    const { token } = await linkOf(gateway, owner.id);
    expect(events.map(({ action, details, actorKind }) => ({ action, details, actorKind }))).toEqual([
      { action: 'runner.create', details: {}, actorKind: 'operator' },
      { action: 'runner.import', details: {}, actorKind: 'operator' },
      { action: 'context-sharing.update', details: { enabled: true, health: true }, actorKind: 'operator' },
      { action: 'context-token.rotate', details: { linkId: expect.any(String) }, actorKind: 'operator' },
    ]);
    for (const secret of [owner.token, token]) expect(JSON.stringify(events)).not.toContain(secret);
  });
});

describe('the token', () => {
  it('is in no log, and in the database only encrypted', async () => {
    const owner = await createSharedRunner(gateway, fullDocument);
    for (const path of ['', '/health', '/health?before=x', '?format=json', '/nowhere', '/', 'x']) await get(`${owner.path}${path}`);
    await get(`//api/runner-context/${owner.token}`);
    await gateway.graphql('query ($token: String!) { runnerContext(token: $token) { nonsense } }', { token: owner.token }, {});
    await gateway.graphql(`{ runnerHealth(token: "${owner.token}", before: "x") { page { count } } }`, {}, {});
    expect(gateway.logged()).not.toContain(owner.token);
    const rows = [await gateway.db.contextLink.findMany(), await gateway.db.auditEvent.findMany()];
    expect(JSON.stringify(rows)).not.toContain(owner.token);
  });
});
