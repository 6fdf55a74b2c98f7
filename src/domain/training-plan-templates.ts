/** Training plan templates: read by partners, written by their authors. */
import { Prisma, type TrainingPlanTemplate } from '../../prisma/generated/client/client.ts';
import { type AuthoredFilter, type AuthoredList, listAuthored } from './authored-templates.ts';
import { requireScope } from './caller.ts';
import type { Context } from './context.ts';
import { invalid } from './errors.ts';
import { isId } from './ids.ts';
import { withoutNulls } from './json.ts';
import { listTemplates, type TemplateListArgs, type TemplatePage, visibleTo } from './template-list.ts';
import type { TemplateTable } from './template-rows.ts';
import { createTemplate, deleteTemplate, type TemplateKind, updateTemplate } from './template-writes.ts';
import { type PlanWeek, type TrainingPlanDocument, trainingPlanDocument } from './training-plan-document.ts';
import { findNamedWorkouts, resolveReferences, withWorkoutIds } from './workout-references.ts';

type PlanColumns = Prisma.TrainingPlanTemplateUncheckedCreateInput;

/** Where plans are stored. */
const planTable: TemplateTable = {
  name: 'TrainingPlanTemplate',
  stamp: 'trainingPlanTemplates',
  columns: Object.values(Prisma.TrainingPlanTemplateScalarFieldEnum),
};

/**
 * One page of the plans that partners see, in the order `listTemplates` documents.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN; INVALID for a cursor of another query.
 */
export async function listTrainingPlanTemplates(
  ctx: Context,
  { goalDistance, ...args }: TemplateListArgs & { goalDistance?: TrainingPlanTemplate['goalDistance'] },
  withContent = true,
): Promise<TemplatePage<TrainingPlanTemplate>> {
  requireScope(ctx.caller, 'training-plan-templates:read');
  const filter = goalDistance ? Prisma.sql`"goalDistance" = ${goalDistance}::text::"GoalDistance"` : null;
  return listTemplates(ctx, planTable, args, { filter, withContent });
}

/**
 * The plan, or null when it does not exist or the caller may not know that it does. Operators find what is private
 * as well, coaches what is their own.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN.
 */
export async function findTrainingPlanTemplate(ctx: Context, id: string): Promise<TrainingPlanTemplate | null> {
  requireScope(ctx.caller, 'training-plan-templates:read');
  if (!isId(id)) return null;
  return ctx.db.trainingPlanTemplate.findUnique({ where: { id, ...visibleTo(ctx) } });
}

/**
 * The caller's own plans, drafts too, newest first; operators see everyone's.
 *
 * @throws as `listAuthored`.
 */
export function listAuthoredPlans(
  ctx: Context,
  { goalDistance, ...args }: AuthoredFilter & { goalDistance?: TrainingPlanTemplate['goalDistance'] },
): AuthoredList<TrainingPlanTemplate> {
  const source = {
    rows: (query: Prisma.TrainingPlanTemplateFindManyArgs) => ctx.db.trainingPlanTemplate.findMany(query),
    count: (query: Prisma.TrainingPlanTemplateCountArgs) => ctx.db.trainingPlanTemplate.count(query),
  };
  return listAuthored(ctx, source, args, { goalDistance });
}

/** The weeks of a stored plan, which were checked when they were written. */
export const weeksOf = (row: Pick<TrainingPlanTemplate, 'weeks'>) => row.weeks as unknown as PlanWeek[];

/** The plan as its author would write it, with nulls left out. */
export function planDocumentOf({
  slug,
  name,
  description,
  goalDistance,
  level,
  language,
  attribution,
  durationWeeks,
  weeks,
  visibility,
  status,
}: TrainingPlanTemplate) {
  return withoutNulls({ slug, name, description, goalDistance, level, language, attribution, durationWeeks, weeks, visibility, status });
}

/** What is stored of a document; what it does not say of its visibility and status stays as it was. */
export function planColumnsOf(
  document: TrainingPlanDocument,
  slug: string,
  before: TrainingPlanTemplate | null,
  idBySlug: ReadonlyMap<string, string>,
): PlanColumns & { slug: string } {
  const {
    description = null,
    goalDistance = null,
    level = null,
    language = null,
    attribution = null,
    visibility,
    status,
    ...rest
  } = document;
  return {
    ...rest,
    slug,
    description,
    goalDistance,
    level,
    language,
    attribution,
    weeks: withoutNulls(withWorkoutIds(document.weeks, idBySlug)),
    visibility: visibility ?? before?.visibility ?? 'PRIVATE',
    status: status ?? before?.status ?? 'DRAFT',
  };
}

/** How plans are written. */
export const planKind: TemplateKind<TrainingPlanTemplate, TrainingPlanDocument, PlanColumns & { slug: string }> = {
  type: 'TrainingPlanTemplate',
  noun: 'training plan template',
  schema: trainingPlanDocument,
  table: (tx) => tx.trainingPlanTemplate,
  documentOf: planDocumentOf,
  async columnsOf(ctx, tx, document, slug, before) {
    const known = await findNamedWorkouts(ctx, tx, document.weeks, before?.workoutTemplateIds);
    const { weeks, faults } = resolveReferences(document.weeks, known);
    if (faults.length > 0) throw invalid(faults);
    const idBySlug = new Map(known.flatMap((workout) => (workout.id === null ? [] : [[workout.slug, workout.id] as const])));
    return planColumnsOf({ ...document, weeks }, slug, before, idBySlug);
  },
  async furtherFaults(ctx, tx, input, before) {
    const weeks = trainingPlanDocument.shape.weeks.safeParse(input.weeks);
    if (!weeks.success) return [];
    return resolveReferences(weeks.data, await findNamedWorkouts(ctx, tx, weeks.data, before?.workoutTemplateIds)).faults;
  },
};

export const createTrainingPlanTemplate = (ctx: Context, input: Record<string, unknown>) => createTemplate(ctx, planKind, input);

export const updateTrainingPlanTemplate = (ctx: Context, id: string, expectedVersion: number, patch: Record<string, unknown>) =>
  updateTemplate(ctx, planKind, id, expectedVersion, patch);

export const deleteTrainingPlanTemplate = (ctx: Context, id: string, expectedVersion?: number | null) =>
  deleteTemplate(ctx, planKind, id, expectedVersion);
