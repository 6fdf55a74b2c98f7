/**
 * What a runner's context is made from: plain facts, grouped by the scope that shares them, so that a renderer which is
 * handed one group cannot speak of another.
 *
 * Everything is SI. Days are the runner's local days, written YYYY-MM-DD. Null and undefined both mean: not known, and
 * nothing is ever 0 for want of knowing. `source` is the name of where a value came from, as its owner wrote it.
 */

import type { Units } from '../units.ts';

/** The four sections a runner shares or keeps back, in the order of the contract. */
export const contextScopes = ['profile', 'training', 'health', 'labs'] as const;
export type ContextScope = (typeof contextScopes)[number];

export interface RunnerContextFacts {
  /** Shown whatever the scopes: who this is, in which units they read, and where their days begin. */
  runner: {
    username: string;
    units: Units;
    /** IANA name, such as `Asia/Tokyo`. */
    timezone: string;
  };
  scopes: Record<ContextScope, boolean>;
  /** A group whose scope is off is ignored and need not be loaded. */
  profile?: ProfileFacts | null;
  training?: TrainingFacts | null;
  health?: HealthFacts | null;
  labs?: LabFacts | null;
  /** Every source of the runner. The document names only those that a shared section's values came from. */
  sources: SourceFacts[];
  /** The instant of the request. Apart from the stated generation time, the document depends on its local day only. */
  now: Date;
  /** The contract's `source`: PUBLIC_URL, without a slash at the end. */
  publicUrl: string;
  /** Absolute URL of this context, and of its /health. */
  contextUrl: string;
  historyUrl: string;
}

type Sex = 'FEMALE' | 'MALE' | 'OTHER';

/** A measured or stated value with its day and source. */
export interface DatedValue {
  value: number;
  on: string;
  source: string;
}

/** Scope `profile`. Daily readings do not belong here, however current they are: they are shared by `health`. */
export interface ProfileFacts {
  /** Only the age that follows from it is ever shown. */
  birthDate?: string | null;
  sex?: Sex | null;
  heightCm?: number | null;
  weightKg?: DatedValue | null;
  restingHr?: DatedValue | null;
  maxHr?: DatedValue | null;
  /** Lactate-threshold heart rate. */
  lthr?: DatedValue | null;
  hrZones?: HrZonesFacts | null;
  /** YYYY-MM. */
  runningSince?: string | null;
  weeklyFrequency?: string | null;
  gear: GearFacts[];
  /** The view that `personalBests` makes of race results, runs and manual entries: one per distance, any order. */
  personalBests: PersonalBestFacts[];
  /** The same view of the last 365 days only (`recentPerformances`), from which VDOT is taken: fitness is not for ever. */
  recentBests?: PersonalBestFacts[] | null;
}

/** Upper bounds of zones 1 to 5, ascending; the last may be missing, for the top zone is open. */
interface HrZonesFacts {
  maxima: number[];
  on?: string | null;
  source: string;
}

export interface GearFacts {
  name: string;
  /** As written by its owner: shoes, watch, chest strap … */
  kind?: string | null;
  /** YYYY-MM-DD or YYYY-MM. */
  since?: string | null;
  retiredOn?: string | null;
  distanceMeters?: number | null;
}

export type PersonalBestKind = 'race' | 'run' | 'manual';

export interface PersonalBestFacts {
  distanceMeters: number;
  timeSeconds: number;
  date?: string | null;
  kind: PersonalBestKind;
}

/** Scope `training`. */
export interface TrainingFacts {
  /**
   * Any order. At least every run of the twelve most recent weeks that have one, and the twenty newest. Near-duplicates
   * are included and marked, so that the document can say that they were not counted.
   */
  runs: RunFacts[];
  /** How many runs are held in all, duplicates left out, and the day of the first. */
  runCount: number;
  firstRunOn?: string | null;
  goals: GoalFacts[];
  raceResults: RaceResultFacts[];
}

export interface RunFacts {
  /** Null when the source knows no time. */
  startedAt?: Date | null;
  /** The runner's local day; when it is left out, it follows from the instant. */
  startedOn?: string | null;
  name?: string | null;
  distanceMeters?: number | null;
  movingSeconds?: number | null;
  averageHeartRate?: number | null;
  maxHeartRate?: number | null;
  elevationGainMeters?: number | null;
  /** The device's estimate after this run. */
  vo2Max?: number | null;
  notes?: string | null;
  source?: string | null;
  /** The same run, also recorded by another source: neither listed nor summed. */
  isDuplicate?: boolean | null;
}

export interface GoalFacts {
  name: string;
  /** The day of the goal race or the deadline. */
  date?: string | null;
  distanceMeters?: number | null;
  targetSeconds?: number | null;
  /** `A`, `B`, `C`, as its owner ranks it. */
  priority?: string | null;
  notes?: string | null;
}

export interface RaceResultFacts {
  name: string;
  date: string;
  distanceMeters: number;
  timeSeconds: number;
  elevationGainMeters?: number | null;
  place?: number | null;
  notes?: string | null;
}

/** Scope `health`. */
export interface HealthFacts {
  /**
   * Merged days, one per date, any order. At least the fourteen newest, and every day of the 28 calendar days that end
   * with the newest.
   */
  days: DailyMetricsFacts[];
  /** How many days are held in all, and the first of them. */
  dayCount: number;
  firstDayOn?: string | null;
  /** The newest reading ever, however old. */
  latestVo2Max?: DatedValue | null;
  latestFitnessAge?: DatedValue | null;
  latestWeightKg?: DatedValue | null;
}

/** The twelve fields of the contract's DailyMetric, and three that appear in the markdown only. */
export interface DailyMetricsFacts {
  /** The local day; sleep belongs to the day of waking up. */
  date: string;
  restingHeartRate?: number | null;
  hrv?: number | null;
  sleepScore?: number | null;
  sleepDurationHours?: number | null;
  deepSleepHours?: number | null;
  lightSleepHours?: number | null;
  remSleepHours?: number | null;
  awakeDurationHours?: number | null;
  respirationRate?: number | null;
  vo2Max?: number | null;
  fitnessAge?: number | null;
  weightKg?: number | null;
  recoveryScore?: number | null;
  /** RMSSD or SDNN: values of different kinds are never averaged together. */
  hrvType?: string | null;
  /** Which source each metric of this day was taken from. */
  sources?: Partial<Record<DailyMetricName, string>> | null;
}

export const dailyMetricNames = [
  'restingHeartRate',
  'hrv',
  'sleepScore',
  'sleepDurationHours',
  'deepSleepHours',
  'lightSleepHours',
  'remSleepHours',
  'awakeDurationHours',
  'respirationRate',
  'vo2Max',
  'fitnessAge',
  'weightKg',
  'recoveryScore',
] as const;
export type DailyMetricName = (typeof dailyMetricNames)[number];

/** Scope `labs`. */
export interface LabFacts {
  tests: LabTestFacts[];
}

export interface LabTestFacts {
  date: string;
  /** Blood panel, DEXA, treadmill VO₂max … */
  name: string;
  laboratory?: string | null;
  markers: LabMarkerFacts[];
  /** What the runner or their laboratory concludes, in their words. */
  insight?: string | null;
}

export interface LabMarkerFacts {
  name: string;
  /** LOINC code. */
  code?: string | null;
  /** As in FHIR: the true value lies below or above what could be measured. */
  comparator?: '<' | '<=' | '>' | '>=' | null;
  value?: number | null;
  /** The result when it is no number, such as `negative`. */
  valueText?: string | null;
  /** UCUM. */
  unit?: string | null;
  referenceLow?: number | null;
  referenceHigh?: number | null;
  referenceText?: string | null;
  /** As the laboratory marks it: `H`, `L`, `N` … */
  flag?: string | null;
}

export interface SourceFacts {
  name: string;
  /** The sort of system it is: GARMIN, APPLE_HEALTH, FILE, MANUAL … */
  kind: string;
  /** 1 wins over 2 when both have a reading of the same metric on the same day. */
  priority: number;
  /** Of single metrics, by their names: these stand in for the priority. */
  metricPriorities?: unknown;
  lastImportAt?: Date | null;
}
