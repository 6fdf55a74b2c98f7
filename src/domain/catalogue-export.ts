/** Exports the whole catalogue in the form that imports take. */
import type { Context } from './context.ts';
import { permit } from './permissions.ts';
import { planDocumentOf, weeksOf } from './training-plan-templates.ts';
import { mapSessions } from './workout-references.ts';
import { workoutDocumentOf } from './workout-templates.ts';

export interface CatalogueDocument {
  workoutTemplates: object[];
  trainingPlanTemplates: object[];
}

/**
 * Everything that is not deleted, private templates and drafts too, in the order of slugs; plans name workouts by
 * slug. Importing it into an empty gateway and exporting that gives the same again.
 */
export async function exportCatalogue(ctx: Context): Promise<CatalogueDocument> {
  permit(ctx.caller, 'catalogue.transfer');
  const query = { where: { status: { not: 'DELETED' as const } }, orderBy: { slug: 'asc' as const } };
  const [workouts, plans] = await ctx.db.$transaction(
    [ctx.db.workoutTemplate.findMany(query), ctx.db.trainingPlanTemplate.findMany(query)],
    {
      // One moment for both: a plan must not name a workout that the first query did not see yet.
      isolationLevel: 'RepeatableRead',
    },
  );
  const slugById = new Map(workouts.map((workout) => [workout.id, workout.slug]));
  return {
    workoutTemplates: workouts.map(workoutDocumentOf),
    trainingPlanTemplates: plans.map((plan) => {
      const weeks = mapSessions(weeksOf(plan), ({ workoutTemplateId, ...session }) =>
        workoutTemplateId == null ? session : { ...session, workoutTemplate: slugById.get(workoutTemplateId) },
      );
      return { ...planDocumentOf(plan), weeks };
    }),
  };
}
