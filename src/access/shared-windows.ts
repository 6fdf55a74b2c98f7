/** Windows in Redis, which all nodes share: a request costs one round trip, and no clock counts but that of Redis. */
import type { Redis, Result } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { counted, open, uncounted, type Windows, windowMs } from './windows.ts';

declare module 'ioredis' {
  interface RedisCommander<Context> {
    ekidenCountBoth(minuteKey: string, dayKey: string, minuteLimit: number): Result<[number, number, number, number], Context>;
  }
}

/**
 * The library counts one window at a time; here the day depends on what the minute says (docs/decisions, 20). Keys and
 * values are the library's own, which reads them, and which counts in them what is limited by the minute alone.
 * Gives how many requests and for how many milliseconds still, of the minute and then of the day.
 */
const countBothScript = `
local function count(key, window_ms)
  local used = redis.call('INCR', key)
  local ends_in_ms = redis.call('PTTL', key)
  if ends_in_ms < 0 then
    redis.call('PEXPIRE', key, window_ms)
    ends_in_ms = window_ms
  end
  return used, ends_in_ms
end
local minute_used, minute_ends_in_ms = count(KEYS[1], ${windowMs.minute})
if minute_used > tonumber(ARGV[1]) then
  local day_used = tonumber(redis.call('GET', KEYS[2]) or 0)
  return {minute_used, minute_ends_in_ms, day_used, redis.call('PTTL', KEYS[2])}
end
local day_used, day_ends_in_ms = count(KEYS[2], ${windowMs.day})
return {minute_used, minute_ends_in_ms, day_used, day_ends_in_ms}`;

/** Every method rejects when Redis does not answer or refuses to write. */
export function createSharedWindows(redis: Redis): Windows {
  redis.defineCommand('ekidenCountBoth', { numberOfKeys: 2, lua: countBothScript });
  const windowsOf = (name: keyof typeof windowMs) =>
    new RateLimiterRedis({
      keyPrefix: `ekiden:${name}`,
      points: uncounted,
      duration: windowMs[name] / 1000,
      storeClient: redis,
      rejectIfRedisNotReady: true,
    });
  const [minutes, days] = [windowsOf('minute'), windowsOf('day')];
  return {
    async countBoth(key, minuteLimit) {
      const [minuteUsed, minuteEndsInMs, dayUsed, dayEndsInMs] = await redis.ekidenCountBoth(
        minutes.getKey(key),
        days.getKey(key),
        minuteLimit,
      );
      return {
        minute: { used: minuteUsed, endsInMs: minuteEndsInMs },
        // Negative when there is no such key: the minute refused the request, and the day has not begun.
        day: { used: dayUsed, endsInMs: dayEndsInMs < 0 ? null : dayEndsInMs },
      };
    },
    countMinute: async (key) => counted(await minutes.consume(key)),
    async readBoth(key) {
      const [minute, day] = await Promise.all([minutes.get(key), days.get(key)]);
      return { minute: open(minute), day: open(day) };
    },
  };
}
