/** A Redis connection that fails at once instead of queueing, so that its loss never delays a request. */
import { Redis } from 'ioredis';
import type { Log } from './log.ts';

/**
 * Milliseconds after which a connection on which nothing comes back is given up for a new one: the other end may be gone
 * without a word, and TCP itself would go on hoping for a quarter of an hour.
 */
const socketTimeoutMs = 500;

/** Milliseconds that a start waits for the connection; without it the first requests would not be counted where all are. */
const startMs = 3_000;

/**
 * Connects, and reconnects in the background for ever; commands are refused while there is no connection. Given as soon as
 * it is connected, and after three seconds without: a gateway starts without its Redis too.
 */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    // What was under way has been counted elsewhere by then.
    autoResendUnfulfilledCommands: false,
    connectTimeout: 500,
    socketTimeout: socketTimeoutMs,
    retryStrategy: (attempt) => Math.min(attempt * 50, 250),
    // Behind the same address another server may have become the one that writes.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  // 'close' comes after every attempt that fails, too.
  let isConnected = false;
  redis.on('ready', () => {
    isConnected = true;
    log.info('redis connected');
  });
  redis.on('close', () => {
    if (isConnected) log.warn('redis connection lost; limits are counted in this process until it returns');
    isConnected = false;
  });
  // ioredis repeats the cause of every failed attempt here; 'close' has already said what matters.
  redis.on('error', (error) => log.debug({ error: error.message }, 'redis error'));
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, startMs);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return redis;
}
