/** Workout templates: read by partners, written by their authors. */
import { Prisma, type WorkoutTemplate } from '../../prisma/generated/client/client.ts';
import { type AuthoredFilter, type AuthoredList, listAuthored } from './authored-templates.ts';
import { requireScope } from './caller.ts';
import type { Context } from './context.ts';
import { isId } from './ids.ts';
import { withoutNulls } from './json.ts';
import { requireUnused } from './template-dependencies.ts';
import { listTemplates, type TemplateListArgs, type TemplatePage, visibleTo } from './template-list.ts';
import type { TemplateTable } from './template-rows.ts';
import { createTemplate, deleteTemplate, type TemplateKind, updateTemplate } from './template-writes.ts';
import { type WorkoutBlock, type WorkoutDocument, workoutDocument } from './workout-document.ts';

type WorkoutColumns = Omit<Prisma.WorkoutTemplateUncheckedCreateInput, 'tags'> & { tags: string[]; slug: string };

/** Where workouts are stored. */
const workoutTable: TemplateTable = {
  name: 'WorkoutTemplate',
  stamp: 'workoutTemplates',
  columns: Object.values(Prisma.WorkoutTemplateScalarFieldEnum),
};

/**
 * One page of the workouts that partners see, in the order `listTemplates` documents.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN; INVALID for a cursor of another query.
 */
export async function listWorkoutTemplates(
  ctx: Context,
  { category, ...args }: TemplateListArgs & { category?: WorkoutTemplate['category'] | null },
  withContent = true,
): Promise<TemplatePage<WorkoutTemplate>> {
  requireScope(ctx.caller, 'workout-templates:read');
  const filter = category ? Prisma.sql`"category" = ${category}::text::"WorkoutCategory"` : null;
  return listTemplates(ctx, workoutTable, args, { filter, withContent });
}

/**
 * The workout, or null when it does not exist or the caller may not know that it does. Operators find what is
 * private as well, coaches what is their own.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN.
 */
export async function findWorkoutTemplate(ctx: Context, id: string): Promise<WorkoutTemplate | null> {
  requireScope(ctx.caller, 'workout-templates:read');
  if (!isId(id)) return null;
  return ctx.db.workoutTemplate.findUnique({ where: { id, ...visibleTo(ctx) } });
}

/**
 * The caller's own workouts, drafts too, newest first; operators see everyone's.
 *
 * @throws as `listAuthored`.
 */
export function listAuthoredWorkouts(
  ctx: Context,
  { category, ...args }: AuthoredFilter & { category?: WorkoutTemplate['category'] | null },
): AuthoredList<WorkoutTemplate> {
  const source = {
    rows: (query: Prisma.WorkoutTemplateFindManyArgs) => ctx.db.workoutTemplate.findMany(query),
    count: (query: Prisma.WorkoutTemplateCountArgs) => ctx.db.workoutTemplate.count(query),
  };
  return listAuthored(ctx, source, args, { category });
}

/** The blocks of a stored workout, which were checked when they were written. */
export const blocksOf = (row: Pick<WorkoutTemplate, 'blocks'>) => row.blocks as unknown as WorkoutBlock[];

/** The workout as its author would write it, with nulls left out. */
export function workoutDocumentOf({
  slug,
  name,
  description,
  category,
  level,
  language,
  attribution,
  tags,
  blocks,
  visibility,
  status,
}: WorkoutTemplate) {
  return withoutNulls({ slug, name, description, category, level, language, attribution, tags, blocks, visibility, status });
}

/** What is stored of a document; what it does not say of its visibility and status stays as it was. */
export function workoutColumnsOf(document: WorkoutDocument, slug: string, before: WorkoutTemplate | null): WorkoutColumns {
  const { description = null, level = null, language = null, attribution = null, visibility, status, ...rest } = document;
  return {
    ...rest,
    slug,
    description,
    level,
    language,
    attribution,
    blocks: withoutNulls(document.blocks),
    visibility: visibility ?? before?.visibility ?? 'PRIVATE',
    status: status ?? before?.status ?? 'DRAFT',
  };
}

/** How workouts are written. */
export const workoutKind: TemplateKind<WorkoutTemplate, WorkoutDocument, WorkoutColumns> = {
  type: 'WorkoutTemplate',
  noun: 'workout template',
  schema: workoutDocument,
  table: (tx) => tx.workoutTemplate,
  documentOf: workoutDocumentOf,
  columnsOf: async (_ctx, _tx, document, slug, before) => workoutColumnsOf(document, slug, before),
  requireUnused,
};

export const createWorkoutTemplate = (ctx: Context, input: Record<string, unknown>) => createTemplate(ctx, workoutKind, input);

export const updateWorkoutTemplate = (ctx: Context, id: string, expectedVersion: number, patch: Record<string, unknown>) =>
  updateTemplate(ctx, workoutKind, id, expectedVersion, patch);

export const deleteWorkoutTemplate = (ctx: Context, id: string, expectedVersion?: number | null) =>
  deleteTemplate(ctx, workoutKind, id, expectedVersion);
