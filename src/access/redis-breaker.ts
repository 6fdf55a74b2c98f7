/** Asks the windows in Redis while Redis is there; nobody waits for one that is lost, and its return is noticed. */
import type { Redis } from 'ioredis';
import type { Log } from '../platform/log.ts';
import { createSharedWindows } from './shared-windows.ts';
import type { Windows } from './windows.ts';

/** Milliseconds after which a silent Redis counts as lost. Requests that are under way at that moment wait so long, and no others. */
const answerMs = 200;

/** Milliseconds between two questions whether a lost Redis is back. */
const askAgainMs = 250;

class Silence extends Error {}

/** Gives what Redis says, and null while it is lost. */
export type AskShared = <T>(ask: (windows: Windows) => Promise<T>) => Promise<T | null>;

export function createRedisBreaker(redis: Redis, log: Log): AskShared {
  const windows = createSharedWindows(redis);
  let timer: NodeJS.Timeout | undefined;
  let isAsking = false;

  function open(error: unknown) {
    if (timer) return;
    log.warn({ error: String(error) }, 'redis does not answer; limits are counted in this process');
    timer = setInterval(() => void askAgain(), askAgainMs).unref();
    // Answers come in the order of the questions: a connection that has lost one would give the next to the wrong question.
    if (error instanceof Silence) redis.disconnect(true);
  }

  async function askAgain() {
    if (!timer || isAsking) return;
    isAsking = true;
    try {
      // Not PING: a Redis that is full or has become a replica answers that, and refuses to count.
      await inTime(windows.countMinute('is-redis-back'));
      clearInterval(timer);
      timer = undefined;
      log.info('redis answers again; limits are shared');
    } catch (error) {
      log.debug({ error: String(error) }, 'redis does not answer yet');
    } finally {
      isAsking = false;
    }
  }

  redis.on('ready', () => void askAgain());
  return async (ask) => {
    if (timer) return null;
    try {
      return await inTime(ask(windows));
    } catch (error) {
      open(error);
      return null;
    }
  };
}

/**
 * Rejects when no answer has come in time. That the timer fires is no proof of it: while this process was busy with something
 * else an answer may have arrived, so what has arrived is read first. (The `commandTimeout` of ioredis does not look.)
 */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => setImmediate(() => reject(new Silence(`no answer within ${answerMs} ms`))), answerMs);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
