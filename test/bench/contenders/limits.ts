/** The limits of a key, a minute and a day, and the headers that tell of them. */
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import type { KeyRow } from './api-key.ts';
import { redisUrl } from './environment.ts';

const uncounted = 2_147_483_647;

export interface Counted {
  allowed: boolean;
  headers: Record<string, string>;
}

/** Counts in Redis when there is one, in this process otherwise. */
export function createLimits(): (key: KeyRow) => Promise<Counted> {
  const redis = redisUrl ? new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1 }) : null;
  const limiter = (keyPrefix: string, duration: number) => {
    const options = { keyPrefix, points: uncounted, duration };
    return redis ? new RateLimiterRedis({ ...options, storeClient: redis }) : new RateLimiterMemory(options);
  };
  const minute = limiter('minute', 60);
  const day = limiter('day', 86_400);

  return async ({ id, requestsPerMinute, requestsPerDay }) => {
    const ofMinute = await minute.consume(id);
    const ofDay = ofMinute.consumedPoints > requestsPerMinute ? await day.get(id) : await day.consume(id);
    const windows = [windowOf('minute', requestsPerMinute, 60, ofMinute), windowOf('day', requestsPerDay, 86_400, ofDay)] as const;
    const allowed = windows.every(({ over }) => !over);
    return { allowed, headers: headersOf(windows, allowed) };
  };
}

interface Window {
  name: string;
  limit: number;
  seconds: number;
  remaining: number;
  reset: number;
  over: boolean;
}

function windowOf(name: string, limit: number, seconds: number, counted: RateLimiterRes | null): Window {
  const consumed = counted?.consumedPoints ?? 0;
  const reset = Math.max(1, Math.ceil((counted?.msBeforeNext ?? seconds * 1000) / 1000));
  return { name, limit, seconds, remaining: Math.max(0, limit - consumed), reset, over: consumed > limit };
}

function headersOf([minute, day]: readonly [Window, Window], allowed: boolean): Record<string, string> {
  const tighter = day.remaining <= minute.remaining ? day : minute;
  const headers: Record<string, string> = {
    'RateLimit-Policy': `"minute";q=${minute.limit};w=${minute.seconds}, "day";q=${day.limit};w=${day.seconds}`,
    RateLimit: `"minute";r=${minute.remaining};t=${minute.reset}, "day";r=${day.remaining};t=${day.reset}`,
    'X-RateLimit-Limit': String(tighter.limit),
    'X-RateLimit-Remaining': String(tighter.remaining),
    'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + tighter.reset),
  };
  if (!allowed) headers['Retry-After'] = String(tighter.reset);
  return headers;
}
