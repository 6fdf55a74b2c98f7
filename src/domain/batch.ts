/** Counts that are kept in memory and written down together now and then, so that counting costs no write of its own. */
import type { Log } from '../platform/log.ts';

/** A crash loses at most the counts of this long. */
const flushMs = 10_000;

export interface Batch<Count> {
  add(count: Count): void;
  /** Writes down what has been counted; what cannot be written is kept and tried again. */
  flush(): Promise<void>;
}

interface BatchParts<Count> {
  /** Of what there is one count only. There must not be many. */
  keyOf(count: Count): string;
  merge(one: Count, other: Count): Count;
  write(counts: Count[]): Promise<void>;
  log: Log;
  /** What is counted, for the log. */
  noun: string;
}

export function createBatch<Count>({ keyOf, merge, write, log, noun }: BatchParts<Count>): Batch<Count> {
  let counts = new Map<string, Count>();
  let timer: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();

  function add(count: Count) {
    const key = keyOf(count);
    const known = counts.get(key);
    counts.set(key, known === undefined ? count : merge(known, count));
    // Counts are not worth keeping a process alive for; whoever stops it flushes them.
    timer ??= setTimeout(() => void flush(), flushMs).unref();
  }

  /** One after the other, and whoever waits for a flush waits for those before it too. */
  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    underWay = underWay.then(writeDown);
    return underWay;
  }

  async function writeDown() {
    const batch = [...counts.values()];
    counts = new Map();
    if (batch.length === 0) return;
    try {
      await write(batch);
    } catch (error) {
      log.warn({ err: error, counts: batch.length }, `${noun} were not counted; they are tried again`);
      for (const count of batch) add(count);
    }
  }

  return { add, flush };
}
