/**
 * Whether a secret belongs to a hash, without paying bcrypt (about 60 ms of one core) on every request. One of the
 * gateway's two caches; it holds verdicts about immutable facts, so nothing in it can be stale.
 */
import { randomBytes, hash as sha } from 'node:crypto';
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import { LRUCache } from 'lru-cache';
import type { ParsedKey } from './key-secret.ts';

export interface Verdicts {
  /**
   * What this text of a key was found to be when bcrypt accepted it; undefined when it has not. Costs microseconds. Whether
   * it is good now is for the row to say: its hash must still be this.
   */
  recall(text: string): KnownKey | undefined;
  /** Whether bcrypt accepts the key's secret for the hash; it is asked once for both. If so the text is recalled from now on. */
  accepts(text: string, key: ParsedKey, hash: string): Promise<boolean>;
  /** How it stands now, and what has been counted since the start. */
  load(): VerdictsLoad;
}

interface VerdictsLoad {
  /** Comparisons under way, and those that wait for their turn. */
  running: number;
  waiting: number;
  /** Comparisons begun since the start. */
  compares: number;
  /** Texts that were recalled, and those that bcrypt had to be asked about or had refused before. */
  hits: number;
  misses: number;
}

/** A key whose secret bcrypt has accepted. Memory never holds the secret itself. */
interface KnownKey extends Omit<ParsedKey, 'secret'> {
  hash: string;
}

/** bcrypt runs on the threads that files and names are looked up on too: 4, unless UV_THREADPOOL_SIZE says otherwise. */
const poolThreads = 4;

/** Refusals that are remembered. Few: only keys that were once good get as far as a comparison. */
const refusalsMax = 1_000;

/**
 * Remembers accepted secrets by key, and refused ones apart from them, so that a wrong one never pushes out a right one.
 * At most as many comparisons run at once as there are `cores`, and one thread of the pool stays free.
 */
export function createVerdicts(capacity = 10_000, cores = availableParallelism()): Verdicts {
  const bootKey = randomBytes(32).toString('base64url');
  /** By SHA-256 of the text behind a random one that dies with the process. */
  const accepted = new LRUCache<string, KnownKey>({ max: capacity });
  const refused = new LRUCache<string, true>({ max: refusalsMax });
  const underWay = new Map<string, Promise<boolean>>();
  const turns = createTurns(Math.min(cores, poolThreads - 1));
  const counted = { compares: 0, hits: 0, misses: 0 };

  const markOf = (text: string) => sha('sha256', `${bootKey}${text}`, 'base64url');

  const compare = ({ lookup, secret }: ParsedKey, hash: string) =>
    turns.take(lookup, () => {
      counted.compares += 1;
      return bcrypt.compare(secret, hash);
    });

  return {
    recall(text) {
      const known = accepted.get(markOf(text));
      if (known) counted.hits += 1;
      return known;
    },
    async accepts(text, key, hash) {
      counted.misses += 1;
      const mark = markOf(text);
      const question = `${hash} ${mark}`;
      if (refused.has(question)) return false;
      // Requests that arrive together with the same secret wait for one comparison.
      let verdict = underWay.get(question);
      if (!verdict) {
        verdict = compare(key, hash).finally(() => underWay.delete(question));
        underWay.set(question, verdict);
      }
      const ok = await verdict;
      const { lookup, secretKeyId } = key;
      if (ok) accepted.set(mark, { lookup, secretKeyId, hash });
      else refused.set(question, true);
      return ok;
    },
    load: () => ({ ...counted, ...turns.load() }),
  };
}

/** Lets at most `max` calls run at once. Who waits is served key by key in turn: many calls for one key hold up that key alone. */
function createTurns(max: number) {
  let running = 0;
  /** In the order of their turns. */
  const waiting = new Map<string, (() => void)[]>();

  function passOn() {
    const [turn] = waiting;
    if (!turn) {
      running -= 1;
      return;
    }
    const [keyId, calls] = turn;
    const next = calls.shift();
    waiting.delete(keyId);
    if (calls.length > 0) waiting.set(keyId, calls);
    next?.();
  }

  return {
    async take<Result>(keyId: string, call: () => Promise<Result>): Promise<Result> {
      if (running < max) running += 1;
      else
        await new Promise<void>((resolve) => {
          const calls = waiting.get(keyId);
          if (calls) calls.push(resolve);
          else waiting.set(keyId, [resolve]);
        });
      try {
        return await call();
      } finally {
        passOn();
      }
    },
    load: () => ({ running, waiting: [...waiting.values()].reduce((sum, { length }) => sum + length, 0) }),
  };
}
