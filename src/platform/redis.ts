/** A Redis connection that fails at once instead of queueing, so that its loss never delays a request. */
import { Redis } from 'ioredis';
import type { Log } from './log.ts';

/** Milliseconds after which a silent Redis counts as lost. */
const commandTimeoutMs = 250;

/** Connects in the background and reconnects for ever; commands are refused while there is no connection. */
export function connectRedis(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 500,
    commandTimeout: commandTimeoutMs,
    retryStrategy: (attempt) => Math.min(attempt * 50, 500),
  });
  redis.on('ready', () => log.info('redis connected'));
  redis.on('close', () => log.warn('redis connection lost; limits are counted in this process until it returns'));
  // ioredis repeats the cause of every failed attempt here; 'close' has already said what matters.
  redis.on('error', (error) => log.debug({ error: error.message }, 'redis error'));
  return redis;
}
