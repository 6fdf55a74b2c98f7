/** Imports what is known of a runner from a file: keeps what is good, says what it refused, and can be repeated. */
import { z } from 'zod';
import type { Prisma, Runner } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { parseDay } from './days.ts';
import { DomainError } from './errors.ts';
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
import { mergeMarkers, takeMarkers } from './runner-data/lab-markers.ts';
import { markDuplicates } from './runner-data/mark-duplicates.ts';
import { batchSize, combineRepeated, type Entry, mergeEntries } from './runner-data/merge.ts';
import { bareValues, type RunnerFile, readRunnerFile } from './runner-data/read-file.ts';
import type { Item } from './runner-data/read-item.ts';
import { kindOf, lastPriority, noteSources } from './runner-data/sources.ts';
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
 * @throws INVALID when the file does not name a runner; NOT_FOUND to a runner, for others than themselves.
 */
export async function importRunner(ctx: Context, input: unknown): Promise<ImportReport> {
  permit(ctx.caller, 'runners.manage');
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
    requireImportAccess(ctx, found);
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

/** @throws NOT_FOUND to runners, for every username but their own: they cannot create anybody, nor learn who exists. */
function requireImportAccess(ctx: Context, found: Runner | null): void {
  if (permit(ctx.caller, 'runners.manage') === 'all') return;
  if (ctx.caller.kind === 'runner' && found?.id === ctx.caller.runnerId && found) return;
  throw new DomainError('NOT_FOUND', 'There is no runner of yours with this username.');
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
    const count = await merge((item) => ({ kind: kindOf(String(item.name)), priority: item.priority ?? ++priority, ...item }));
    if (count.created + count.updated > 0) await markDuplicates(tx, runnerId, null);
    return count;
  }
  const markers = collection === labTests ? takeMarkers(entries) : null;
  const count = await merge();
  if (markers) await mergeMarkers(tx, runnerId, markers, count);
  if (count.created + count.updated > 0) await noteSources(ctx, tx, runnerId, entries, lists.get(healthSources.noun) ?? []);
  if (collection === runs && count.created + count.updated > 0)
    await markDuplicates(
      tx,
      runnerId,
      entries.map(({ item }) => item),
    );
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

const recordSharing = (ctx: Context, tx: Tx, runnerId: string, details: Record<string, boolean | number>) =>
  recordAuditEvent(ctx, tx, { action: 'context-sharing.update', targetType: 'Runner', targetId: runnerId, details });

const pick = (item: Item, names: string[]): Item => Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));

function differing<T extends object>(row: object, item: T): Partial<T> {
  const before = row as Record<string, unknown>;
  const plain = (value: unknown) => (value instanceof Date ? value.getTime() : value);
  return Object.fromEntries(Object.entries(item).filter(([name, value]) => plain(before[name]) !== plain(value))) as Partial<T>;
}
