/**
 * Whether a secret belongs to a hash, without paying bcrypt (about 60 ms of one core) on every request. One of the
 * gateway's two caches; it holds verdicts about immutable facts, so nothing in it can be stale.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import { LRUCache } from 'lru-cache';

export interface Verdicts {
  /** Whether bcrypt has accepted this secret for this hash before. Costs microseconds. */
  remembers(keyId: string, secret: string, hash: string): boolean;
  /** Whether bcrypt accepts the secret for the hash; if so it is remembered under `keyId`. */
  accepts(keyId: string, secret: string, hash: string): Promise<boolean>;
  /** How it stands now, and what has been counted since the start. */
  load(): VerdictsLoad;
}

interface VerdictsLoad {
  /** Comparisons under way, and those that wait for a free core. */
  running: number;
  waiting: number;
  /** Comparisons begun since the start. */
  compares: number;
  /** Answers of `remembers`. */
  hits: number;
  misses: number;
}

interface Accepted {
  hash: string;
  /** HMAC of the accepted secret under a key that dies with the process: memory never holds the secret itself. */
  mark: Buffer;
}

/** Remembers accepted secrets only: a wrong one must not push out a right one. */
export function createVerdicts(capacity = 10_000): Verdicts {
  const bootKey = randomBytes(32);
  const accepted = new LRUCache<string, Accepted>({ max: capacity });
  const underWay = new Map<string, Promise<boolean>>();
  const compare = limitConcurrency(availableParallelism(), (secret: string, hash: string) => {
    counted.compares += 1;
    return bcrypt.compare(secret, hash);
  });
  const counted = { compares: 0, hits: 0, misses: 0 };

  const markOf = (secret: string) => createHmac('sha256', bootKey).update(secret).digest();

  return {
    remembers(keyId, secret, hash) {
      const known = accepted.get(keyId);
      const isKnown = known !== undefined && known.hash === hash && timingSafeEqual(known.mark, markOf(secret));
      counted[isKnown ? 'hits' : 'misses'] += 1;
      return isKnown;
    },
    async accepts(keyId, secret, hash) {
      const mark = markOf(secret);
      // Requests that arrive together with the same secret wait for one comparison.
      const flight = `${keyId} ${hash} ${mark.toString('base64url')}`;
      let verdict = underWay.get(flight);
      if (!verdict) {
        verdict = compare.call(secret, hash).finally(() => underWay.delete(flight));
        underWay.set(flight, verdict);
      }
      const ok = await verdict;
      if (ok) accepted.set(keyId, { hash, mark });
      return ok;
    },
    load: () => ({ ...counted, ...compare.load() }),
  };
}

/** Lets at most `max` calls run at once; the others wait in line. bcrypt must not take every thread of the pool. */
function limitConcurrency<Args extends unknown[], Result>(max: number, call: (...args: Args) => Promise<Result>) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async call(...args: Args): Promise<Result> {
      if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      try {
        return await call(...args);
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
    load: () => ({ running, waiting: waiting.length }),
  };
}
