/** Limits that nodes share are exact: over the edges of windows, with clocks that differ, beside nodes that count in the older way. */
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { afterAll, describe, expect, it } from 'vitest';
import { startRedisNode } from '../support/redis-node.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

const server = await startRedisServer();
const redis = new Redis(server.url);
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

const a = await startRedisNode(server.url);
const b = await startRedisNode(server.url, a.database);
const c = await startRedisNode(server.url, a.database);
const nodes = [a, b, c] as const;
const path = '/api/key';

const minuteOf = (id: string) => `ekiden:minute:${id}`;
const dayOf = (id: string) => `ekiden:day:${id}`;

/** Lets the window end after so many milliseconds, by the clock of Redis. */
async function endWindow(name: string, ms = 1) {
  await redis.pexpire(name, ms);
  if (ms === 1) await until(async () => (await redis.exists(name)) === 0);
}

interface Answered {
  status: number;
  minuteLeft: number;
  dayLeft: number;
}

/** So many requests at once, spread over the nodes. On a busy machine the database may refuse one before it is counted: it comes again. */
function askAtOnce(count: number, key: string): Promise<Answered[]> {
  const ask = async (node: typeof a): Promise<Answered> => {
    const { status, headers } = await node.get(path, key);
    const told = headers.get('ratelimit');
    if (told === null) return ask(node);
    const [minuteLeft = NaN, dayLeft = NaN] = [...told.matchAll(/r=(\d+)/g)].map(([, left]) => Number(left));
    return { status, minuteLeft, dayLeft };
  };
  return Promise.all(Array.from({ length: count }, (_, index) => ask(nodes[index % nodes.length] ?? a)));
}

/** The limits admitted it, whatever came of it then. */
const admitted = (answers: Answered[]) => answers.filter(({ status }) => status !== 429);
const counts = (answers: Answered[]) => ({
  admitted: admitted(answers).length,
  refused: answers.filter(({ status }) => status === 429).length,
});

describe('150 requests at once on three nodes', () => {
  it('are admitted up to the limit, minute after minute; what the minute refuses does not burn the day', async () => {
    const { plaintext, id } = await a.mintKey({ requestsPerMinute: 50, requestsPerDay: 120 });
    for (const used of [50, 100]) {
      const answers = await askAtOnce(150, plaintext);
      expect(counts(answers)).toEqual({ admitted: 50, refused: 100 });
      expect(await redis.get(dayOf(id))).toBe(String(used));
      // Nobody was told the same as somebody else.
      expect(new Set(admitted(answers).map(({ dayLeft }) => dayLeft)).size).toBe(50);
      await endWindow(minuteOf(id));
    }
    // 20 are left of the day; the minute would admit 50.
    expect(counts(await askAtOnce(150, plaintext))).toEqual({ admitted: 20, refused: 130 });
    await endWindow(minuteOf(id));
    expect(counts(await askAtOnce(150, plaintext))).toEqual({ admitted: 0, refused: 150 });
    await endWindow(dayOf(id));
    await endWindow(minuteOf(id));
    expect(counts(await askAtOnce(150, plaintext))).toEqual({ admitted: 50, refused: 100 });
  });

  it('that meet the edge between two minutes are admitted up to the limit in each of them', async () => {
    const { plaintext, id } = await a.mintKey({ requestsPerMinute: 50 });
    for (let edge = 0; edge < 4; edge++) {
      await endWindow(minuteOf(id));
      const used = Number(await redis.get(dayOf(id)));
      const before = await askAtOnce(30, plaintext);
      await endWindow(minuteOf(id), 5 + 10 * edge);
      const answers = [...before, ...(await askAtOnce(150, plaintext))];
      const total = counts(answers);
      expect(total.admitted + total.refused).toBe(180);
      // The day has counted exactly what was admitted, and in either minute each place was given once.
      expect(Number(await redis.get(dayOf(id))) - used).toBe(total.admitted);
      const timesGiven = new Map<number, number>();
      for (const { minuteLeft } of admitted(answers)) timesGiven.set(minuteLeft, (timesGiven.get(minuteLeft) ?? 0) + 1);
      expect(Math.max(...timesGiven.values())).toBeLessThanOrEqual(2);
      expect(timesGiven.size).toBe(50);
    }
  });
});

describe('nodes whose clocks are 5 s apart', () => {
  it('count in the same windows, and each says when they end', async () => {
    const real = Date.now();
    for (const [index, node] of nodes.entries()) node.clock.now = new Date(real + (index - 1) * 5_000);
    const { plaintext, id } = await a.mintKey({ requestsPerMinute: 50 });
    await a.get(path, plaintext);
    await endWindow(minuteOf(id), 30_000);
    for (const node of nodes) {
      const { headers } = await node.get(path, plaintext);
      const [, reset = ''] = /"minute";r=\d+;t=(\d+)/.exec(headers.get('ratelimit') ?? '') ?? [];
      const leftMs = await redis.pttl(minuteOf(id));
      expect(Number(reset)).toBeGreaterThanOrEqual(Math.ceil(leftMs / 1000));
      expect(Number(reset)).toBeLessThanOrEqual(30);
      expect(Number(headers.get('x-ratelimit-reset'))).toBe(Math.ceil(node.clock.now.getTime() / 1000) + Number(reset));
    }
    expect(counts(await askAtOnce(150, plaintext))).toEqual({ admitted: 46, refused: 104 });
  });
});

describe('a node that counts window by window, as nodes did before', () => {
  it('shares its counts with the others while both are deployed', async () => {
    const { plaintext, id } = await a.mintKey({ requestsPerMinute: 50 });
    const older = [60, 86_400].map(
      (duration) =>
        new RateLimiterRedis({
          storeClient: redis,
          keyPrefix: duration === 60 ? 'ekiden:minute' : 'ekiden:day',
          points: 2_147_483_647,
          duration,
        }),
    );
    const askOlder = async () => (await Promise.all(older.map((limiter) => limiter.consume(id)))).map((window) => window.consumedPoints);
    expect(await askOlder()).toEqual([1, 1]);
    await redis.pexpire(minuteOf(id), 40_000);
    await a.get(path, plaintext);
    expect(await askOlder()).toEqual([3, 3]);
    // Nothing began anew.
    expect(await redis.pttl(minuteOf(id))).toBeLessThanOrEqual(40_000);
    expect(counts(await askAtOnce(150, plaintext))).toEqual({ admitted: 47, refused: 103 });
    expect(await askOlder()).toEqual([154, 51]);
  });
});
