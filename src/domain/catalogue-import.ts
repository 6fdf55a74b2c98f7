/**
 * Imports a whole catalogue, all or nothing. A template is recognised by its slug (made from the name when absent),
 * so that the same file may be imported again: what is the same already is not written and keeps its version.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { TrainingPlanTemplate, WorkoutTemplate } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { type Fault, invalid } from './errors.ts';
import type { ImportCount, ImportReport } from './import-report.ts';
import { faultsOf, formatPath } from './input.ts';
import { permit } from './permissions.ts';
import { requireAuthor, writeTemplates } from './template-writes.ts';
import { slugOf } from './text.ts';
import { type TrainingPlanDocument, trainingPlanDocument } from './training-plan-document.ts';
import { planColumnsOf } from './training-plan-templates.ts';
import { type WorkoutDocument, workoutDocument } from './workout-document.ts';
import { findNamedWorkouts, type KnownWorkout, resolveReferences, sessionsOf } from './workout-references.ts';
import { workoutColumnsOf } from './workout-templates.ts';

/** Stamps are ticked row by row, so a large import takes a while: about 7 s for 30 000 visible rows. */
const importTimeoutMs = 120_000;
/** Rows of one INSERT, and slugs of one look-up: Postgres takes at most 65 535 parameters. */
const chunkSize = 500;
/** More than anyone reads; a file of which nothing is right would hold up everyone else. */
const faultsMax = 10_000;

const catalogueShape = z.strictObject({
  workoutTemplates: z.array(z.unknown()).default([]),
  trainingPlanTemplates: z.array(z.unknown()).default([]),
});

/** A document of the file with the slug it goes by and the place it stands at. */
interface Entry<Document> {
  document: Document;
  slug: string;
  path: PropertyKey[];
}

/**
 * Writes the catalogue and gives what it did. A coach writes their own templates only: a slug that someone else has is
 * a fault. Whoever imports a template again, its author stays who they are. Absent visibility and status stay as they are, at first private and a
 * draft; every other absent field is cleared. A deleted template that the file names comes back. Templates that the
 * file does not name stay untouched.
 *
 * @throws INVALID with every fault and its path, up to 10 000; CONFLICT listing the plans when a visible plan would be left with a
 * workout that partners cannot see. Nothing is written then.
 */
export async function importCatalogue(ctx: Context, input: unknown): Promise<ImportReport> {
  const reach = permit(ctx.caller, 'catalogue.transfer');
  const authorId = requireAuthor(ctx);
  const shape = catalogueShape.safeParse(input);
  if (!shape.success) throw invalid(faultsOf(shape.error));
  const faults: Fault[] = [];
  const workouts = readEntries(shape.data.workoutTemplates, 'workoutTemplates', workoutDocument, faults);
  const plans = readEntries(shape.data.trainingPlanTemplates, 'trainingPlanTemplates', trainingPlanDocument, faults);

  return writeTemplates(
    ctx,
    async (tx) => {
      const workoutsBefore = await bySlug(workouts, (slugs) => tx.workoutTemplate.findMany({ where: { slug: { in: slugs } } }));
      const plansBefore = await bySlug(plans, (slugs) => tx.trainingPlanTemplate.findMany({ where: { slug: { in: slugs } } }));
      if (reach === 'own') faults.push(...takenSlugs(workouts, workoutsBefore, authorId), ...takenSlugs(plans, plansBefore, authorId));
      const known = await findWorkouts(ctx, tx, plans, plansBefore, namesOf(shape.data.workoutTemplates));
      const resolvedPlans = resolvePlans(plans, known, faults);
      if (faults.length > 0) throw invalid(listed(faults));
      const stamp = { authorId, createdAt: ctx.now() };
      const workoutCount = await writeWorkouts(tx, workouts, workoutsBefore, stamp);
      const planCount = await writePlans(tx, resolvedPlans, plansBefore, known, stamp);
      const counts = [workoutCount, planCount];
      const details = Object.fromEntries(
        counts.flatMap(({ noun, ...count }) => Object.entries(count).map(([what, n]) => [`${noun} ${what}`, n])),
      );
      await recordAuditEvent(ctx, tx, { action: 'catalogue.import', targetType: 'Catalogue', details });
      return { counts, refusals: [] };
    },
    importTimeoutMs,
  );
}

function listed(faults: Fault[]): Fault[] {
  if (faults.length <= faultsMax) return faults;
  return [...faults.slice(0, faultsMax), { path: 'input', message: `has more than ${faultsMax} faults; the rest is not listed` }];
}

function readEntries<Document extends { slug?: string | null; name: string }>(
  items: unknown[],
  noun: string,
  schema: z.ZodType<Document>,
  faults: Fault[],
): Entry<Document>[] {
  const firstPath = new Map<string, string>();
  return items.flatMap((item, index) => {
    if (faults.length > faultsMax) return [];
    const path = [noun, index];
    const parsed = schema.safeParse(item);
    if (!parsed.success) {
      faults.push(...faultsOf(parsed.error, path));
      return [];
    }
    const slug = parsed.data.slug ?? slugOf(parsed.data.name);
    const before = firstPath.get(slug);
    if (before) faults.push({ path: formatPath(path), message: `has the same slug as ${before}: ${slug}` });
    firstPath.set(slug, before ?? formatPath(path));
    return [{ document: parsed.data, slug, path }];
  });
}

/** How the workouts of the file can be referred to, also those with faults of their own: one fault is enough. */
function namesOf(items: unknown[]) {
  return items.flatMap((item) => {
    const { slug, name } = (item ?? {}) as { slug?: unknown; name?: unknown };
    if (typeof name !== 'string') return [];
    return [{ slug: typeof slug === 'string' ? slug : slugOf(name.trim()), name: name.trim() }];
  });
}

/** The slugs that someone else's templates have. Of those templates nothing more is said. */
function takenSlugs<Document extends { slug?: string | null }>(
  entries: Entry<Document>[],
  before: ReadonlyMap<string, { authorId: string | null }>,
  authorId: string,
): Fault[] {
  return entries.flatMap(({ document, slug, path }) => {
    const row = before.get(slug);
    if (!row || row.authorId === authorId) return [];
    return [{ path: formatPath([...path, document.slug ? 'slug' : 'name']), message: `the slug "${slug}" is taken` }];
  });
}

/** What the plans of the file may refer to, in the file and in the database. */
async function findWorkouts(
  ctx: Context,
  tx: Tx,
  plans: Entry<TrainingPlanDocument>[],
  before: ReadonlyMap<string, TrainingPlanTemplate>,
  inFile: { slug: string; name: string }[],
): Promise<KnownWorkout[]> {
  const own = [...before.values()].filter((plan) => plan.authorId === requireAuthor(ctx));
  const stored = await findNamedWorkouts(
    ctx,
    tx,
    plans.flatMap((plan) => plan.document.weeks),
    own.flatMap((plan) => plan.workoutTemplateIds),
  );
  const idBySlug = new Map(stored.map((workout) => [workout.slug, workout.id]));
  const slugsInFile = new Set(inFile.map((workout) => workout.slug));
  // A workout that is both stored and in the file counts once: as the file names it, with the id it has.
  return [
    ...inFile.map((workout) => ({ ...workout, id: idBySlug.get(workout.slug) ?? null })),
    ...stored.filter((workout) => !slugsInFile.has(workout.slug)),
  ];
}

function resolvePlans(
  plans: Entry<TrainingPlanDocument>[],
  known: readonly KnownWorkout[],
  faults: Fault[],
): Entry<TrainingPlanDocument>[] {
  return plans.map((plan) => {
    if (faults.length > faultsMax) return plan;
    const resolved = resolveReferences(plan.document.weeks, known, plan.path);
    faults.push(...resolved.faults);
    return { ...plan, document: { ...plan.document, weeks: resolved.weeks } };
  });
}

type Stamp = { authorId: string; createdAt: Date };

async function writeWorkouts(
  tx: Tx,
  entries: Entry<WorkoutDocument>[],
  before: ReadonlyMap<string, WorkoutTemplate>,
  stamp: Stamp,
): Promise<ImportCount> {
  const changes = sortChanges(entries, before, ({ document, slug }, row) => workoutColumnsOf(document, slug, row));
  for (const data of chunks(changes.created))
    await tx.workoutTemplate.createMany({ data: data.map((columns) => ({ ...columns, ...stamp })) });
  for (const { id, columns } of changes.updated) await tx.workoutTemplate.update({ where: { id }, data: columns });
  return { noun: 'workoutTemplates', ...changes.count };
}

async function writePlans(
  tx: Tx,
  entries: Entry<TrainingPlanDocument>[],
  before: ReadonlyMap<string, TrainingPlanTemplate>,
  known: readonly KnownWorkout[],
  stamp: Stamp,
): Promise<ImportCount> {
  const named = new Set(entries.flatMap(({ document }) => sessionsOf(document.weeks)).map((session) => session.workoutTemplate));
  // Those of the file have their ids by now.
  const written = await bySlug(
    known.filter(({ id, slug }) => id === null && named.has(slug)),
    (slugs) => tx.workoutTemplate.findMany({ where: { slug: { in: slugs } }, select: { id: true, slug: true } }),
  );
  const idBySlug = new Map([...known, ...written.values()].flatMap(({ id, slug }) => (id === null ? [] : [[slug, id] as const])));
  const changes = sortChanges(entries, before, ({ document, slug }, row) => planColumnsOf(document, slug, row, idBySlug));
  for (const data of chunks(changes.created))
    await tx.trainingPlanTemplate.createMany({ data: data.map((columns) => ({ ...columns, ...stamp })) });
  for (const { id, columns } of changes.updated) await tx.trainingPlanTemplate.update({ where: { id }, data: columns });
  return { noun: 'trainingPlanTemplates', ...changes.count };
}

/** What is to be written: new rows, and rows that would really change. */
function sortChanges<Item, Row extends { id: string; slug: string; status: string }, Columns extends object>(
  items: (Item & { slug: string })[],
  before: ReadonlyMap<string, Row>,
  columnsOf: (item: Item & { slug: string }, row: Row | null) => Columns,
) {
  const created: Columns[] = [];
  const updated: { id: string; columns: Columns }[] = [];
  for (const item of items) {
    const row = before.get(item.slug);
    const columns = columnsOf(item, row && row.status !== 'DELETED' ? row : null);
    if (!row) created.push(columns);
    else if (!isSame(columns, row)) updated.push({ id: row.id, columns });
  }
  const unchanged = items.length - created.length - updated.length;
  return { created, updated, count: { created: created.length, updated: updated.length, unchanged } };
}

const isSame = (columns: object, row: object) =>
  Object.entries(columns).every(([name, value]) => isDeepStrictEqual(value, (row as Record<string, unknown>)[name]));

async function bySlug<Row extends { slug: string }>(
  items: { slug: string }[],
  find: (slugs: string[]) => Promise<Row[]>,
): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const chunk of chunks(items)) {
    for (const row of await find(chunk.map((item) => item.slug))) rows.set(row.slug, row);
  }
  return rows;
}

function chunks<T>(items: T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / chunkSize) }, (_, index) => items.slice(index * chunkSize, (index + 1) * chunkSize));
}
