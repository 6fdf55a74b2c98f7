/** Windows in which requests are counted: a minute and a day of each key, both starting at the first request. */
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

export const windowMs = { minute: 60_000, day: 86_400_000 };

/** A window as it stands. */
export interface Window {
  used: number;
  /** Milliseconds until it ends and the count starts again; null when none is open. */
  endsInMs: number | null;
}

interface BothWindows {
  minute: Window;
  day: Window;
}

/** Where they are kept: in this process, or in a Redis (`shared-windows.ts`). */
export interface Windows {
  /** Counts one request in the minute, and in the day too unless the minute is over this limit with it. */
  countBoth(key: string, minuteLimit: number): Promise<BothWindows>;
  /** Counts one request in the minute alone. */
  countMinute(key: string): Promise<Window>;
  /** Counts nothing. */
  readBoth(key: string): Promise<BothWindows>;
}

/** More than any limit: keys have limits of their own, so counts are compared by whoever knows them and not in the library. */
export const uncounted = 2_147_483_647;

export function createOwnWindows(): Windows {
  const windowsOf = (name: keyof typeof windowMs) =>
    new RateLimiterMemory({ keyPrefix: '', points: uncounted, duration: windowMs[name] / 1000 });
  const [minutes, days] = [windowsOf('minute'), windowsOf('day')];
  return {
    async countBoth(key, minuteLimit) {
      const minute = counted(await minutes.consume(key));
      const day = minute.used > minuteLimit ? open(await days.get(key)) : counted(await days.consume(key));
      return { minute, day };
    },
    countMinute: async (key) => counted(await minutes.consume(key)),
    readBoth: async (key) => ({ minute: open(await minutes.get(key)), day: open(await days.get(key)) }),
  };
}

/** The window that a request was just counted in, even if it ends with this very millisecond. */
export const counted = ({ consumedPoints, msBeforeNext }: RateLimiterRes): Window => ({ used: consumedPoints, endsInMs: msBeforeNext });

/** The window that was found, unless it has ended. */
export const open = (found: RateLimiterRes | null): Window =>
  found && found.msBeforeNext > 0 ? counted(found) : { used: 0, endsInMs: null };
