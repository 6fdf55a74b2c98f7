/** How a plan's sessions name workouts: by id when stored, by slug or name in what authors and files say. */
import type { Context, Tx } from './context.ts';
import type { Fault } from './errors.ts';
import { formatPath } from './input.ts';
import { visibleTo } from './template-list.ts';
import type { PlanSession, PlanWeek } from './training-plan-document.ts';

export interface KnownWorkout {
  /** Null when the workout is yet to be written, by the import that names it. */
  id: string | null;
  slug: string;
  name: string;
}

/** Replaces every session, in order; `path` is where it stands, such as `weeks[0].days[2].sessions[1]`. */
export function mapSessions(weeks: readonly PlanWeek[], change: (session: PlanSession, path: PropertyKey[]) => PlanSession): PlanWeek[] {
  return weeks.map((week, weekIndex) => ({
    ...week,
    days: week.days.map((day, dayIndex) => ({
      ...day,
      sessions: day.sessions.map((session, index) => change(session, ['weeks', weekIndex, 'days', dayIndex, 'sessions', index])),
    })),
  }));
}

export const sessionsOf = (weeks: readonly PlanWeek[]) => weeks.flatMap((week) => week.days).flatMap((day) => day.sessions);

/**
 * The workouts in the database that these weeks may mean: those the caller may see. Of `keptIds`, which the plan names
 * already, also those whose author has hidden them since; they go by their id alone, so that nothing else of them is told.
 */
export async function findNamedWorkouts(
  ctx: Context,
  tx: Tx,
  weeks: readonly PlanWeek[],
  keptIds: readonly string[] = [],
): Promise<KnownWorkout[]> {
  const sessions = sessionsOf(weeks);
  const ids = [...new Set(sessions.flatMap((session) => session.workoutTemplateId ?? []))];
  const names = [...new Set(sessions.flatMap((session) => session.workoutTemplate ?? []))];
  if (ids.length + names.length === 0) return [];
  const found: KnownWorkout[] = await tx.workoutTemplate.findMany({
    where: { AND: [visibleTo(ctx), { OR: [{ id: { in: ids } }, { slug: { in: names } }, { name: { in: names } }] }] },
    select: { id: true, slug: true, name: true },
  });
  const foundIds = new Set(found.map(({ id }) => id));
  const hiddenIds = ids.filter((id) => !foundIds.has(id) && keptIds.includes(id));
  if (hiddenIds.length === 0) return found;
  const hidden = await tx.workoutTemplate.findMany({
    where: { id: { in: hiddenIds }, status: { not: 'DELETED' } },
    select: { id: true },
  });
  return [...found, ...hidden.map(({ id }) => ({ id, slug: id, name: id }))];
}

/**
 * The weeks with every reference resolved to the workout's slug (`workoutTemplate`), and the references that no
 * known workout answers to, or more than one.
 */
export function resolveReferences(
  weeks: readonly PlanWeek[],
  known: readonly KnownWorkout[],
  at: readonly PropertyKey[] = [],
): { weeks: PlanWeek[]; faults: Fault[] } {
  const find = workoutFinder(known);
  const faults: Fault[] = [];
  const resolved = mapSessions(weeks, ({ workoutTemplateId, workoutTemplate, ...session }, path) => {
    const key = workoutTemplateId == null ? 'workoutTemplate' : 'workoutTemplateId';
    const reference = workoutTemplateId ?? workoutTemplate;
    if (reference == null) return session;
    const [found, ...others] = find(key, reference);
    if (found && others.length === 0) return { ...session, workoutTemplate: found.slug };
    const quoted = JSON.stringify(reference);
    const message = found ? `${others.length + 1} workouts are named ${quoted}; use the slug` : `there is no workout ${quoted}`;
    faults.push({ path: formatPath([...at, ...path, key]), message });
    return session;
  });
  return { weeks: resolved, faults };
}

/** Finds by id, or by slug and, when no slug matches, by name: then there may be several. */
function workoutFinder(known: readonly KnownWorkout[]) {
  const byId = new Map(known.map((workout) => [workout.id, workout]));
  const bySlug = new Map(known.map((workout) => [workout.slug, workout]));
  const byName = new Map<string, KnownWorkout[]>();
  for (const workout of known) byName.set(workout.name, [...(byName.get(workout.name) ?? []), workout]);
  return (key: 'workoutTemplateId' | 'workoutTemplate', reference: string): KnownWorkout[] => {
    const exact = key === 'workoutTemplateId' ? byId.get(reference) : bySlug.get(reference);
    if (exact) return [exact];
    return key === 'workoutTemplate' ? (byName.get(reference) ?? []) : [];
  };
}

/** The weeks as they are stored: every slug replaced by the id behind it. */
export function withWorkoutIds(weeks: readonly PlanWeek[], idBySlug: ReadonlyMap<string, string>): PlanWeek[] {
  return mapSessions(weeks, ({ workoutTemplate, ...session }) =>
    workoutTemplate == null ? session : { ...session, workoutTemplateId: idBySlug.get(workoutTemplate) },
  );
}
