/** Exports everything that is held of a runner, in pieces that each are a file which can be imported. */
import type { Runner } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context } from './context.ts';
import { formatDay } from './days.ts';
import { DomainError, invalid } from './errors.ts';
import { isId } from './ids.ts';
import { withoutNulls } from './json.ts';
import { type Collection, collections, contextLinkItems, labTests, type Row, runs } from './runner-data/collections.ts';
import { markerItem } from './runner-data/lab-markers.ts';
import type { Item } from './runner-data/read-item.ts';
import { requireRunnerAccess } from './runners.ts';

/** Of the longest items this is about 1 MB. */
const itemsPerPiece = 2_000;

export interface RunnerExport {
  /** A file as `importRunner` takes it: the username, and what this piece holds. */
  document: Item;
  /** Where the next piece begins; null when this is the last. */
  next: string | null;
}

/**
 * One piece of the export, the first without `after`. All pieces together hold everything: imported into an empty
 * gateway, in order, they make the same runner again. Tokens of links are not part of it: a new one is made.
 *
 * @throws NOT_FOUND; INVALID for a place that no piece has named.
 */
export async function exportRunner(ctx: Context, id: string, after?: string | null): Promise<RunnerExport> {
  requireRunnerAccess(ctx, id);
  const runner = isId(id) ? await ctx.db.runner.findUnique({ where: { id } }) : null;
  if (!runner) throw new DomainError('NOT_FOUND', `There is no runner with the id ${JSON.stringify(id)}.`);
  const place = parsePlace(after ?? null);
  if (!after) await recordAuditEvent(ctx, ctx.db, { action: 'runner.export', targetType: 'Runner', targetId: id });
  const document: Item = after ? { username: runner.username } : personOf(runner);
  let room = itemsPerPiece;
  for (let index = place.collection; ; index++) {
    const collection = collections[index];
    if (!collection) return { document, next: null };
    const rows = await readRows(ctx, id, collection, index === place.collection ? place.afterId : null, room);
    if (rows.length > 0) document[collection.noun] = rows.map((row) => itemOf(collection, row));
    room -= rows.length;
    if (room === 0) return { document, next: `${collection.noun}:${rows.at(-1)?.id}` };
  }
}

function parsePlace(after: string | null): { collection: number; afterId: string | null } {
  if (after === null) return { collection: 0, afterId: null };
  const [noun, afterId = ''] = after.split(':');
  const collection = collections.findIndex((candidate) => candidate.noun === noun);
  if (collection < 0 || !isId(afterId))
    throw invalid([{ path: 'after', message: 'not a place of this export; take the "next" of a piece' }]);
  return { collection, afterId };
}

function personOf({ username, units, timezone, birthDate, sex, heightCm, runningSince, weeklyFrequency, sharingEnabled }: Runner): Item {
  const born = birthDate && formatDay(birthDate);
  return withoutNulls({ username, units, timezone, birthDate: born, sex, heightCm, runningSince, weeklyFrequency, sharingEnabled });
}

function readRows(ctx: Context, runnerId: string, collection: Collection, afterId: string | null, take: number): Promise<Row[]> {
  return collection.table(ctx.db).findMany({
    where: { runnerId, ...(afterId && { id: { gt: afterId } }) },
    orderBy: { id: 'asc' },
    take,
    ...(collection === labTests && { include: { markers: { orderBy: { position: 'asc' } } } }),
  });
}

/** Columns that hold an instant; every other date is a day. */
const instants = new Set(['startedAt', 'lastImportAt', 'disconnectedAt', 'expiresAt']);

/** The row in the form of a file. */
export function itemOf(collection: Collection, row: Row): Item {
  const item: Item = {};
  for (const name of Object.keys(collection.shape.fields)) {
    const value = row[name];
    if (value === null || value === undefined) continue;
    item[name] = value instanceof Date ? (instants.has(name) ? value.toISOString() : formatDay(value)) : value;
  }
  // The day of a run that knows its time follows from it.
  if (collection === runs && item.startedAt) delete item.startedOn;
  if (collection === labTests) item.markers = (row.markers as Item[]).map(markerItem);
  if (collection === contextLinkItems && !item.isDefault) delete item.isDefault;
  return item;
}
