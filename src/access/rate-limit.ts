/**
 * How often a key may ask: so many requests a minute and so many a day, in fixed windows that start at the first
 * request. Counted in Redis when there is one, so that nodes share the count, and in this process otherwise.
 */
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import type { PartnerCaller } from '../domain/caller.ts';
import type { Context, WindowUse } from '../domain/context.ts';
import type { Log } from '../platform/log.ts';
import type { LimitDecision as CountedDecision } from '../platform/metrics.ts';

/** One window as it stands after this request. */
interface WindowState {
  name: 'minute' | 'day';
  limit: number;
  windowSeconds: number;
  remaining: number;
  /** Until the window ends and the count starts again, rounded up. */
  resetSeconds: number;
}

export interface LimitDecision {
  allowed: boolean;
  minute: WindowState;
  day: WindowState;
}

export interface RateLimit {
  /** Counts one request of this key. A request that the minute refuses does not count against the day. */
  consume(caller: PartnerCaller): Promise<LimitDecision>;
  /** Where the key stands, without counting; null while the Redis that knows it does not answer. */
  peek: Context['peekLimits'];
  /** Counts one use of anything else, under a key of its own, against a limit for a minute. */
  consumePerMinute(key: `${CountedUse}:${string}`, limit: number): Promise<{ over: boolean; state: WindowState }>;
}

/** What is limited besides keys: the first part of its key, and its name in the metrics. */
type CountedUse = 'context-read' | 'context-miss';

const secondsOf = { minute: 60, day: 86_400 };

/** More than any limit: keys have limits of their own, so counts are compared here and not in the library. */
const uncounted = 2_147_483_647;

/** How long a lost Redis is left alone before it is asked again. */
const breakerMs = 500;

/** @param tell is told of every decision, for the metrics. */
export function createRateLimit(redis: Redis | null, log: Log, tell: (decision: CountedDecision) => void = () => {}): RateLimit {
  const breaker = createBreaker(redis, log);
  const minute = createWindow('minute', redis, breaker);
  const day = createWindow('day', redis, breaker);
  return {
    async consume({ keyId, requestsPerMinute, requestsPerDay }) {
      const ofMinute = await minute.consume(keyId, requestsPerMinute);
      if (ofMinute.over) {
        tell({ limit: 'key', outcome: 'refused_minute', store: ofMinute.store });
        return { allowed: false, minute: ofMinute.state, day: (await day.read(keyId, requestsPerDay)).state };
      }
      const ofDay = await day.consume(keyId, requestsPerDay);
      tell({ limit: 'key', outcome: ofDay.over ? 'refused_day' : 'allowed', store: ofDay.store });
      return { allowed: !ofDay.over, minute: ofMinute.state, day: ofDay.state };
    },
    async peek({ keyId, requestsPerMinute, requestsPerDay }) {
      const [ofMinute, ofDay] = await Promise.all([minute.peek(keyId, requestsPerMinute), day.peek(keyId, requestsPerDay)]);
      return ofMinute && ofDay && { minute: ofMinute, day: ofDay };
    },
    async consumePerMinute(key, limit) {
      const counted = await minute.consume(key, limit);
      const [name = ''] = key.split(':');
      tell({ limit: name, outcome: counted.over ? 'refused_minute' : 'allowed', store: counted.store });
      return counted;
    },
  };
}

type Breaker = ReturnType<typeof createBreaker>;

/**
 * Remembers that Redis is lost. Only requests that were under way at that moment have waited for it (the command
 * timeout, once); later ones do not, because it is asked beside them whether it is back.
 */
function createBreaker(redis: Redis | null, log: Log) {
  let lost = false;
  let askedAt = 0;

  async function askAgain() {
    askedAt = performance.now();
    try {
      await redis?.ping();
      lost = false;
      log.info('redis answers again; limits are shared');
    } catch (error) {
      log.debug({ error: String(error) }, 'redis does not answer yet');
    }
  }

  return {
    isOpen() {
      if (lost && performance.now() - askedAt >= breakerMs) void askAgain();
      return lost;
    },
    open(error: unknown) {
      if (!lost) log.warn({ error: String(error) }, 'redis does not answer; limits are counted in this process');
      lost = true;
      askedAt = performance.now();
    },
  };
}

type Store = CountedDecision['store'];

function createWindow(name: WindowState['name'], redis: Redis | null, breaker: Breaker) {
  const windowSeconds = secondsOf[name];
  const options = { keyPrefix: `ekiden:${name}`, points: uncounted, duration: windowSeconds };
  const own = new RateLimiterMemory(options);
  const shared = redis && new RateLimiterRedis({ ...options, storeClient: redis, rejectIfRedisNotReady: true });

  /** Asks Redis, or this process's own count when Redis is lost: that must cost neither errors nor time. */
  async function count<T>(ask: (limiter: RateLimiterMemory | RateLimiterRedis) => Promise<T>): Promise<{ counted: T; store: Store }> {
    const askOwn = async () => ({ counted: await ask(own), store: 'process' as const });
    if (!shared || breaker.isOpen()) return askOwn();
    try {
      return { counted: await ask(shared), store: 'redis' };
    } catch (error) {
      breaker.open(error);
      return askOwn();
    }
  }

  /** Never more than the window: the clock may have been set back since it began. */
  const msLeft = ({ msBeforeNext }: RateLimiterRes) => Math.min(msBeforeNext, windowSeconds * 1000);

  /** A window that has ended is as good as none. */
  function windowUse(limit: number, counted: RateLimiterRes | null): WindowUse {
    if (!counted || counted.msBeforeNext <= 0) return { used: 0, limit, resetsInMs: null };
    return { used: Math.min(counted.consumedPoints, limit), limit, resetsInMs: msLeft(counted) };
  }

  function judge(limit: number, { counted, store }: { counted: RateLimiterRes | null; store: Store }) {
    const consumed = counted?.consumedPoints ?? 0;
    const state: WindowState = {
      name,
      limit,
      windowSeconds,
      remaining: Math.max(0, limit - consumed),
      resetSeconds: Math.max(1, Math.ceil((counted ? msLeft(counted) : windowSeconds * 1000) / 1000)),
    };
    return { over: consumed > limit, state, store };
  }

  /** Never this process's count in place of the shared one: it would look like little use. */
  async function peek(key: string, limit: number): Promise<WindowUse | null> {
    if (!shared) return windowUse(limit, await own.get(key));
    if (breaker.isOpen()) return null;
    try {
      return windowUse(limit, await shared.get(key));
    } catch (error) {
      breaker.open(error);
      return null;
    }
  }

  return {
    peek,
    consume: async (key: string, limit: number) => judge(limit, await count((limiter) => limiter.consume(key))),
    read: async (key: string, limit: number) => judge(limit, await count((limiter) => limiter.get(key))),
  };
}
