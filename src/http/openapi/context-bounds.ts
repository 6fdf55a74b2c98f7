/** The bounds of what a runner's context holds; those of values are read off the rules that imports meet. */
import { z } from 'zod';
import { healthPageSize } from '../../domain/context-reading.ts';
import { runsPageSize } from '../../domain/context-runs.ts';
import { shownMax } from '../../domain/runner-context/shared-context.ts';
import { elevationMeters, heartRate, statedRestingHeartRate, timeSeconds, vo2Max, weightKg } from '../../domain/runner-data/fields.ts';
import { dailyMetricShape, runShape } from '../../domain/runner-data/shapes.ts';
import { runnerFields } from '../../domain/runner-fields.ts';
import type { JsonSchema } from './json-schema.ts';

const date = { format: 'date', maxLength: 10 };
const url = { format: 'uri', maxLength: 4_000 };
const units = { enum: ['metric', 'imperial'] };
/** The fifth zone may end above any heart rate that is taken for one: some are computed from a threshold. */
const zone = { minimum: 1, maximum: 300 };
const pace = { pattern: '^\\d+:[0-5]\\d$', maxLength: 16 };
const kilometers = (maximum: number) => ({ minimum: 0, maximum });

/** The least and the most that the rule allows. */
function rangeOf(rule: z.ZodType | undefined): JsonSchema {
  const { minimum, maximum } = z.toJSONSchema(rule ?? z.never(), { io: 'input' });
  return { minimum, maximum };
}

const metric = (name: string) => rangeOf(dailyMetricShape.fields[name]);

/** By type and field of the public schema. */
export const contextBounds: Record<string, Record<string, JsonSchema>> = {
  RunnerContextRunner: {
    username: { minLength: 1, maxLength: 64 },
    units,
    age: { minimum: 0, maximum: 200 },
    sex: { enum: ['female', 'male', 'other'] },
    height_cm: rangeOf(runnerFields.heightCm),
    weight_kg: rangeOf(weightKg),
    resting_hr: rangeOf(statedRestingHeartRate),
    max_hr: rangeOf(heartRate),
    lthr: rangeOf(heartRate),
    running_since: { pattern: '^\\d{4}-(0[1-9]|1[0-2])$', maxLength: 7 },
    weekly_frequency: { minLength: 1, maxLength: 20 },
  },
  RunnerContextHrZones: { zone1_max: zone, zone2_max: zone, zone3_max: zone, zone4_max: zone, zone5_max: zone },
  RunnerContextHealth: {
    recent: { maxItems: shownMax.full.days },
    latest_vo2_max: metric('vo2Max'),
    latest_fitness_age: metric('fitnessAge'),
    history_url: url,
  },
  RunnerContextWeek: { week_start: date, distance_km: kilometers(100_000), runs: { minimum: 1, maximum: 10_000 } },
  RunnerContextRun: {
    date,
    name: { minLength: 1, maxLength: 120 },
    distance_km: kilometers(1_000),
    avg_pace: pace,
    avg_hr: rangeOf(runShape.fields.averageHeartRate),
    vo2_max: rangeOf(vo2Max),
  },
  RunnerContextTraining: { weekly_volume: { maxItems: shownMax.full.weeks }, recent_runs: { maxItems: shownMax.full.runs } },
  RunnerContext: {
    // 16 000 as a rule; a life of races, goals and lab tests may need more and is never cut.
    context_markdown: { maxLength: 10_000_000 },
    generated_at: { format: 'date-time', maxLength: 24 },
    source: url,
  },
  DailyMetric: {
    date,
    resting_heart_rate: metric('restingHeartRate'),
    hrv: metric('hrv'),
    sleep_score: metric('sleepScore'),
    sleep_duration: metric('sleepDurationHours'),
    deep_sleep: metric('deepSleepHours'),
    light_sleep: metric('lightSleepHours'),
    rem_sleep: metric('remSleepHours'),
    awake_duration: metric('awakeDurationHours'),
    respiration_rate: metric('respirationRate'),
    vo2_max: metric('vo2Max'),
    fitness_age: metric('fitnessAge'),
  },
  RunnerHealthRunner: { units },
  RunnerHealthPageInfo: {
    limit: { minimum: healthPageSize.min, maximum: healthPageSize.max },
    count: { minimum: 0, maximum: healthPageSize.max },
    next_before: date,
    next: url,
  },
  RunnerRun: {
    date,
    started_at: { format: 'date-time', maxLength: 24 },
    sport: { minLength: 1, maxLength: 20 },
    name: { minLength: 1, maxLength: 120 },
    distance_km: kilometers(1_000),
    moving_seconds: rangeOf(timeSeconds),
    avg_pace: pace,
    avg_hr: rangeOf(runShape.fields.averageHeartRate),
    max_hr: rangeOf(runShape.fields.maxHeartRate),
    elevation_gain_m: rangeOf(elevationMeters),
    vo2_max: rangeOf(vo2Max),
  },
  RunnerRunsRunner: { units },
  RunnerRunsPageInfo: {
    limit: { minimum: runsPageSize.min, maximum: runsPageSize.max },
    count: { minimum: 0, maximum: runsPageSize.max },
    next_before: { pattern: '^\\d{4}-\\d{2}-\\d{2}(~[0-9a-f-]{36})?$', maxLength: 47 },
    next: url,
  },
  RunnerRunsPage: { runs: { maxItems: runsPageSize.max } },
  RunnerPersonalBestsRunner: { units },
  RunnerPersonalBest: {
    distance: { minLength: 1, maxLength: 40 },
    distance_km: kilometers(1_000),
    time: { pattern: '^(\\d+:)?\\d+:[0-5]\\d$', maxLength: 16 },
    time_seconds: rangeOf(timeSeconds),
    avg_pace: pace,
    vdot: { minimum: 0, maximum: 1_000 },
    date,
    kind: { enum: ['race', 'run', 'manual'] },
  },
  // Of each distance one; the distances of races are as many as the runner has stated.
  RunnerPersonalBests: { personal_bests: { maxItems: 10_000 } },
  RunnerHealthPage: { metrics: { maxItems: healthPageSize.max }, health_markdown: { maxLength: 1_000_000 } },
};
