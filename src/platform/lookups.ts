/** Rows by their keys. What requests look up at the same time is one statement, so that many cost the database little more than one. */
import DataLoader from 'dataloader';
import type { RunStatement } from './statements.ts';

/**
 * The keys, in the text of a look-up. In a subquery, where the planner does not see how many they are: else it would think its
 * plan for any number worse than one for this number, and plan every statement anew, which takes longer than to run it.
 */
export const asked = '(SELECT $1::text[])::text[]';

/** A statement that takes keys as one `text[]` and gives a row for each it knows: `key`, and as one JSON column `found`. */
export interface Lookup {
  /** Under which each connection prepares it; the same name must always mean the same text. */
  name: string;
  text: string;
}

/** What is found under the key, or null: always by a statement that begins after the call. @throws the database's errors, for all who ask at once. */
export type LookUp = <Found>(lookup: Lookup, key: string) => Promise<Found | null>;

/** As many keys in one statement as a busy moment brings; more than that go in several. */
const keysMax = 500;

export function createLookUp(run: RunStatement): LookUp {
  const loaders = new Map<string, DataLoader<string, unknown>>();

  function loaderOf(lookup: Lookup): DataLoader<string, unknown> {
    const known = loaders.get(lookup.name);
    if (known) return known;
    const loader = new DataLoader<string, unknown>((keys) => findAll(run, lookup, keys), {
      cache: false,
      maxBatchSize: keysMax,
      // Once every request that has arrived by now has been read from its socket.
      batchScheduleFn: (send) => void setImmediate(send),
    });
    loaders.set(lookup.name, loader);
    return loader;
  }

  return (lookup, key) => loaderOf(lookup).load(key) as Promise<never>;
}

async function findAll(run: RunStatement, lookup: Lookup, keys: readonly string[]): Promise<unknown[]> {
  const rows = await run<{ key: string; found: unknown }>(lookup, [[...new Set(keys)]]);
  const found = new Map(rows.map((row) => [row.key, row.found]));
  return keys.map((key) => found.get(key) ?? null);
}
