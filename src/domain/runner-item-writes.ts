/** Writes a runner's items one at a time, as a form does, by the very rules of imports. */
import { isDeepStrictEqual } from 'node:util';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { DomainError, type Fault, invalid } from './errors.ts';
import { excludedSources } from './excluded-sources.ts';
import { isId, newId } from './ids.ts';
import { type Collection, healthSources, labTests, type Row, runs } from './runner-data/collections.ts';
import { mergeMarkers, takeMarkers } from './runner-data/lab-markers.ts';
import { markDuplicates } from './runner-data/mark-duplicates.ts';
import { finder } from './runner-data/merge.ts';
import { endOfPresent, readEntry } from './runner-data/read-file.ts';
import { type Item, leftOut } from './runner-data/read-item.ts';
import { kindOf, lastPriority, manualSource, noteSources } from './runner-data/sources.ts';
import { itemOf } from './runner-export.ts';
import { collectionOf, hasSource, ownedItem, type RunnerItem, type RunnerNoun, withMarkers } from './runner-items.ts';
import { lockRunner, requireRunnerAccess } from './runners.ts';

/**
 * Writes one item and gives it as it is then. With an `id` that item is edited, whatever its source; without one, the
 * item of the source "manual" with the same natural key is, or else a new one is made. An omitted field stays, null
 * clears it. A later import of an edited item's source may say its values again.
 *
 * @throws INVALID with every fault, and nothing is written; NOT_FOUND for an id that is not one of theirs; CONFLICT when
 * the runner has another such item already.
 */
export async function saveRunnerItem(ctx: Context, runnerId: string, noun: RunnerNoun, input: object): Promise<RunnerItem> {
  requireRunnerAccess(ctx, runnerId);
  const collection = collectionOf(noun);
  const { id, ...fields } = plain(input);
  return ctx.db.$transaction(async (tx) => {
    const { timezone } = await lockRunner(tx, runnerId);
    const reading: Reading = { collection, when: { timezone, latest: endOfPresent(ctx.now()) } };
    const own = hasSource(collection) ? { source: manualSource } : {};
    const before =
      typeof id === 'string' ? await getRow(tx, runnerId, collection, id) : await findLike(tx, runnerId, reading, { ...own, ...fields });
    const item = readStrictly(reading, before ? { ...itemOf(collection, before), ...fields } : { ...own, ...fields });
    if (before) await requireNoTwin(tx, runnerId, collection, before, item);
    if (collection === healthSources && before && before.name !== item.name) {
      throw invalid([{ path: 'name', message: 'cannot be changed: what came from the source names it' }]);
    }
    const savedId = await writeItem(ctx, tx, runnerId, collection, before, item);
    const saved = await getRow(tx, runnerId, collection, savedId);
    return ownedItem(saved, await excludedSources(tx, runnerId));
  });
}

/** Removes one item, whatever its source, and gives its id. A later import may bring it back. @throws NOT_FOUND. */
export async function deleteRunnerItem(ctx: Context, runnerId: string, noun: RunnerNoun, id: string): Promise<string> {
  requireRunnerAccess(ctx, runnerId);
  const collection = collectionOf(noun);
  return ctx.db.$transaction(async (tx) => {
    await lockRunner(tx, runnerId);
    const row = await getRow(tx, runnerId, collection, id);
    await collection.table(tx).delete({ where: { id: row.id } });
    if (collection === runs) await markDuplicates(tx, runnerId, [row]);
    await recordEdit(ctx, tx, runnerId);
    return row.id;
  });
}

/** GraphQL's scalars as a file writes them, without the prototypes of its inputs. */
const plain = (input: object): Item => JSON.parse(JSON.stringify(input)) as Item;

interface Reading {
  collection: Collection;
  when: { timezone: string; latest: Date };
}

async function getRow(tx: Tx, runnerId: string, collection: Collection, id: string): Promise<Row> {
  const found = isId(id) ? await collection.table(tx).findMany({ where: { runnerId, id }, ...withMarkers(collection) }) : [];
  if (found[0]) return found[0];
  throw new DomainError('NOT_FOUND', `This runner has nothing with the id ${JSON.stringify(id)} here.`);
}

/** The row that an item without an id is about. What cannot be read yet is about none. */
async function findLike(tx: Tx, runnerId: string, { collection, when }: Reading, input: Item): Promise<Row | null> {
  const item = readEntry(collection, input, [], when, []);
  return item && ((await candidates(tx, runnerId, collection, item)).find(item) ?? null);
}

async function candidates(tx: Tx, runnerId: string, collection: Collection, item: Item, butId?: string) {
  const rows = await collection.table(tx).findMany({ where: { runnerId, ...collection.among?.([item]) }, ...withMarkers(collection) });
  return {
    find: finder(
      collection,
      rows.filter((row) => row.id !== butId),
    ),
  };
}

async function requireNoTwin(tx: Tx, runnerId: string, collection: Collection, before: Row, item: Item): Promise<void> {
  const twin = (await candidates(tx, runnerId, collection, item, before.id)).find(item);
  if (twin) throw new DomainError('CONFLICT', 'There is such an item already.', { details: { id: twin.id } });
}

/** The item as it would be stored. @throws INVALID with every fault: a form wants none of it kept unless all of it is right. */
function readStrictly({ collection, when }: Reading, input: Item): Item {
  const given = collection === labTests ? { ...input, markers: input.markers ?? [] } : input;
  const missing = collection.shape.required.filter((name) => given[name] === undefined || given[name] === null);
  const faults: Fault[] = missing.map((name) => ({ path: name, message: 'is required' }));
  const refusals: Fault[] = [];
  const item = readEntry(collection, given, [], when, refusals);
  const [whole, single] = [refusals.filter(isOfWhole), refusals.filter((refusal) => !isOfWhole(refusal))];
  faults.push(...single);
  // That the whole makes no sense is news only when its parts do.
  if (faults.length === 0) faults.push(...whole.map(({ path, message }) => ({ path, message: message.replace(leftOut, '') })));
  if (faults.length > 0 || !item) throw invalid(faults);
  return item;
}

const isOfWhole = ({ message }: Fault) => message.startsWith(leftOut);

/** Writes the item as a new row, or over the one before, and whatever follows from it. Gives the row's id. */
async function writeItem(ctx: Context, tx: Tx, runnerId: string, collection: Collection, before: Row | null, item: Item): Promise<string> {
  const id = before?.id ?? newId();
  const markers = collection === labTests ? takeMarkers([{ item, path: [] }]) : null;
  const values = before ? changesOf(collection, before, item) : item;
  if (!before) {
    const extras = collection === healthSources ? await sourceDefaults(tx, runnerId, item) : {};
    await collection.table(tx).createMany({ data: [{ id, runnerId, ...extras, ...item }] });
  } else if (Object.keys(values).length > 0) {
    await collection.table(tx).update({ where: { id }, data: values });
  }
  if (markers) await mergeMarkers(tx, runnerId, markers, { noun: collection.noun, created: 0, updated: 0, unchanged: 0 });
  if (collection === runs) await markDuplicates(tx, runnerId, before ? [before, item] : [item]);
  // The order of sources decides which recording of a run counts.
  if (collection === healthSources && Object.keys(values).length > 0) await markDuplicates(tx, runnerId, null);
  if (item.source === manualSource) await noteSources(ctx, tx, runnerId, [{ item, path: [] }], []);
  await recordEdit(ctx, tx, runnerId);
  return id;
}

/** The columns that differ; what the item does not say (any more) is null, or what is assumed. */
function changesOf(collection: Collection, row: Row, item: Item): Item {
  const columns = Object.keys(collection.shape.fields).filter((name) => name !== 'markers');
  const wanted = columns.map((name) => [name, item[name] ?? emptyOf(collection, name)] as const);
  return Object.fromEntries(wanted.filter(([name, value]) => !isDeepStrictEqual(row[name], value)));
}

const emptyOf = (collection: Collection, name: string): unknown => (collection === healthSources ? (sourceEmpty[name] ?? null) : null);

/** What a source's columns hold that cannot be null. */
const sourceEmpty: Item = { kind: 'OTHER', priority: 1_000, metricPriorities: {}, excluded: false, grantedScopes: [] };

const sourceDefaults = async (tx: Tx, runnerId: string, { name }: Item): Promise<Item> => ({
  kind: kindOf(String(name)),
  priority: (await lastPriority(tx, runnerId)) + 1,
});

/** The audit log keeps no more of a runner than the id. */
const recordEdit = (ctx: Context, tx: Tx, runnerId: string) =>
  recordAuditEvent(ctx, tx, { action: 'runner.edit', targetType: 'Runner', targetId: runnerId });
