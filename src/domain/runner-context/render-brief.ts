/** The sections in few words, to be pasted into a conversation: what never goes stays, in its shortest form. */
import { baseline } from '../baselines.ts';
import { distanceName } from '../race-distances.ts';
import { trainingPaces } from '../training-paces.ts';
import { formatDuration, formatPace, type Units, unitNames } from '../units.ts';
import type { Budget } from './budget.ts';
import { formatMetric, metricLabel, readingsOf } from './daily-metrics.ts';
import type { DailyMetricName, PersonalBestFacts, RaceResultFacts, RunnerContextFacts } from './facts.ts';
import type { Fitness } from './fitness.ts';
import { list, quoted } from './markdown.ts';
import { briefPointer, renderDays, renderRareReadings } from './render-health.ts';
import { resultSaid } from './render-labs.ts';
import { renderBody, renderZones } from './render-profile.ts';
import { renderGoals, renderRuns, renderWeeks } from './render-training.ts';
import type { SharedContext, SharedHealth, SharedLabs, SharedProfile, SharedTraining } from './shared-context.ts';
import { day } from './wording.ts';

/** The blocks of every section that is shown. */
export function renderBrief(shared: SharedContext, budget: Budget, urls: Pick<RunnerContextFacts, 'contextUrl' | 'historyUrl'>): string[] {
  const { profile, training, health, labs } = shared;
  return [
    ...(profile ? briefProfile(profile, shared) : []),
    ...(training ? briefTraining(training, shared, budget) : []),
    ...(health ? briefHealth(health, shared, budget, urls) : []),
    ...(labs ? ['## Labs', list(labLines(labs)) ?? 'No laboratory test is recorded.'] : []),
  ];
}

function briefProfile(profile: SharedProfile, { runner: { units } }: SharedContext): string[] {
  const said = [
    ...renderBody(profile, units),
    ...renderZones(profile),
    ...(profile.fitness ? [pacesSaid(profile.fitness, units)] : []),
    ...briefBests(profile.personalBests, units),
  ];
  return ['## Runner Profile', ...(said.length > 0 ? said : ['Nothing is recorded in the profile.'])];
}

function pacesSaid({ vdot }: Fitness, units: Units): string {
  const { easy, marathon, threshold, interval, repetition } = trainingPaces(vdot);
  const pace = (secondsPerKm: number) => formatPace(secondsPerKm, units);
  const paces = [
    `E ${pace(easy.fastest)}–${pace(easy.slowest)}`,
    ...(marathon === null ? [] : [`M ${pace(marathon)}`]),
    `T ${pace(threshold)}`,
    `I ${pace(interval)}`,
    `R ${pace(repetition)}`,
  ];
  return `Training paces at VDOT ${vdot.toFixed(1)}, derived, ${unitNames[units].pace}: ${paces.join(' · ')}.`;
}

function briefBests(bests: readonly PersonalBestFacts[], units: Units): string[] {
  const said = list(
    bests.map(({ distanceMeters, timeSeconds, kind, date }) => {
      const origin = [kind, ...(date ? [day(date)] : [])].join(', ');
      return `${distanceName(distanceMeters, units)} ${formatDuration(timeSeconds)} (${origin})`;
    }),
  );
  return said ? ['### Personal bests', said] : [];
}

function briefRaces(races: readonly RaceResultFacts[], units: Units): string[] {
  const said = list(
    races.map(
      ({ name, date, distanceMeters, timeSeconds }) =>
        `${day(date)}: ${quoted(name)}, ${distanceName(distanceMeters, units)} in ${formatDuration(timeSeconds)}`,
    ),
  );
  return said ? ['### Race results', said] : [];
}

function briefTraining(training: SharedTraining, { runner: { units }, today }: SharedContext, budget: Budget): string[] {
  const withoutNotes = <T extends { notes?: string | null }>(items: readonly T[]) => items.map((item) => ({ ...item, notes: null }));
  return [
    '## Training',
    ...renderWeeks(training.weeks.slice(0, budget.weeks), units),
    ...renderGoals(withoutNotes(training.goals), units, today, budget.noteLengthMax),
    ...briefRaces(training.raceResults, units),
    ...renderRuns({ ...training, runs: withoutNotes(training.runs) }, units, today, budget),
  ];
}

/** What says most about how somebody is, in the order of the document's tables. */
const briefMetrics: DailyMetricName[] = ['restingHeartRate', 'hrv', 'sleepDurationHours', 'weightKg', 'recoveryScore'];

function briefHealth(
  health: SharedHealth,
  { runner: { units }, today, options }: SharedContext,
  { days }: Budget,
  urls: Pick<RunnerContextFacts, 'contextUrl' | 'historyUrl'>,
): string[] {
  const newest = health.through
    ? [list(briefMetrics.map((metric) => metricSaid(health, metric, units))), ...renderDays(health, units, today, days, briefMetrics)]
    : ['No daily reading is recorded.'];
  return [
    '## Recent Health',
    ...newest.filter((block) => block !== null),
    ...renderRareReadings(health, units, today),
    briefPointer(health, options.links === 'none' ? null : urls),
  ];
}

/** `Resting HR bpm 43 (Sat 2026-06-13); mean of 7 days 42.9, of 28 days 43.4 (derived)`; null without a reading. */
function metricSaid({ days, through }: SharedHealth, metric: DailyMetricName, units: Units): string | null {
  const readings = readingsOf(days, metric);
  const [latest] = readings;
  if (!latest || !through) return null;
  const mean = (count: number) => {
    const found = baseline(readings, through, count);
    return found ? [`${formatMetric(metric, found.mean, units, 'mean')} over ${count} days`] : [];
  };
  const means = [...mean(7), ...mean(28)];
  const said = `${metricLabel(metric, units)} ${formatMetric(metric, latest.value, units, 'reading')} (${day(latest.date)})`;
  return means.length > 0 ? `${said}; mean ${means.join(', ')} (derived)` : said;
}

/** The newest result of each marker. */
const labLines = ({ series }: SharedLabs): string[] =>
  series.flatMap(([newest]) =>
    newest ? [`${quoted(newest.name)} ${resultSaid(newest)}${newest.unit ? ` ${quoted(newest.unit)}` : ''}, ${day(newest.date)}`] : [],
  );
