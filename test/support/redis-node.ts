/** A gateway that counts in a Redis, as each node of a deployment does. */
import pino from 'pino';
import { createRateLimit } from '../../src/access/rate-limit.ts';
import { connectRedis } from '../../src/platform/redis.ts';
import type { TestDatabase } from './databases.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { until } from './until.ts';
import { whenDone } from './when-done.ts';

const log = pino({ level: 'silent' });

/** Connected when it is given; on a database of its own, or on that of another node. */
export async function startRedisNode(redisUrl: string, database?: TestDatabase): Promise<Gateway> {
  const redis = await connectRedis(redisUrl, log);
  whenDone(() => redis.disconnect());
  await until(() => redis.status === 'ready');
  return startGateway({ rateLimit: createRateLimit(redis, log), database });
}
