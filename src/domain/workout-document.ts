/** A workout as authors write it and import files carry it: what is allowed, and what follows from it. */
import { z } from 'zod';
import { TemplateLevel, Visibility, WorkoutCategory } from '../../prisma/generated/client/enums.ts';
import { withoutNulls } from './json.ts';
import { languageTag, slug, text } from './text.ts';

/** What an author may set; DELETED is reached by deleting. */
const authorStatuses = ['DRAFT', 'ACTIVE', 'ARCHIVED'] as const;
export const stepKinds = ['WARMUP', 'RUN', 'RECOVERY', 'REST', 'COOLDOWN'] as const;

/** What both kinds of template have in common. Absent visibility and status mean: as before, at first private and a draft. */
export const templateFields = {
  slug: slug.nullish(),
  name: text(120),
  description: z.union([z.literal('').transform(() => null), text(20_000)]).nullish(),
  level: z.enum(TemplateLevel).nullish(),
  language: languageTag.nullish(),
  attribution: text(500).nullish(),
  visibility: z.enum(Visibility).optional(),
  status: z.enum(authorStatuses).optional(),
};

/** The unit that goes with each type of target that has bounds; ZONE and RPE are plain numbers. */
export const targetBounds = {
  ZONE: { unit: null, min: 1, max: 5, whole: true },
  PACE: { unit: 's/km', min: 60, max: 3_600, whole: false },
  HEART_RATE: { unit: 'bpm', min: 20, max: 260, whole: true },
  HEART_RATE_PERCENT_MAX: { unit: '%', min: 1, max: 120, whole: false },
  THRESHOLD_PACE_PERCENT: { unit: '%', min: 1, max: 250, whole: false },
  POWER: { unit: 'W', min: 1, max: 3_000, whole: true },
  CADENCE: { unit: 'spm', min: 30, max: 300, whole: true },
  RPE: { unit: null, min: 1, max: 10, whole: false },
} as const;

/** What a target without bounds may refer to: a race distance, or one of Daniels' training paces. */
export const targetReferences = {
  RACE_PACE: ['MILE', 'FIVE_K', 'TEN_K', 'HALF_MARATHON', 'MARATHON'],
  DANIELS: ['E', 'M', 'T', 'I', 'R'],
} as const;

export const targetTypes = [
  'ZONE',
  'PACE',
  'HEART_RATE',
  'HEART_RATE_PERCENT_MAX',
  'THRESHOLD_PACE_PERCENT',
  'RACE_PACE',
  'DANIELS',
  'POWER',
  'CADENCE',
  'RPE',
] as const;

/** How hard a step is run. `min` is numerically the smaller: for PACE (s/km) that is the faster end. */
export type WorkoutTarget = {
  type: (typeof targetTypes)[number];
  min?: number;
  max?: number;
  unit?: string;
  reference?: string;
};

interface GivenTarget {
  type: WorkoutTarget['type'];
  min?: number | null;
  max?: number | null;
  unit?: string | null;
  reference?: string | null;
}

type TargetFaults = [field: string, message: string][];

function referenceFaults(type: keyof typeof targetReferences, { min, max, unit, reference }: GivenTarget): TargetFaults {
  const faults: TargetFaults = [];
  const allowed: readonly string[] = targetReferences[type];
  if (!reference || !allowed.includes(reference)) faults.push(['reference', `a ${type} target needs one of ${allowed.join(', ')}`]);
  if (min != null || max != null) faults.push(['min', `a ${type} target has a reference and no bounds`]);
  if (unit != null) faults.push(['unit', `a ${type} target has no unit`]);
  return faults;
}

function boundFaults(type: keyof typeof targetBounds, { min, max, unit, reference }: GivenTarget): TargetFaults {
  const bounds = targetBounds[type];
  const faults = [...valueFault(type, 'min', min), ...valueFault(type, 'max', max)];
  if (reference != null) faults.push(['reference', `a ${type} target has bounds and no reference`]);
  if (unit != null && unit !== bounds.unit) {
    faults.push(['unit', bounds.unit ? `a ${type} target is in ${bounds.unit}` : `a ${type} target has no unit`]);
  }
  if (min == null && max == null) faults.push(['min', `a ${type} target needs min, max or both`]);
  if (min != null && max != null && min > max) faults.push(['min', 'must not be greater than max']);
  return faults;
}

function valueFault(type: keyof typeof targetBounds, field: string, value: number | null | undefined): TargetFaults {
  const bounds = targetBounds[type];
  if (value == null) return [];
  if (value < bounds.min || value > bounds.max) return [[field, `a ${type} target lies between ${bounds.min} and ${bounds.max}`]];
  return bounds.whole && !Number.isInteger(value) ? [[field, `a ${type} target is a whole number`]] : [];
}

/** The target as it is stored: the unit of its type is always said, whether the author wrote it or not. */
const workoutTarget = z
  .strictObject({
    type: z.enum(targetTypes),
    min: z.number().nullish(),
    max: z.number().nullish(),
    unit: z.string().nullish(),
    reference: z.string().nullish(),
  })
  .transform((given, issue): WorkoutTarget => {
    const { type } = given;
    const byReference = type === 'RACE_PACE' || type === 'DANIELS';
    const faults = byReference ? referenceFaults(type, given) : boundFaults(type, given);
    for (const [field, message] of faults) issue.addIssue({ code: 'custom', path: [field], message });
    return withoutNulls({ ...given, unit: byReference ? null : targetBounds[type].unit }) as WorkoutTarget;
  });

/** 100 hours, for one step as for all of them: a total that GraphQL's 32-bit Int cannot carry would spoil every list. */
export const durationSecondsMax = 360_000;

const workoutStep = z
  .strictObject({
    kind: z.enum(stepKinds),
    durationSeconds: z.int().min(1).max(durationSecondsMax).nullish(),
    distanceMeters: z.number().gt(0).max(1_000_000).nullish(),
    target: workoutTarget.nullish(),
    notes: text(2_000).nullish(),
  })
  .refine((step) => step.durationSeconds == null || step.distanceMeters == null, {
    path: ['distanceMeters'],
    message: 'a step has a duration or a distance, not both (neither means: until the lap button)',
  });

const workoutBlock = z.strictObject({
  name: text(120).nullish(),
  repeat: z.int().min(1).max(200).default(1),
  steps: z.array(workoutStep).min(1).max(100),
});

export const workoutDocument = z.strictObject({
  ...templateFields,
  category: z.enum(WorkoutCategory),
  tags: z.array(text(60)).max(50).default([]),
  blocks: z
    .array(workoutBlock)
    .min(1)
    .max(100)
    .refine(
      (blocks) => (totalOf(blocks, 'durationSeconds') ?? 0) <= durationSecondsMax,
      `at most ${durationSecondsMax} s in all, repeats included`,
    ),
});

export type WorkoutDocument = z.infer<typeof workoutDocument>;
export type WorkoutBlock = z.infer<typeof workoutBlock>;
export type WorkoutStep = z.infer<typeof workoutStep>;

/**
 * The total of one quantity over all steps, repeats included; null when a step does not state it, for then the
 * blocks do not determine the total.
 */
export function totalOf(blocks: readonly WorkoutBlock[], quantity: 'durationSeconds' | 'distanceMeters'): number | null {
  let total = 0;
  for (const block of blocks) {
    for (const step of block.steps) {
      const amount = step[quantity];
      if (amount == null) return null;
      total += block.repeat * amount;
    }
  }
  return total;
}
