/** A clock is set back an hour, the database's or a node's: what must only rise rises, and windows stay as long as they are. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { changeKey } from './support/keys.ts';
import { createSharedRunner } from './support/runners.ts';
import { createWorkout, updateWorkout } from './support/templates.ts';

const gateway = await startGateway();
const hourMs = 3_600_000;
const path = '/api/workout-templates';

afterEach(() => {
  vi.useRealTimers();
  gateway.clock.now = new Date();
});

interface Listed {
  data: { id: string; version: number; updatedAt: string }[];
  removed?: { id: string; version: number; updatedAt: string }[];
}

describe("the database's clock", () => {
  it('versions and stamps still rise, and a partner that polls by them misses nothing', async () => {
    const { plaintext } = await gateway.mintKey({ requestsPerMinute: 1_000 });
    const first = await createWorkout(gateway);
    // As it is after the clock is set back: the newest stamp lies an hour ahead of it.
    await gateway.database.pool.query(`UPDATE "SyncClock" SET "revision" = clock_timestamp() + interval '1 hour'`);
    const ahead = await createWorkout(gateway);
    let seen = (await updateWorkout(gateway, ahead.id, { tags: ['seen'] })).updatedAt;
    expect(Date.parse(seen)).toBeGreaterThan(Date.now() + hourMs / 2);

    const stamps = [seen];
    for (const [index, id] of [first.id, ahead.id, first.id, ahead.id].entries()) {
      const changed = await updateWorkout(gateway, id, { tags: [`change ${index}`] });
      stamps.push(changed.updatedAt);
      const poll = await gateway.get(`${path}?updatedSince=${seen}`, plaintext);
      const { data } = (await poll.json()) as Listed;
      expect(data.map((row) => [row.id, row.version, row.updatedAt])).toEqual([[id, changed.version, changed.updatedAt]]);
      seen = changed.updatedAt;
    }
    expect(stamps).toEqual([...new Set(stamps)].toSorted());
    await updateWorkout(gateway, first.id, { status: 'ARCHIVED' });
    const { data, removed } = (await (await gateway.get(`${path}?updatedSince=${seen}&includeRemoved=true`, plaintext)).json()) as Listed;
    expect([data, removed?.map(({ id }) => id)]).toEqual([[], [first.id]]);
    expect((await (await gateway.get(`${path}?per_page=1`, plaintext)).json()) as Listed).toMatchObject({ data: [{ id: ahead.id }] });
  });
});

describe("a node's clock", () => {
  it('leaves windows as long as they are: no client is told to wait an hour for a minute', async () => {
    const { plaintext, id, partnerId } = await gateway.mintKey({ requestsPerMinute: 2, requestsPerDay: 100 });
    await gateway.get('/api/key', plaintext);
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() - hourMs);
    gateway.clock.now = new Date();
    expect((await gateway.get('/api/key', plaintext)).status).toBe(200);
    const refused = await gateway.get('/api/key', plaintext);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    const [minute, day] = [...(refused.headers.get('ratelimit') ?? '').matchAll(/t=(\d+)/g)].map(([, seconds]) => Number(seconds));
    expect(minute).toBeLessThanOrEqual(60);
    expect(day).toBeLessThanOrEqual(86_400);
    expect(Number(refused.headers.get('x-ratelimit-reset'))).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000) + 60);
    const { data } = await gateway.graphql<{ partner: { apiKeys: { id: string; consumption: { minute: { resetsAt: string } } }[] } }>(
      'query ($id: ID!) { partner(id: $id) { apiKeys { id consumption { minute { resetsAt } } } } }',
      { id: partnerId },
    );
    const resetsAt = data.partner.apiKeys.find((key) => key.id === id)?.consumption.minute.resetsAt ?? '';
    expect(Date.parse(resetsAt)).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it('brings no revoked key back, and keeps what is counted and read', async () => {
    const revoked = await gateway.mintKey();
    const used = await gateway.mintKey();
    const runner = await createSharedRunner(gateway);
    await changeKey(gateway, 'revokeApiKey', revoked.id);
    expect((await gateway.get('/api/key', used.plaintext)).status).toBe(200);
    await gateway.flushUsage();
    const lastUsedAt = async () => (await gateway.db.apiKey.findUniqueOrThrow({ where: { id: used.id } })).lastUsedAt;
    const before = await lastUsedAt();
    gateway.clock.now = new Date(gateway.clock.now.getTime() - hourMs);
    expect((await gateway.get('/api/key', revoked.plaintext)).status).toBe(401);
    expect((await gateway.get('/api/key', used.plaintext)).status).toBe(200);
    await gateway.flushUsage();
    expect(await lastUsedAt()).toEqual(before);
    expect((await gateway.get(runner.path)).status).toBe(200);
  });

  it('lets a cached answer be replaced by what was changed since', async () => {
    const runner = await createSharedRunner(gateway, { username: `runner-${crypto.randomUUID()}`, units: 'METRIC' });
    const etag = (await gateway.get(runner.path)).headers.get('etag') ?? '';
    gateway.clock.now = new Date(gateway.clock.now.getTime() - hourMs);
    await gateway.graphql('mutation ($id: ID!) { updateRunner(id: $id, input: { units: IMPERIAL }) { id } }', { id: runner.id });
    const again = await gateway.get(runner.path, null, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('imperial')]);
  });
});
