/** Writes items of one kind beside what is there: what is new is added, what differs is changed, the rest is left alone. */
import type { Tx } from '../context.ts';
import type { Fault } from '../errors.ts';
import type { ImportCount } from '../import-report.ts';
import { formatPath } from '../input.ts';
import type { Collection, Row } from './collections.ts';
import type { Item } from './read-item.ts';

/** An item and where it stands in the file. */
export interface Entry {
  item: Item;
  path: PropertyKey[];
}

/** A statement holds at most 32 767 values; an item has up to 18. */
const batchSize = 1_500;

/**
 * Writes the entries and counts what happened to them. A value that contradicts what is stored is refused. Call with
 * the runner locked.
 *
 * @param complete adds the columns that a new row has and no file states.
 */
export async function mergeEntries(
  tx: Tx,
  runnerId: string,
  collection: Collection,
  given: Entry[],
  refusals: Fault[],
  complete: (item: Item) => Item = (item) => item,
): Promise<ImportCount> {
  const count = { noun: collection.noun, created: 0, updated: 0, unchanged: 0 };
  const table = collection.table(tx);
  const all = combineRepeated(collection, given, refusals);
  for (let start = 0; start < all.length; start += batchSize) {
    const entries = all.slice(start, start + batchSize);
    const find = finder(collection, await table.findMany({ where: { runnerId, ...collection.among?.(entries.map(({ item }) => item)) } }));
    const created = entries.filter(({ item }) => !find(item)).map(({ item }) => ({ ...complete(item), runnerId }));
    const changed = entries.flatMap((entry) => {
      const row = find(entry.item);
      const data = row && changesOf(collection, row, entry, refusals);
      return row && data ? [{ where: { id: row.id }, data }] : [];
    });
    if (created.length > 0) await table.createMany({ data: created });
    for (const change of changed) await table.update(change);
    count.created += created.length;
    count.updated += changed.length;
    count.unchanged += entries.length - created.length - changed.length;
  }
  return count;
}

/** The file's items, each once: a later one adds what the first does not say, and is refused where it says otherwise. */
function combineRepeated(collection: Collection, given: Entry[], refusals: Fault[]): Entry[] {
  const byKey = new Map<string, Entry>();
  const combined: Entry[] = [];
  for (const entry of given) {
    const [key = ''] = collection.keysOf(entry.item);
    const first = byKey.get(key);
    if (!first) {
      byKey.set(key, entry);
      combined.push(entry);
      continue;
    }
    for (const [name, value] of Object.entries(entry.item)) {
      if (first.item[name] === undefined) first.item[name] = value;
      else if (!same(first.item[name], value)) {
        refusals.push({ path: formatPath([...entry.path, name]), message: `is said otherwise by ${formatPath(first.path)}` });
      }
    }
    // What each says may be possible and both together not.
    dropContradictions(collection, first.item, Object.keys(entry.item), entry.path, refusals);
  }
  return combined;
}

function finder(collection: Collection, rows: Row[]) {
  const byKey = new Map(rows.flatMap((row) => collection.keysOf(row).map((key) => [key, row] as const)));
  return (item: Item): Row | undefined => {
    for (const key of collection.keysOf(item)) {
      const row = byKey.get(key);
      // Two different ids of one source are two things, however alike.
      const twoIds = row?.externalId && item.externalId && row.externalId !== item.externalId;
      if (row && !twoIds) return row;
    }
    return undefined;
  };
}

/** The columns that the item changes; null when it changes none. */
function changesOf(collection: Collection, row: Row, { item, path }: Entry, refusals: Fault[]): Item | null {
  const differing = Object.keys(item).filter((name) => !same(row[name], item[name]));
  const merged = { ...present(row), ...item };
  dropContradictions(collection, merged, differing, path, refusals);
  const changed = differing.filter((name) => merged[name] !== undefined);
  return changed.length === 0 ? null : Object.fromEntries(changed.map((name) => [name, item[name]]));
}

/** Removes from `merged` the new values that cannot stand beside the others: the contradictory ones, or else all. */
function dropContradictions(collection: Collection, merged: Item, fresh: string[], path: PropertyKey[], refusals: Fault[]): void {
  for (const [names, message] of collection.shape.contradictions?.(merged) ?? []) {
    const concerned = names.filter((name) => fresh.includes(name) && merged[name] !== undefined);
    for (const name of concerned.length > 0 ? concerned : fresh) {
      refusals.push({ path: formatPath([...path, name]), message });
      delete merged[name];
    }
  }
}

const present = (row: Row): Item => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

const same = (a: unknown, b: unknown): boolean => (a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b);
