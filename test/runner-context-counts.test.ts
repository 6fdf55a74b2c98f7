import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { ask, createSharedRunner, fullDocument } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

const runner = await createSharedRunner(gateway, fullDocument);
const get = (path: string, headers: Record<string, string> = {}) => gateway.get(path, null, { headers });

describe('reads', () => {
  it('are counted per link, day, section and kind of client, and written down together', async () => {
    const owner = await createSharedRunner(gateway, fullDocument, { enabled: true, health: true });
    const count = () => gateway.db.contextRead.count({ where: { link: { runnerId: owner.id } } });
    for (let index = 0; index < 5; index++) await get(owner.path, { 'User-Agent': 'Mozilla/5.0; compatible; ChatGPT-User/1.0' });
    await get(`${owner.path}?format=json`, { 'User-Agent': 'curl/8.5.0' });
    await get(`${owner.path}/health`);
    await get(`${owner.path}/health?before=x`);
    expect(await count()).toBe(0);
    await gateway.flushReads();
    const rows = await gateway.db.contextRead.findMany({ where: { link: { runnerId: owner.id } } });
    expect(
      rows.map(({ section, client, count: reads, day }) => `${day.toISOString().slice(0, 10)} ${section} ${client} ${reads}`).sort(),
    ).toEqual([
      '2026-06-13 health command-line 1',
      '2026-06-13 health openai 5',
      '2026-06-13 health-history other 1',
      '2026-06-13 profile command-line 1',
      '2026-06-13 profile openai 5',
      '2026-06-13 training command-line 1',
      '2026-06-13 training openai 5',
    ]);
    await get(owner.path, { 'User-Agent': 'curl/8.5.0' });
    await gateway.flushReads();
    const [profile] = await gateway.db.contextRead.findMany({
      where: { link: { runnerId: owner.id }, section: 'profile', client: 'command-line' },
    });
    expect(profile?.count).toBe(2n);
  });

  it('of a link that is erased before they are written down disturb nobody', async () => {
    const owner = await createSharedRunner(gateway);
    await get(owner.path);
    await ask(gateway, 'mutation ($id: ID!) { deleteRunner(id: $id) }', { id: owner.id });
    await gateway.flushReads();
    expect(gateway.logged()).not.toContain('were not counted');
  });
});

describe('limits', () => {
  it('are 600 a minute for a token, and say when to come back', async () => {
    const owner = await createSharedRunner(gateway);
    for (let index = 0; index < 600; index++) expect((await get(`${owner.path}/health?limit=1`)).status).toBe(200);
    const refused = await get(owner.path);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED' });
    expect((await get(runner.path)).status).toBe(200);
  });

  it('stop an address that tries tokens, and never one that has the right token', async () => {
    const from = (address: string, path: string) =>
      gateway.app.read({ method: 'GET', path, query: '', header: () => null, address, requestId: 'test' })!;
    const guess = () => `/api/runner-context/${'a'.repeat(43)}`;
    for (let index = 0; index < 60; index++) expect((await from('198.51.100.7', guess())).status).toBe(404);
    expect((await from('198.51.100.7', guess())).status).toBe(429);
    expect((await from('198.51.100.7', runner.path)).status).toBe(200);
    expect((await from('198.51.100.8', guess())).status).toBe(404);
    for (let index = 0; index < 60; index++) await from(`2001:db8::${index.toString(16)}`, guess());
    expect((await from('2001:db8::ffff:1', guess())).status, 'one IPv6 network').toBe(429);
  });
});
