/** Exports a catalogue in the form that imports take. */
import type { Context } from './context.ts';
import { permit } from './permissions.ts';
import { visibleTo } from './template-list.ts';
import { requireAuthor } from './template-writes.ts';
import { planDocumentOf, weeksOf } from './training-plan-templates.ts';
import { mapSessions } from './workout-references.ts';
import { workoutDocumentOf } from './workout-templates.ts';

export interface CatalogueDocument {
  workoutTemplates: object[];
  trainingPlanTemplates: object[];
}

/**
 * Everything that is not deleted, private templates and drafts too, in the order of slugs; of a coach, what is their
 * own. Plans name workouts by slug, and by id those that another author has hidden meanwhile. Importing the whole into
 * an empty gateway and exporting that gives the same again.
 */
export async function exportCatalogue(ctx: Context): Promise<CatalogueDocument> {
  const authorId = permit(ctx.caller, 'catalogue.transfer') === 'all' ? undefined : requireAuthor(ctx);
  const query = { where: { status: { not: 'DELETED' as const }, authorId }, orderBy: { slug: 'asc' as const } };
  const named = { where: visibleTo(ctx), select: { id: true, slug: true } };
  const [workouts, plans, visible] = await ctx.db.$transaction(
    [ctx.db.workoutTemplate.findMany(query), ctx.db.trainingPlanTemplate.findMany(query), ctx.db.workoutTemplate.findMany(named)],
    {
      // One moment for all: a plan must not name a workout that the others did not see yet.
      isolationLevel: 'RepeatableRead',
    },
  );
  const slugById = new Map(visible.map((workout) => [workout.id, workout.slug]));
  return {
    workoutTemplates: workouts.map(workoutDocumentOf),
    trainingPlanTemplates: plans.map((plan) => {
      const weeks = mapSessions(weeksOf(plan), ({ workoutTemplateId, ...session }) => {
        if (workoutTemplateId == null) return session;
        const slug = slugById.get(workoutTemplateId);
        return slug === undefined ? { ...session, workoutTemplateId } : { ...session, workoutTemplate: slug };
      });
      return { ...planDocumentOf(plan), weeks };
    }),
  };
}
