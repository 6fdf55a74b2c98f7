/** A Redis that is lost, hung or back again: requests are answered all the while, and quickly. */
import { afterAll, describe, expect, it } from 'vitest';
import { startRedisNode } from '../support/redis-node.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

const server = await startRedisServer();
afterAll(() => server.stop());

const a = await startRedisNode(server.url);
const b = await startRedisNode(server.url, a.database);

const remaining = async (node: typeof a, key: string) => Number((await node.get('/api/key', key)).headers.get('x-ratelimit-remaining'));

/** The nodes share a count again: what one counts, the other sees. */
const sharesAgain = async () => {
  const { plaintext } = await a.mintKey();
  const onA = await remaining(a, plaintext);
  return (await remaining(b, plaintext)) === onA - 1;
};

/** 20 requests at once and then one, each allowed to take this long. */
async function expectQuickAnswers(key: string, burstMs: number, laterMs: number) {
  const startedAt = performance.now();
  const burst = await Promise.all(Array.from({ length: 20 }, () => a.get('/api/key', key)));
  expect(burst.map((answer) => answer.status)).toEqual(Array(20).fill(200));
  expect(performance.now() - startedAt).toBeLessThan(burstMs);
  const laterAt = performance.now();
  expect((await a.get('/api/key', key)).status).toBe(200);
  expect(performance.now() - laterAt).toBeLessThan(laterMs);
}

describe.each([
  ['hung', () => server.hang(), () => server.goOn()],
  ['lost', () => server.stop(), () => server.startAgain()],
] as const)('a Redis that is %s', (_name, breakIt, mendIt) => {
  it('delays requests once, and shortly; limits are kept in process, and shared when it is back', async () => {
    const { plaintext } = await a.mintKey({ requestsPerMinute: 25 });
    expect(await remaining(a, plaintext)).toBe(24);
    expect(await remaining(b, plaintext)).toBe(23);
    await breakIt();
    await expectQuickAnswers(plaintext, 800, 200);
    // 21 were counted in this process since it is on its own.
    expect(await remaining(a, plaintext)).toBe(3);
    for (let count = 0; count < 3; count++) expect((await a.get('/api/key', plaintext)).status).toBe(200);
    const refused = await a.get('/api/key', plaintext);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    await mendIt();
    await until(sharesAgain);
  });
});

describe('a Redis that stays hung', () => {
  it('makes nobody wait when it is asked again', async () => {
    const { plaintext } = await a.mintKey({ requestsPerMinute: 1_000 });
    server.hang();
    await a.get('/api/key', plaintext);
    const slowest = { ms: 0 };
    const end = performance.now() + 1_500;
    while (performance.now() < end) {
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: 5 }, () => a.get('/api/key', plaintext)));
      slowest.ms = Math.max(slowest.ms, performance.now() - startedAt);
    }
    server.goOn();
    expect(slowest.ms).toBeLessThan(200);
    await until(sharesAgain);
  });
});
