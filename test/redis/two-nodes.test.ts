/** Two gateways on one Postgres and one Redis: what one learns, the other knows on the next request. */
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/access/rate-limit.ts';
import { connectRedis } from '../../src/platform/redis.ts';
import { startGateway } from '../support/gateway.ts';
import { createWorkout, updateWorkout } from '../support/templates.ts';
import { until } from '../support/until.ts';

const log = pino({ level: 'silent' });
const redisUrl = process.env.TEST_REDIS_URL ?? '';

async function sharedRateLimit() {
  const redis = await connectRedis(redisUrl, log);
  afterAll(() => redis.disconnect());
  await until(() => redis.status === 'ready');
  return { redis, rateLimit: createRateLimit(redis, log) };
}

const { redis, rateLimit } = await sharedRateLimit();
const a = await startGateway({ rateLimit });
const b = await startGateway({ rateLimit: (await sharedRateLimit()).rateLimit, database: a.database });
const path = '/api/workout-templates';

describe('two nodes', () => {
  it('admit exactly 60 of 150 requests that arrive at once', async () => {
    const { plaintext, id } = await a.mintKey();
    const answers = await Promise.all(Array.from({ length: 150 }, (_, index) => (index % 2 ? a : b).get(path, plaintext)));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(90);
    const refused = answers.find((answer) => answer.status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(refused?.headers.get('ratelimit')).toMatch(/"day";r=9940;/);

    // The minute passes.
    const [counter] = await redis.keys(`*minute:${id}`);
    await redis.pexpire(counter ?? '', 1);
    await until(async () => (await redis.exists(counter ?? '')) === 0);
    expect((await b.get(path, plaintext)).status).toBe(200);
  });

  it('refuse a key on B from the moment it is revoked on A', async () => {
    const { plaintext, id } = await a.mintKey();
    expect((await b.get(path, plaintext)).status).toBe(200);
    await a.graphql('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id });
    expect((await b.get(path, plaintext)).status).toBe(401);
  });

  it('show on B what A published, until A hides it', async () => {
    const { plaintext } = await a.mintKey();
    const { id } = await createWorkout(a);
    expect((await b.get(`${path}/${id}`, plaintext)).status).toBe(200);
    await updateWorkout(a, id, { visibility: 'PRIVATE' });
    expect((await b.get(`${path}/${id}`, plaintext)).status).toBe(404);
    expect((await (await b.get(path, plaintext)).json()) as { total: number }).toMatchObject({ total: 0 });
  });
});
