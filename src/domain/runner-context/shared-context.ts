/** The facts that a runner shares, sorted and computed once, so that the document and the JSON cannot differ. */
import { zonesFromThreshold } from '../heart-rate-zones.ts';
import { ageOn, localDate } from '../local-dates.ts';
import { volumeOfWeek, type WeekVolume, weeklyVolume } from '../weekly-volume.ts';
import type { Detail, DocumentOptions } from './document-options.ts';
import {
  type ContextScope,
  type DailyMetricsFacts,
  dailyMetricNames,
  type GoalFacts,
  type HealthFacts,
  type LabFacts,
  type LabTestFacts,
  type ProfileFacts,
  type RaceResultFacts,
  type RunFacts,
  type RunnerContextFacts,
  type TrainingFacts,
} from './facts.ts';
import { type Fitness, fitnessOf } from './fitness.ts';
import { type DatedMarker, markerSeries } from './lab-series.ts';

/** How many of the newest are shown: the JSON always holds these, the document fewer when it would become too long. */
export const shownMax: Record<Detail, { runs: number; weeks: number; days: number }> = {
  brief: { runs: 5, weeks: 4, days: 5 },
  standard: { runs: 20, weeks: 12, days: 14 },
  full: { runs: 300, weeks: 104, days: 90 },
};

/** Null stands for a section that is not shared, or was not asked for: nothing of it can be reached from here. */
export interface SharedContext {
  runner: RunnerContextFacts['runner'];
  scopes: Record<ContextScope, boolean>;
  options: Required<DocumentOptions> & { detail: Detail };
  today: string;
  /** The newest day that any shared section has something from; null when all are empty. */
  dataThrough: string | null;
  profile: SharedProfile | null;
  training: SharedTraining | null;
  health: SharedHealth | null;
  labs: SharedLabs | null;
  sources: RunnerContextFacts['sources'];
}

export interface SharedProfile extends ProfileFacts {
  age: number | null;
  /** As set by the runner or a device, or else derived from the lactate threshold. */
  zones: { maxima: number[]; derivedFromLthr: number | null } | null;
  fitness: Fitness | null;
}

/** A run with its local day; duplicates are left out. */
export type DatedRun = RunFacts & { date: string };

export interface SharedTraining extends Omit<TrainingFacts, 'runs'> {
  /** Newest first, like everything below. */
  runs: DatedRun[];
  duplicateCount: number;
  weeks: WeekVolume[];
  thisWeek: WeekVolume;
  raceResults: RaceResultFacts[];
  /** Those to come, soonest first; then those without a day; then those gone by, newest first. */
  goals: GoalFacts[];
}

export interface SharedHealth extends HealthFacts {
  /** Those that have a reading. */
  days: DailyMetricsFacts[];
  /** The newest day with data, with which all baselines end; null when there is none. */
  through: string | null;
}

export interface SharedLabs extends LabFacts {
  series: DatedMarker[][];
}

const newestFirst = <T extends { date: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));

/** What is shared and asked for, and nothing else. A shared section without facts is an empty section. */
export function shareContext(facts: RunnerContextFacts, options: DocumentOptions = {}): SharedContext {
  const { runner, scopes, sources } = facts;
  const { sections = null, maxChars = null } = options;
  const detail = options.detail ?? 'standard';
  const shows = (scope: ContextScope) => showsSection(scopes, sections, scope);
  const today = localDate(facts.now, runner.timezone);
  const profile = shows('profile') ? shareProfile(facts.profile ?? noProfile, today) : null;
  const training = shows('training') ? shareTraining(facts.training ?? noTraining, runner.timezone, today, detail) : null;
  const health = shows('health') ? shareHealth(facts.health ?? noHealth) : null;
  const labs = shows('labs') ? shareLabs(facts.labs?.tests ?? []) : null;
  const dataThrough = newestDay({ profile, training, health, labs });
  const asked = { sections, detail, maxChars, links: options.links ?? 'query' };
  return { runner, scopes, options: asked, today, dataThrough, profile, training, health, labs, sources };
}

/** Whether a section is both shared and asked for. */
export const showsSection = (scopes: Record<ContextScope, boolean>, sections: DocumentOptions['sections'], scope: ContextScope): boolean =>
  scopes[scope] && (sections == null || sections.includes(scope));

/** The newest day of what was done or measured; what a profile states, such as a threshold, counts when there is nothing else. */
function newestDay({ profile, training, health, labs }: Pick<SharedContext, ContextScope>): string | null {
  const newest = (dates: readonly (string | null | undefined)[]) =>
    dates
      .filter((date) => date != null)
      .sort()
      .at(-1);
  const done = newest([
    training?.runs[0]?.date,
    training?.raceResults[0]?.date,
    health?.through,
    labs?.tests[0]?.date,
    ...(profile?.personalBests ?? []).map((best) => best.date),
  ]);
  return (
    done ??
    newest([profile?.weightKg, profile?.restingHr, profile?.maxHr, profile?.lthr, profile?.hrZones].map((value) => value?.on)) ??
    null
  );
}

const noProfile: ProfileFacts = { gear: [], personalBests: [] };
const noTraining: TrainingFacts = { runs: [], runCount: 0, goals: [], raceResults: [] };
const noHealth: HealthFacts = { days: [], dayCount: 0 };

function shareProfile(facts: ProfileFacts, today: string): SharedProfile {
  const { birthDate, hrZones, lthr, maxHr } = facts;
  const derived = lthr ? { maxima: zonesFromThreshold(lthr.value, maxHr?.value), derivedFromLthr: lthr.value } : null;
  return {
    ...facts,
    personalBests: [...facts.personalBests].sort((a, b) => a.distanceMeters - b.distanceMeters),
    age: birthDate ? ageOn(birthDate, today) : null,
    zones: hrZones ? { maxima: hrZones.maxima, derivedFromLthr: null } : derived,
    fitness: fitnessOf(facts),
  };
}

function shareTraining(facts: TrainingFacts, timezone: string, today: string, detail: Detail): SharedTraining {
  const dated = facts.runs.flatMap((run) => {
    const date = run.startedOn ?? (run.startedAt && localDate(run.startedAt, timezone));
    return date ? [{ date, ...run }] : [];
  });
  const runs = dated.filter((run) => !run.isDuplicate).sort(compareRuns);
  return {
    ...facts,
    runs,
    duplicateCount: dated.length - runs.length,
    weeks: weeklyVolume(runs).slice(0, Math.max(shownMax[detail].weeks, shownMax.standard.weeks)),
    thisWeek: volumeOfWeek(runs, today),
    raceResults: newestFirst(facts.raceResults),
    goals: sortGoals(facts.goals, today),
  };
}

/** Newest first; of one day, the runs whose hour is not known come last. */
function compareRuns(a: DatedRun, b: DatedRun): number {
  if (a.date !== b.date) return a.date < b.date ? 1 : -1;
  return (b.startedAt?.getTime() ?? 0) - (a.startedAt?.getTime() ?? 0);
}

function sortGoals(goals: readonly GoalFacts[], today: string): GoalFacts[] {
  const dated = goals.filter((goal): goal is GoalFacts & { date: string } => goal.date != null);
  return [
    ...newestFirst(dated.filter((goal) => goal.date >= today)).reverse(),
    ...goals.filter((goal) => goal.date == null),
    ...newestFirst(dated.filter((goal) => goal.date < today)),
  ];
}

function shareHealth(facts: HealthFacts): SharedHealth {
  const days = newestFirst(facts.days.filter((day) => dailyMetricNames.some((metric) => day[metric] != null)));
  return { ...facts, days, through: days[0]?.date ?? null };
}

function shareLabs(tests: readonly LabTestFacts[]): SharedLabs {
  const newest = newestFirst(tests);
  return { tests: newest, series: markerSeries(newest) };
}
