/** Imports what is known of a runner from a file: keeps what is good, says what it refused, and can be repeated. */
import { z } from 'zod';
import type { Prisma, Runner } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { parseDay } from './days.ts';
import { newId } from './ids.ts';
import type { ImportCount, ImportReport } from './import-report.ts';
import { parseInput } from './input.ts';
import { localDate } from './local-dates.ts';
import { permit } from './permissions.ts';
import {
  type Collection,
  collections,
  contextLinkItems,
  fileSource,
  healthSources,
  labTests,
  measurements,
  runs,
} from './runner-data/collections.ts';
import { findDuplicates } from './runner-data/duplicates.ts';
import { mergeMarkers, takeMarkers } from './runner-data/lab-markers.ts';
import { batchSize, combineRepeated, type Entry, mergeEntries } from './runner-data/merge.ts';
import { bareValues, type RunnerFile, readRunnerFile } from './runner-data/read-file.ts';
import type { Item } from './runner-data/read-item.ts';
import { type RunnerFieldName, runnerFields, username } from './runner-fields.ts';
import { defaultLinkLabel, insertRunner, lockRunner, lockUsername, moveRunsToLocalDays } from './runners.ts';

/** For one batch; most take a second. */
const timeoutMs = 60_000;

const fileShape = z.looseObject({ username });

/**
 * Writes what the file says of one runner, who is created when new, and gives what it did. Items are recognised by
 * their natural keys, so that a file may come again, or in slices: what is the same stays untouched, what differs is
 * changed, what the file does not mention is kept. Values that are impossible are refused one by one.
 *
 * @throws INVALID when the file does not name a runner.
 */
export async function importRunner(ctx: Context, input: unknown): Promise<ImportReport> {
  permit(ctx.caller, 'runners.create');
  const file = parseInput(fileShape, input);
  const known = await ctx.db.runner.findUnique({ where: { username: file.username } });
  const read = readRunnerFile(file, known?.timezone ?? 'UTC', ctx.now());
  const { runner, count } = await writePerson(ctx, file.username, read);
  read.lists.get(measurements.noun)?.push(...(await bareEntries(ctx, runner, read)));

  const counts = [count];
  for (const collection of collections) {
    const entries = combineRepeated(collection, read.lists.get(collection.noun) ?? [], read.refusals);
    if (entries.length > 0) counts.push(await writeList(ctx, runner.id, collection, entries, read));
  }
  await recordAuditEvent(ctx, ctx.db, { action: 'runner.import', targetType: 'Runner', targetId: runner.id });
  return { counts, refusals: read.refusals };
}

async function writePerson(ctx: Context, name: string, { person }: RunnerFile): Promise<{ runner: Runner; count: ImportCount }> {
  const fields = pick(person, Object.keys(runnerFields)) as Partial<Pick<Prisma.RunnerUncheckedCreateInput, RunnerFieldName>>;
  const sharingEnabled = person.sharingEnabled as boolean | undefined;
  const count = { noun: 'runners', created: 0, updated: 0, unchanged: 0 };
  return ctx.db.$transaction(async (tx) => {
    await lockUsername(tx, name);
    const found = await tx.runner.findUnique({ where: { username: name } });
    const before = found ? await lockRunner(tx, found.id) : await insertRunner(ctx, tx, { username: name, ...fields });
    const changes = differing(before, { ...fields, ...(sharingEnabled !== undefined && { sharingEnabled }) });
    if (!found) count.created = 1;
    else count[Object.keys(changes).length > 0 ? 'updated' : 'unchanged'] = 1;
    if (Object.keys(changes).length === 0) return { runner: before, count };
    const runner = await tx.runner.update({ where: { id: before.id }, data: changes });
    if (runner.timezone !== before.timezone) await moveRunsToLocalDays(tx, runner);
    if (runner.sharingEnabled !== before.sharingEnabled) await recordSharing(ctx, tx, runner.id, { enabled: runner.sharingEnabled });
    return { runner, count };
  });
}

/** In short transactions: an embedded database serves nobody else meanwhile, and what was written may come again. */
async function writeList(ctx: Context, runnerId: string, collection: Collection, entries: Entry[], read: RunnerFile): Promise<ImportCount> {
  const total = { noun: collection.noun, created: 0, updated: 0, unchanged: 0 };
  for (let start = 0; start < entries.length; start += batchSize) {
    const batch = entries.slice(start, start + batchSize);
    const count = await ctx.db.$transaction((tx) => writeBatch(ctx, tx, runnerId, collection, batch, read), { timeout: timeoutMs });
    for (const what of ['created', 'updated', 'unchanged'] as const) total[what] += count[what];
  }
  return total;
}

async function writeBatch(
  ctx: Context,
  tx: Tx,
  runnerId: string,
  collection: Collection,
  entries: Entry[],
  { refusals, lists }: RunnerFile,
): Promise<ImportCount> {
  await lockRunner(tx, runnerId);
  const merge = (complete?: (item: Item) => Item) => mergeEntries(tx, runnerId, collection, entries, refusals, complete);
  if (collection === contextLinkItems) return writeLinks(ctx, tx, runnerId, entries, merge);
  if (collection === healthSources) {
    let priority = await lastPriority(tx, runnerId);
    const count = await merge((item) => ({ priority: item.priority ?? ++priority, ...item }));
    if (count.created + count.updated > 0) await markDuplicates(tx, runnerId, null);
    return count;
  }
  const markers = collection === labTests ? takeMarkers(entries) : null;
  const count = await merge();
  if (markers) await mergeMarkers(tx, runnerId, markers, count);
  if (count.created + count.updated > 0) await noteSources(ctx, tx, runnerId, entries, lists.get(healthSources.noun) ?? []);
  if (collection === runs && count.created + count.updated > 0) await markDuplicates(tx, runnerId, entries);
  return count;
}

async function writeLinks(
  ctx: Context,
  tx: Tx,
  runnerId: string,
  entries: Entry[],
  merge: (complete: (item: Item) => Item) => Promise<ImportCount>,
): Promise<ImportCount> {
  for (const { item } of entries) {
    if (item.isDefault) item.label = defaultLinkLabel;
  }
  const count = await merge((item) => {
    const id = newId();
    return { ...item, id, rotatedAt: ctx.now(), ...ctx.contextLinks.tokens.mint(id) };
  });
  if (count.created + count.updated > 0) await recordSharing(ctx, tx, runnerId, { links: count.created + count.updated });
  return count;
}

/**
 * Values without a day are as old as the newest thing in the file, or else today's, unless they only repeat the newest
 * that the file's source has said.
 */
async function bareEntries(ctx: Context, runner: Runner, { person, lists }: RunnerFile): Promise<Entry[]> {
  const today = parseDay(localDate(ctx.now(), runner.timezone))?.getTime() ?? 0;
  const newest = [...lists.values()].flat().reduce((latest, { item }) => Math.max(latest, timeOf(item.startedOn ?? item.date)), 0);
  const date = new Date(newest === 0 ? today : Math.min(today, newest));
  const entries: Entry[] = [];
  for (const [name, kind] of Object.entries(bareValues)) {
    const value = person[name];
    if (value === undefined) continue;
    const where = { runnerId: runner.id, kind, source: fileSource };
    const said = await ctx.db.measurement.findFirst({ where, orderBy: { date: 'desc' } });
    entries.push({ item: { kind, date: said?.value === value ? said.date : date, source: fileSource, value }, path: [name] });
  }
  return entries;
}

const timeOf = (value: unknown): number => (value instanceof Date ? value.getTime() : 0);

/** Every source that values come from is known, in the order of arrival, with the time when it last brought something. */
async function noteSources(ctx: Context, tx: Tx, runnerId: string, entries: Entry[], stated: Entry[]): Promise<void> {
  const names = [...new Set(entries.flatMap(({ item }) => (typeof item.source === 'string' ? [item.source] : [])))];
  if (names.length === 0) return;
  const known = new Set((await tx.healthSource.findMany({ where: { runnerId } })).map((source) => source.name));
  let priority = await lastPriority(tx, runnerId);
  const unknown = names.filter((name) => !known.has(name));
  await tx.healthSource.createMany({ data: unknown.map((name) => ({ runnerId, name, priority: ++priority })) });
  // An export says itself when its sources brought something; moving it here is not news from them.
  const told = stated.flatMap(({ item }) => (item.lastImportAt === undefined ? [] : [item.name]));
  const fresh = names.filter((name) => !told.includes(name));
  await tx.healthSource.updateMany({ where: { runnerId, name: { in: fresh } }, data: { lastImportAt: ctx.now() } });
}

const lastPriority = async (tx: Tx, runnerId: string) =>
  (await tx.healthSource.aggregate({ where: { runnerId }, _max: { priority: true } }))._max.priority ?? 0;

/** Marks which runs repeat another source's, around the days of these entries, or everywhere. */
async function markDuplicates(tx: Tx, runnerId: string, entries: Entry[] | null): Promise<void> {
  const margin = 2 * 86_400_000;
  const days = (entries ?? []).map(({ item }) => timeOf(item.startedOn));
  // A file may hold more days than a call can have arguments.
  const first = days.reduce((earliest, day) => Math.min(earliest, day), Number.MAX_SAFE_INTEGER);
  const last = days.reduce((latest, day) => Math.max(latest, day), 0);
  const range = entries && { gte: new Date(first - margin), lte: new Date(last + margin) };
  const near = await tx.run.findMany({ where: { runnerId, ...(range && { startedOn: range }) } });
  const sources = await tx.healthSource.findMany({ where: { runnerId } });
  const priorities = new Map(sources.map((source) => [source.name, source.priority]));
  const duplicates = findDuplicates(near, (source) => priorities.get(source) ?? Number.MAX_SAFE_INTEGER);
  for (const isDuplicate of [true, false]) {
    const ids = near.filter((run) => duplicates.has(run.id) === isDuplicate && run.isDuplicate !== isDuplicate).map((run) => run.id);
    if (ids.length > 0) await tx.$executeRaw`UPDATE "Run" SET "isDuplicate" = ${isDuplicate} WHERE "id" = ANY(${ids}::uuid[])`;
  }
}

const recordSharing = (ctx: Context, tx: Tx, runnerId: string, details: Record<string, boolean | number>) =>
  recordAuditEvent(ctx, tx, { action: 'context-sharing.update', targetType: 'Runner', targetId: runnerId, details });

const pick = (item: Item, names: string[]): Item => Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));

function differing<T extends object>(row: object, item: T): Partial<T> {
  const before = row as Record<string, unknown>;
  const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);
  return Object.fromEntries(Object.entries(item).filter(([name, value]) => plain(before[name]) !== plain(value))) as Partial<T>;
}
