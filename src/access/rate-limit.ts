/**
 * How often a key may ask: so many requests a minute and so many a day, in fixed windows that start at the first
 * request. Counted in Redis when there is one, so that nodes share the count, and in this process otherwise.
 */
import type { Redis } from 'ioredis';
import type { PartnerCaller } from '../domain/caller.ts';
import type { Context, WindowUse } from '../domain/context.ts';
import type { Log } from '../platform/log.ts';
import type { LimitDecision as CountedDecision } from '../platform/metrics.ts';
import { createRedisBreaker } from './redis-breaker.ts';
import { createOwnWindows, type Window, type Windows, windowMs } from './windows.ts';

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

/** @param tell is told of every decision, for the metrics. */
export function createRateLimit(redis: Redis | null, log: Log, tell: (decision: CountedDecision) => void = () => {}): RateLimit {
  const own = createOwnWindows();
  const askShared = redis && createRedisBreaker(redis, log);

  /** Asks Redis, or this process's own count when Redis is lost: that must cost neither errors nor time. */
  async function count<T>(ask: (windows: Windows) => Promise<T>): Promise<{ counted: T; store: CountedDecision['store'] }> {
    const counted = askShared && (await askShared(ask));
    return counted ? { counted, store: 'redis' } : { counted: await ask(own), store: 'process' };
  }

  return {
    async consume({ keyId, requestsPerMinute, requestsPerDay }) {
      const { counted, store } = await count((windows) => windows.countBoth(keyId, requestsPerMinute));
      const overMinute = counted.minute.used > requestsPerMinute;
      const overDay = !overMinute && counted.day.used > requestsPerDay;
      tell({ limit: 'key', outcome: overMinute ? 'refused_minute' : overDay ? 'refused_day' : 'allowed', store });
      return {
        allowed: !overMinute && !overDay,
        minute: stateOf('minute', requestsPerMinute, counted.minute),
        day: stateOf('day', requestsPerDay, counted.day),
      };
    },
    async peek({ keyId, requestsPerMinute, requestsPerDay }) {
      // Never this process's count in place of the shared one: it would look like little use.
      const found = await (askShared ? askShared((windows) => windows.readBoth(keyId)) : own.readBoth(keyId));
      return found && { minute: useOf('minute', requestsPerMinute, found.minute), day: useOf('day', requestsPerDay, found.day) };
    },
    async consumePerMinute(key, limit) {
      const { counted, store } = await count((windows) => windows.countMinute(key));
      const over = counted.used > limit;
      const [name = ''] = key.split(':');
      tell({ limit: name, outcome: over ? 'refused_minute' : 'allowed', store });
      return { over, state: stateOf('minute', limit, counted) };
    },
  };
}

/** Never more than the window, however long it seems: the clock may have been set back since it began. */
const msLeft = (name: WindowState['name'], endsInMs: number): number => Math.min(endsInMs, windowMs[name]);

function stateOf(name: WindowState['name'], limit: number, { used, endsInMs }: Window): WindowState {
  return {
    name,
    limit,
    windowSeconds: windowMs[name] / 1000,
    remaining: Math.max(0, limit - used),
    resetSeconds: Math.max(1, Math.ceil(msLeft(name, endsInMs ?? windowMs[name]) / 1000)),
  };
}

const useOf = (name: WindowState['name'], limit: number, { used, endsInMs }: Window): WindowUse => ({
  used: Math.min(used, limit),
  limit,
  resetsInMs: endsInMs === null ? null : msLeft(name, endsInMs),
});
