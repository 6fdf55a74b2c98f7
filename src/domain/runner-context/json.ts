/** The contract's JSON of a runner's context: its field names, always metric, absent instead of null. */
import { withoutNulls } from '../json.ts';
import { formatPace, paceSecondsPerKm, rounded } from '../units.ts';
import { contextAddresses } from './addresses.ts';
import { renderShared } from './document.ts';
import type { DocumentOptions } from './document-options.ts';
import type { ContextScope, DailyMetricsFacts, RunnerContextFacts } from './facts.ts';
import { type DatedRun, type SharedProfile, type SharedTraining, shareContext, shownMax } from './shared-context.ts';

/** One day as the contract writes it: all but the date may be absent. */
export interface DailyMetricJson {
  date: string;
  resting_heart_rate?: number;
  hrv?: number;
  sleep_score?: number;
  sleep_duration?: number;
  deep_sleep?: number;
  light_sleep?: number;
  rem_sleep?: number;
  awake_duration?: number;
  respiration_rate?: number;
  vo2_max?: number;
  fitness_age?: number;
}

export interface HrZonesJson {
  zone1_max?: number;
  zone2_max?: number;
  zone3_max?: number;
  zone4_max?: number;
  zone5_max?: number;
}

export interface RunnerJson {
  username: string;
  units: 'metric' | 'imperial';
  age?: number;
  sex?: string;
  height_cm?: number;
  weight_kg?: number;
  resting_hr?: number;
  max_hr?: number;
  lthr?: number;
  hr_zones?: HrZonesJson;
  running_since?: string;
  weekly_frequency?: string;
}

export interface WeekVolumeJson {
  week_start: string;
  distance_km?: number;
  runs: number;
}

export interface RecentRunJson {
  date: string;
  name?: string;
  distance_km?: number;
  /** Minutes and seconds per kilometre. */
  avg_pace?: string;
  avg_hr?: number;
  vo2_max?: number;
}

export interface RunnerContextJson {
  runner: RunnerJson;
  scopes: Record<ContextScope, boolean>;
  health?: { recent: DailyMetricJson[]; latest_vo2_max?: number; latest_fitness_age?: number; history_url: string };
  training?: { weekly_volume: WeekVolumeJson[]; recent_runs: RecentRunJson[] };
  context_markdown: string;
  generated_at: string;
  source: string;
}

/** The context, as far as `options` ask for it. `context_markdown` is the document that `renderDocument` makes of the same facts. */
export function contextJson(facts: RunnerContextFacts, options: DocumentOptions = {}): RunnerContextJson {
  const shared = shareContext(facts, options);
  const { runner, scopes, profile, training, health } = shared;
  const max = shownMax[shared.options.detail];
  return withoutNulls({
    runner: { username: runner.username, units: unitsJson(runner.units), ...(profile && profileJson(profile)) },
    scopes,
    ...(health && {
      health: {
        recent: health.days.slice(0, max.days).map(dailyMetricJson),
        latest_vo2_max: health.latestVo2Max?.value,
        latest_fitness_age: health.latestFitnessAge?.value,
        history_url: shared.options.links === 'path' ? contextAddresses(facts.contextUrl).health('json') : facts.historyUrl,
      },
    }),
    ...(training && { training: trainingJson(training, max) }),
    context_markdown: renderShared(shared, facts),
    generated_at: facts.now.toISOString(),
    source: facts.publicUrl,
  }) as RunnerContextJson;
}

/** The runner's preference in the contract's letter case. */
export const unitsJson = (units: RunnerContextFacts['runner']['units']): 'metric' | 'imperial' =>
  units === 'METRIC' ? 'metric' : 'imperial';

/** A merged day in the contract's names; weight, recovery and the kind of HRV are for the document only. */
export function dailyMetricJson(day: DailyMetricsFacts): DailyMetricJson {
  return withoutNulls({
    date: day.date,
    resting_heart_rate: day.restingHeartRate,
    hrv: day.hrv,
    sleep_score: day.sleepScore,
    sleep_duration: day.sleepDurationHours,
    deep_sleep: day.deepSleepHours,
    light_sleep: day.lightSleepHours,
    rem_sleep: day.remSleepHours,
    awake_duration: day.awakeDurationHours,
    respiration_rate: day.respirationRate,
    vo2_max: day.vo2Max,
    fitness_age: day.fitnessAge,
  }) as DailyMetricJson;
}

function profileJson(profile: SharedProfile) {
  const maxima = profile.zones?.maxima.slice(0, 5).map((bpm, index) => [`zone${index + 1}_max`, bpm]);
  return {
    age: profile.age,
    sex: profile.sex?.toLowerCase(),
    height_cm: profile.heightCm,
    weight_kg: profile.weightKg?.value,
    resting_hr: profile.restingHr?.value,
    max_hr: profile.maxHr?.value,
    lthr: profile.lthr?.value,
    hr_zones: maxima && Object.fromEntries(maxima),
    running_since: profile.runningSince,
    weekly_frequency: profile.weeklyFrequency,
  };
}

function trainingJson({ weeks, runs }: SharedTraining, max: { weeks: number; runs: number }) {
  return {
    weekly_volume: weeks
      .slice(0, max.weeks)
      .map((week) => ({ week_start: week.weekStart, distance_km: km(week.distanceMeters), runs: week.runs })),
    recent_runs: runs.slice(0, max.runs).map(runJson),
  };
}

function runJson(run: DatedRun) {
  const pace = paceSecondsPerKm(run.distanceMeters, run.movingSeconds);
  return {
    date: run.date,
    name: run.name,
    distance_km: km(run.distanceMeters),
    avg_pace: pace === null ? null : formatPace(pace, 'METRIC'),
    avg_hr: run.averageHeartRate,
    vo2_max: run.vo2Max,
  };
}

const km = (meters: number | null | undefined): number | null => (meters == null ? null : rounded(meters / 1_000, 2));
