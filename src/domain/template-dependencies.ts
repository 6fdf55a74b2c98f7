/** What stands in the way when templates depend on each other, in words that give away nobody's private templates. */
import type { WorkoutTemplate } from '../../prisma/generated/client/client.ts';
import type { Context, Tx } from './context.ts';
import { DomainError } from './errors.ts';
import { visibleTo } from './template-list.ts';

interface TemplateName {
  id: string;
  slug?: string;
  name?: string;
}

/** The refusal behind SQLSTATE EK001, raised by the trigger `visible_plans_need_visible_workouts`; null for other errors. */
export async function brokenPlans(ctx: Context, error: unknown): Promise<DomainError | null> {
  const cause = (error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string; code?: string; detail?: string } } } }).meta
    ?.driverAdapterError?.cause;
  if ((cause?.originalCode ?? cause?.code) !== 'EK001' || !cause?.detail) return null;
  const { plans, workouts: broken } = JSON.parse(cause.detail) as { plans: TemplateName[]; workouts: TemplateName[] };
  // The plans are public. A workout may be another author's who has hidden it: of that the caller knows the id only.
  const workouts = await withoutHiddenNames(ctx, broken);
  return new DomainError(
    'CONFLICT',
    `Partners see the training plan ${namesOf(plans)}, which uses the workout ${namesOf(workouts)}: both must be visible. Hide the plan first, or take the workout out of it.`,
    { details: { plans, workouts } },
  );
}

async function withoutHiddenNames(ctx: Context, workouts: TemplateName[]): Promise<TemplateName[]> {
  // What this very transaction would have written is not stored, and the caller's own.
  const hidden = await ctx.db.workoutTemplate.findMany({
    where: { id: { in: workouts.map(({ id }) => id) }, NOT: visibleTo(ctx) },
    select: { id: true },
  });
  const hiddenIds = new Set(hidden.map(({ id }) => id));
  return workouts.map((workout) => (hiddenIds.has(workout.id) ? { id: workout.id } : workout));
}

/**
 * Lets a workout go that no plan names: a plan that names a deleted workout could never be published or exported again.
 *
 * @throws CONFLICT listing the plans that the caller may see, and the number of the others.
 */
export async function requireUnused(ctx: Context, tx: Tx, workout: WorkoutTemplate): Promise<void> {
  const using = { workoutTemplateIds: { has: workout.id }, status: { not: 'DELETED' as const } };
  const count = await tx.trainingPlanTemplate.count({ where: using });
  if (count === 0) return;
  const plans = await tx.trainingPlanTemplate.findMany({
    where: { AND: [using, visibleTo(ctx)] },
    select: { id: true, slug: true, name: true },
    orderBy: { id: 'asc' },
  });
  const others = count - plans.length;
  throw new DomainError(
    'CONFLICT',
    `${usersOf(plans, others)} the workout "${workout.name}". ${others === 0 ? 'Take the workout out of it first.' : 'Archive it instead.'}`,
    { details: { plans, otherPlans: others } },
  );
}

function usersOf(plans: TemplateName[], others: number): string {
  if (others === 0) return `The training plan ${namesOf(plans)} uses`;
  const count = `${others} ${plans.length === 0 ? '' : 'other '}training ${others === 1 ? 'plan' : 'plans'} of other authors`;
  if (plans.length > 0) return `The training plan ${namesOf(plans)} and ${count} use`;
  return `${count} ${others === 1 ? 'uses' : 'use'}`;
}

const namesOf = (items: TemplateName[]) => items.map(({ id, name }) => `"${name ?? id}"`).join(', ');
