/** Keeps the list of sources that a runner's values come from. */
import type { Context, Tx } from '../context.ts';
import type { Entry } from './merge.ts';

/** The systems that are known by name. */
export const sourceKinds = ['GARMIN', 'APPLE_HEALTH', 'STRAVA', 'INTERVALS_ICU', 'OURA', 'FILE', 'MANUAL'] as const;

/** What a runner writes by hand comes from this source. */
export const manualSource = 'manual';

/** The sort of system that a source is, as its name says; a file when the name says nothing. */
export function kindOf(name: string): string {
  const written = name
    .trim()
    .toUpperCase()
    .replaceAll(/[^A-Z]+/g, '_');
  return sourceKinds.find((kind) => kind === written) ?? 'FILE';
}

/** Every source that values come from is known, in the order of arrival, with the time when it last brought something. */
export async function noteSources(ctx: Context, tx: Tx, runnerId: string, entries: Entry[], stated: Entry[]): Promise<void> {
  const names = [...new Set(entries.flatMap(({ item }) => (typeof item.source === 'string' ? [item.source] : [])))];
  if (names.length === 0) return;
  const known = new Set((await tx.healthSource.findMany({ where: { runnerId } })).map((source) => source.name));
  let priority = await lastPriority(tx, runnerId);
  const unknown = names.filter((name) => !known.has(name));
  await tx.healthSource.createMany({ data: unknown.map((name) => ({ runnerId, name, kind: kindOf(name), priority: ++priority })) });
  // An export says itself when its sources brought something; moving it here is not news from them.
  const told = stated.flatMap(({ item }) => (item.lastImportAt === undefined ? [] : [item.name]));
  const fresh = names.filter((name) => !told.includes(name));
  await tx.healthSource.updateMany({ where: { runnerId, name: { in: fresh } }, data: { lastImportAt: ctx.now() } });
}

/** The number of the source that comes last; 0 when there is none. */
export const lastPriority = async (tx: Tx, runnerId: string) =>
  (await tx.healthSource.aggregate({ where: { runnerId }, _max: { priority: true } }))._max.priority ?? 0;
