/** A Redis that is lost, hung, cut off or back again: requests are answered all the while, quickly, and within limits. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { startRedisNode } from '../support/redis-node.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

const server = await startRedisServer();
const proxy = await startFaultProxy({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
const admin = new Redis(server.url);
admin.on('error', () => undefined);
afterAll(async () => {
  admin.disconnect();
  await proxy.close();
  await server.stop();
});

const url = `redis://127.0.0.1:${proxy.port}`;
const a = await startRedisNode(url);
const b = await startRedisNode(url, a.database);
const nodes = [a, b];

/** One that nobody counts against, to see whether the nodes share. */
const probe = await a.mintKey({ requestsPerMinute: 1_000_000, requestsPerDay: 1_000_000 });

const remaining = async (node: typeof a, key: string) => Number((await node.get('/api/key', key)).headers.get('x-ratelimit-remaining'));

/** What one counts, the other sees. */
const sharesAgain = async () => (await remaining(a, probe.plaintext)) - 1 === (await remaining(b, probe.plaintext));

interface Outcome {
  statuses: Set<number>;
  admitted: number;
  sortedMs: number[];
}

/** 120 requests to each node, eight at a time. On a busy machine the database may refuse one before it is counted: it comes again. */
async function load(key: string): Promise<Outcome> {
  const outcome: Outcome = { statuses: new Set(), admitted: 0, sortedMs: [] };
  const client = async (node: typeof a) => {
    for (let asked = 0; asked < 15; asked++) {
      const startedAt = performance.now();
      const { status, headers } = await node.get('/api/key', key);
      if (status === 503 && !headers.has('ratelimit')) continue;
      outcome.sortedMs.push(performance.now() - startedAt);
      outcome.statuses.add(status);
      if (status === 200) outcome.admitted++;
    }
  };
  await Promise.all(nodes.flatMap((node) => Array.from({ length: 8 }, () => client(node))));
  outcome.sortedMs.sort((one, other) => one - other);
  return outcome;
}

/** Bcrypt and plans of statements are not what is measured. */
beforeAll(async () => {
  await load(probe.plaintext);
});

describe.each([
  ['hung', () => server.hang(), () => server.goOn(), 0],
  ['there, but nothing comes back', () => proxy.swallow(), () => proxy.mend(), 0],
  ['cut off', () => proxy.cut(), () => proxy.mend(), 0],
  // A Redis that was killed has forgotten what it had counted, and begins anew.
  ['killed and started again', () => server.stop(), () => server.startAgain(), 1],
] as const)('a Redis that is %s', (_name, breakIt, mendIt, forgotten) => {
  it('makes no answer an error and none slow, lets each node admit its own limit at most, and is shared again at once', async () => {
    const limit = 40;
    const { plaintext } = await a.mintKey({ requestsPerMinute: limit });
    for (const node of nodes) expect((await node.get('/api/key', plaintext)).status).toBe(200);
    const outcomes: Outcome[] = [];
    // Twice, because coming back must not give a node its own limit once more.
    for (let time = 0; time < 2; time++) {
      const underWay = load(plaintext);
      await breakIt();
      outcomes.push(await underWay, await load(plaintext));
      await mendIt();
      const mendedAt = performance.now();
      await until(sharesAgain);
      expect(performance.now() - mendedAt).toBeLessThan(5_000);
      outcomes.push(await load(plaintext));
    }
    for (const { statuses, sortedMs } of outcomes) {
      expect([...statuses].filter((status) => status !== 200 && status !== 429)).toEqual([]);
      expect(sortedMs.at(Math.floor(sortedMs.length * 0.99))).toBeLessThan(1_500);
    }
    const admitted = outcomes.reduce((sum, outcome) => sum + outcome.admitted, 2);
    expect(admitted).toBeGreaterThanOrEqual(limit);
    expect(admitted).toBeLessThanOrEqual(limit * (1 + nodes.length + 2 * forgotten));
  }, 60_000);
});

describe('a Redis that stays hung', () => {
  it('makes nobody wait but those who were under way: later requests are not even sent to it', async () => {
    const { plaintext, id } = await a.mintKey();
    expect(await remaining(a, plaintext)).toBe(59);
    server.hang();
    for (let count = 0; count < 20; count++) await a.get('/api/key', plaintext);
    server.goOn();
    await until(sharesAgain);
    // What it was sent while it hung it has counted by now.
    expect(await admin.get(`ekiden:minute:${id}`)).toBe('2');
  });
});

describe('a Redis that answers and refuses to count', () => {
  it('is as good as lost, and shared when it counts again', async () => {
    const { plaintext } = await a.mintKey({ requestsPerMinute: 5 });
    for (let count = 0; count < 4; count++) await a.get('/api/key', plaintext);
    await admin.replicaof('127.0.0.1', '9');
    // In this process from now on: five more, and no error.
    const statuses: number[] = [];
    for (let count = 0; count < 7; count++) statuses.push((await a.get('/api/key', plaintext)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    await admin.replicaof('NO', 'ONE');
    await until(sharesAgain);
    expect([await remaining(a, plaintext), await remaining(b, plaintext)]).toEqual([0, 0]);
  });
});
