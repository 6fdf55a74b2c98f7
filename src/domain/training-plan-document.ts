/** A training plan as authors write it and import files carry it: what is allowed, and what follows from it. */
import { z } from 'zod';
import { GoalDistance } from '../../prisma/generated/client/enums.ts';
import { text } from './text.ts';
import { durationSecondsMax, templateFields } from './workout-document.ts';

export const sessionKinds = ['RUN', 'REST', 'CROSS_TRAINING', 'STRENGTH', 'RACE', 'OTHER'] as const;

const weeksMax = 104;

const planSession = z
  .strictObject({
    kind: z.enum(sessionKinds),
    description: text(2_000).nullish(),
    distanceMeters: z.number().gt(0).max(1_000_000).nullish(),
    durationSeconds: z.int().min(1).max(durationSecondsMax).nullish(),
    workoutTemplateId: z.uuid('must be the id of a workout template').nullish(),
    workoutTemplate: text(120).nullish(),
  })
  .refine((session) => session.workoutTemplateId == null || session.workoutTemplate == null, {
    path: ['workoutTemplate'],
    message: 'name the workout by workoutTemplateId or by workoutTemplate (its slug or name), not both',
  });

const planDay = z.strictObject({
  day: z.int().min(1).max(7),
  sessions: z.array(planSession).max(10),
});

const planWeek = z.strictObject({
  week: z.int().min(1).max(weeksMax),
  focus: text(200).nullish(),
  days: z.array(planDay).max(7).superRefine(requireRising('day')),
});

/** Weeks and days are written in order, each once, so that equal plans are equal documents. */
function requireRising<Key extends string>(key: Key) {
  return (items: Record<Key, number>[], issue: z.RefinementCtx) => {
    items.forEach((item, index) => {
      const before = items[index - 1];
      if (before && item[key] <= before[key]) {
        issue.addIssue({ code: 'custom', path: [index, key], message: `must be greater than the ${key} before it (${before[key]})` });
      }
    });
  };
}

/** `durationWeeks` counts the whole plan; weeks that nobody described may be missing from `weeks`. */
export const trainingPlanDocument = z
  .strictObject({
    ...templateFields,
    goalDistance: z.enum(GoalDistance).nullish(),
    durationWeeks: z.int().min(1).max(weeksMax),
    weeks: z.array(planWeek).max(weeksMax).superRefine(requireRising('week')),
  })
  .refine((plan) => (plan.weeks.at(-1)?.week ?? 0) <= plan.durationWeeks, {
    path: ['durationWeeks'],
    message: 'is smaller than the number of the last week',
  });

export type TrainingPlanDocument = z.infer<typeof trainingPlanDocument>;
export type PlanWeek = z.infer<typeof planWeek>;
export type PlanDay = z.infer<typeof planDay>;
export type PlanSession = z.infer<typeof planSession>;

/** The smallest and largest weekly distance, over the weeks that state any; null when none does. */
export function weeklyDistanceRange(weeks: readonly PlanWeek[]): { minMeters: number; maxMeters: number } | null {
  const totals = weeks
    .map((week) => week.days.flatMap((day) => day.sessions).reduce((total, session) => total + (session.distanceMeters ?? 0), 0))
    .filter((total) => total > 0);
  return totals.length === 0 ? null : { minMeters: Math.min(...totals), maxMeters: Math.max(...totals) };
}
