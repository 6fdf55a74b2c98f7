/** Marks which of a runner's runs repeat one of another source, whenever runs, priorities or exclusions change. */
import type { Tx } from '../context.ts';
import { findDuplicates } from './duplicates.ts';
import type { Item } from './read-item.ts';

/** Two neighbouring days may hold recordings of one run. */
const marginMs = 2 * 86_400_000;

/**
 * Sets `isDuplicate` of the runs around the days of `changed`, or of all when it is null. A source that is excluded from
 * sharing comes after all others: a run that is shared never repeats one that is not.
 */
export async function markDuplicates(tx: Tx, runnerId: string, changed: readonly Item[] | null): Promise<void> {
  const days = (changed ?? []).map(({ startedOn }) => (startedOn as Date).getTime());
  // A file may hold more days than a call can have arguments.
  const first = days.reduce((earliest, day) => Math.min(earliest, day), Number.MAX_SAFE_INTEGER);
  const last = days.reduce((latest, day) => Math.max(latest, day), 0);
  const range = changed && { gte: new Date(first - marginMs), lte: new Date(last + marginMs) };
  const near = await tx.run.findMany({ where: { runnerId, ...(range && { startedOn: range }) } });
  const sources = await tx.healthSource.findMany({ where: { runnerId } });
  const ranks = new Map(sources.map(({ name, priority, excluded }) => [name, excluded ? excludedRank : priority]));
  const duplicates = findDuplicates(near, (source) => ranks.get(source) ?? unknownRank);
  for (const isDuplicate of [true, false]) {
    const ids = near.filter((run) => duplicates.has(run.id) === isDuplicate && run.isDuplicate !== isDuplicate).map((run) => run.id);
    if (ids.length > 0) await tx.$executeRaw`UPDATE "Run" SET "isDuplicate" = ${isDuplicate} WHERE "id" = ANY(${ids}::uuid[])`;
  }
}

const unknownRank = Number.MAX_SAFE_INTEGER - 1;
const excludedRank = Number.MAX_SAFE_INTEGER;
