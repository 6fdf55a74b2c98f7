/** Who counts: the metrics say when a node is on its own. */
import { afterAll, expect, it } from 'vitest';
import { createRateLimit } from '../../src/access/rate-limit.ts';
import { createLog } from '../../src/platform/log.ts';
import type { LimitDecision } from '../../src/platform/metrics.ts';
import { connectRedis } from '../../src/platform/redis.ts';
import { startGateway } from '../support/gateway.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

const server = await startRedisServer();
const log = createLog('silent');
const redis = await connectRedis(server.url, log);
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});
await until(() => redis.status === 'ready');
const decisions: LimitDecision[] = [];
const gateway = await startGateway({ rateLimit: createRateLimit(redis, log, (decision) => decisions.push(decision)) });

it('a decision names Redis while it answers, and this process while it does not', async () => {
  const { plaintext } = await gateway.mintKey({ requestsPerMinute: 1 });
  await gateway.get('/api/key', plaintext);
  await gateway.get('/api/key', plaintext);
  await server.stop();
  await gateway.get('/api/key', plaintext);
  await server.startAgain();
  expect(decisions).toEqual([
    { limit: 'key', outcome: 'allowed', store: 'redis' },
    { limit: 'key', outcome: 'refused_minute', store: 'redis' },
    { limit: 'key', outcome: 'allowed', store: 'process' },
  ]);
});
