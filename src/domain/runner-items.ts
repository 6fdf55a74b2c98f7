/** A runner's lists as their owner sees them: short ones whole, dated ones in parts, newest first. */
import { type Connection, type ConnectionArgs, connect } from './connections.ts';
import type { Context } from './context.ts';
import { requireDay } from './days.ts';
import { excludedSources } from './excluded-sources.ts';
import { keyset } from './keyset.ts';
import { type Collection, collections, labTests, type Row, runs } from './runner-data/collections.ts';
import { requireRunnerAccess } from './runners.ts';

/** The lists whose items a runner may write one at a time, by the names that imports give them. */
export type RunnerNoun =
  | 'measurements'
  | 'heartRateZones'
  | 'gear'
  | 'raceResults'
  | 'goals'
  | 'personalBests'
  | 'dailyMetrics'
  | 'runs'
  | 'labTests'
  | 'healthSources';

/** A stored item as its owner sees it. */
export type RunnerItem = Row & {
  /** Whether its source is excluded from sharing; false for what has no source. */
  isExcluded: boolean;
};

/** The most items of a list that is given whole. */
export const listLengthMax = 500;

export const collectionOf = (noun: RunnerNoun): Collection => {
  const found = collections.find((collection) => collection.noun === noun);
  if (!found) throw new Error(`there is no list ${noun}`);
  return found;
};

export const hasSource = ({ shape }: Collection) => Object.hasOwn(shape.fields, 'source');
export const withMarkers = (collection: Collection) =>
  collection === labTests && { include: { markers: { orderBy: { position: 'asc' } } } };

/** The runner's items of a short list by name or, where they have none, by distance: the first 500. */
export async function listRunnerItems(ctx: Context, runnerId: string, noun: 'gear' | 'goals' | 'personalBests'): Promise<RunnerItem[]> {
  requireRunnerAccess(ctx, runnerId);
  const orderBy = noun === 'personalBests' ? { distanceMeters: 'asc' } : { name: 'asc' };
  const rows = await collectionOf(noun).table(ctx.db).findMany({ where: { runnerId }, orderBy, take: listLengthMax });
  return rows.map((row) => ({ ...row, isExcluded: false }));
}

export interface ItemFilter {
  from?: string | null | undefined;
  to?: string | null | undefined;
  source?: string | null | undefined;
  kind?: string | null | undefined;
}

/**
 * A part of one of the runner's dated lists, newest first. What is written meanwhile makes no other item come twice or
 * never; an item whose day is changed moves.
 *
 * @throws INVALID for an end that is not a day, and as `connect`.
 */
export async function connectRunnerItems(
  ctx: Context,
  runnerId: string,
  noun: Exclude<RunnerNoun, 'gear' | 'goals' | 'personalBests' | 'healthSources'>,
  { from, to, source, kind, ...page }: ConnectionArgs & ItemFilter,
): Promise<Connection<RunnerItem>> {
  requireRunnerAccess(ctx, runnerId);
  const collection = collectionOf(noun);
  const dayColumn = collection === runs ? 'startedOn' : 'date';
  const order = keyset(dayColumn, collection === runs ? 'startedAt' : undefined);
  const range = { gte: requireDay('from', from), lte: requireDay('to', to) };
  const where = { runnerId, [dayColumn]: range, ...(source != null && { source }), ...(kind != null && { kind }) };
  const excluded = hasSource(collection) ? await excludedSources(ctx.db, runnerId) : [];
  return connect<RunnerItem, (Date | string | null)[]>(page, order.places, async ({ limit, after, before, inverted }) => {
    const ends = [after && order.beyond(after, 'older'), before && order.beyond(before, 'newer')].filter((end) => end !== null);
    const rows = await collection.table(ctx.db).findMany({
      where: { ...where, AND: ends },
      orderBy: order.orderBy(inverted ? 'newer' : 'older'),
      take: limit,
      ...withMarkers(collection),
    });
    return rows.map((row) => ownedItem(row, excluded));
  });
}

export const ownedItem = (row: Row, excluded: readonly string[]): RunnerItem => ({
  ...row,
  isExcluded: typeof row.source === 'string' && excluded.includes(row.source),
});
