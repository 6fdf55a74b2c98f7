/** The bounds of what a runner's context holds: those that imports and the database keep. */
import { healthPageSize } from '../../domain/context-reading.ts';
import type { JsonSchema } from './bounds.ts';

const count = { minimum: 0, maximum: 2_147_483_647 };
const instant = { maxLength: 24 };
const dayOfRunner = { format: 'date', maxLength: 10 };
const heartRate = { exclusiveMinimum: 0, maximum: 250 };
const hoursOfDay = { minimum: 0, maximum: 24 };
const address = { format: 'uri', maxLength: 4_000 };
const unitsSaid = { enum: ['metric', 'imperial'] };
const vo2Max = { minimum: 10, maximum: 100 };
const fitnessAge = { minimum: 10, maximum: 120 };

/** Of the runner's context, by type and field too. */
export const contextBounds: Record<string, Record<string, JsonSchema>> = {
  RunnerContextRunner: {
    username: { pattern: '^[a-z0-9._-]+$', maxLength: 64 },
    units: unitsSaid,
    age: { minimum: 0, maximum: 150 },
    sex: { enum: ['female', 'male', 'other'] },
    height_cm: { minimum: 50, maximum: 260 },
    weight_kg: { minimum: 20, maximum: 400 },
    resting_hr: heartRate,
    max_hr: heartRate,
    lthr: heartRate,
    running_since: { pattern: '^\\d{4}-\\d{2}$', maxLength: 7 },
    weekly_frequency: { maxLength: 20 },
  },
  RunnerContextHrZones: Object.fromEntries([1, 2, 3, 4, 5].map((zone) => [`zone${zone}_max`, heartRate])),
  RunnerContextHealth: {
    recent: { maxItems: 14 },
    latest_vo2_max: vo2Max,
    latest_fitness_age: fitnessAge,
    history_url: address,
  },
  RunnerContextWeek: { week_start: dayOfRunner, distance_km: { minimum: 0 }, runs: count },
  RunnerContextRun: {
    date: dayOfRunner,
    name: { maxLength: 120 },
    distance_km: { minimum: 0, maximum: 1_000 },
    avg_pace: { pattern: '^\\d+:\\d{2}$', maxLength: 20 },
    avg_hr: heartRate,
    vo2_max: vo2Max,
  },
  RunnerContextTraining: { weekly_volume: { maxItems: 12 }, recent_runs: { maxItems: 20 } },
  RunnerContext: { context_markdown: { maxLength: 1_000_000 }, generated_at: { ...instant, format: 'date-time' }, source: address },
  DailyMetric: {
    date: dayOfRunner,
    resting_heart_rate: { minimum: 20, maximum: 150 },
    hrv: { exclusiveMinimum: 0, maximum: 400 },
    sleep_score: { minimum: 0, maximum: 100 },
    sleep_duration: hoursOfDay,
    deep_sleep: hoursOfDay,
    light_sleep: hoursOfDay,
    rem_sleep: hoursOfDay,
    awake_duration: hoursOfDay,
    respiration_rate: { minimum: 4, maximum: 60 },
    vo2_max: vo2Max,
    fitness_age: fitnessAge,
  },
  RunnerHealthRunner: { units: unitsSaid },
  RunnerHealthPage: { metrics: { maxItems: healthPageSize.max } },
  RunnerHealthPageInfo: {
    limit: { minimum: healthPageSize.min, maximum: healthPageSize.max },
    count: { minimum: 0, maximum: healthPageSize.max },
    next_before: dayOfRunner,
    next: address,
  },
};
