/** The summary: what a reader who stops early should know, each line from one shared section. */
import { baseline } from '../baselines.ts';
import { trainingPaces } from '../training-paces.ts';
import { formatDistance, formatPace, paceSecondsPerKm, rounded, type Units, unitNames } from '../units.ts';
import { meanWeeklyMeters } from '../weekly-volume.ts';
import { formatMetric, metricWordings, readingsOf } from './daily-metrics.ts';
import { list, quoted } from './markdown.ts';
import { isNotable, resultSaid } from './render-labs.ts';
import { performanceSaid } from './render-profile.ts';
import { goalSaid, weekSaid } from './render-training.ts';
import type { SharedContext, SharedHealth, SharedLabs, SharedProfile, SharedTraining } from './shared-context.ts';
import { day, dayAndAge } from './wording.ts';

/** The heading and its lines; a sentence of their absence when there is nothing to say. */
export function renderSummary(shared: SharedContext): string[] {
  const { profile, training, health, labs, runner, today } = shared;
  const lines = [
    ...(profile ? profileLines(profile, runner.units, today) : []),
    ...(training ? trainingLines(training, runner.units, today) : []),
    ...(health ? healthLines(health, runner.units, today) : []),
    ...(labs ? labLines(labs, today) : []),
  ];
  return ['## Summary', list(lines) ?? nothingSaid(shared)];
}

function nothingSaid({ scopes, profile, training, health, labs }: SharedContext): string {
  if (profile || training || health || labs) return 'Nothing is recorded yet.';
  return Object.values(scopes).some(Boolean)
    ? 'None of the sections that were asked for is shared.'
    : 'The runner shares no section at present.';
}

function profileLines(profile: SharedProfile, units: Units, today: string): string[] {
  const who = [profile.age === null ? null : `age ${profile.age}`, profile.sex?.toLowerCase() ?? null].filter((part) => part !== null);
  const { fitness } = profile;
  return [
    ...(who.length > 0 ? [`Runner: ${who.join(', ')}.`] : []),
    ...(fitness
      ? [
          `Fitness: VDOT ${fitness.vdot.toFixed(1)} (derived) from ${performanceSaid(fitness.from, units, today)}; threshold pace ${formatPace(trainingPaces(fitness.vdot).threshold, units)} ${unitNames[units].pace} (derived).`,
        ]
      : []),
  ];
}

/** How many of the goals to come the summary names, soonest first. */
const goalsMax = 3;

/** The whole weeks over which the usual volume is taken. */
const usualWeeks = 4;

function trainingLines({ runs, thisWeek, goals }: SharedTraining, units: Units, today: string): string[] {
  const [newest] = runs;
  const ahead = goals.filter((goal) => goal.date != null && goal.date >= today).slice(0, goalsMax);
  return [
    ...(newest ? [`This week (from ${day(thisWeek.weekStart)}): ${weekSaid(thisWeek, units)}. ${usualSaid(runs, units, today)}`] : []),
    ...(newest ? [`Newest run: ${newestRunSaid(newest, units, today)}.`] : []),
    ...ahead.map((goal) => `Goal ahead: ${goalSaid(goal, units, today)}${goal.priority ? ` · priority ${quoted(goal.priority)}` : ''}.`),
  ];
}

function usualSaid(runs: SharedTraining['runs'], units: Units, today: string): string {
  const mean = meanWeeklyMeters(runs, today, usualWeeks);
  if (mean === 0) return `No run with a distance is recorded in the ${usualWeeks} whole weeks before.`;
  return `The ${usualWeeks} whole weeks before: ${formatDistance(mean, units)} ${unitNames[units].distance} per week on average (derived; weeks without runs count).`;
}

function newestRunSaid(run: SharedTraining['runs'][number], units: Units, today: string): string {
  const pace = paceSecondsPerKm(run.distanceMeters, run.movingSeconds);
  const parts = [
    dayAndAge(run.date, today),
    run.distanceMeters == null ? null : `${formatDistance(run.distanceMeters, units)} ${unitNames[units].distance}`,
    pace === null ? null : `${formatPace(pace, units)} ${unitNames[units].pace}`,
    run.averageHeartRate == null ? null : `average ${rounded(run.averageHeartRate, 1)} bpm`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

function healthLines({ days, through }: SharedHealth, units: Units, today: string): string[] {
  if (!through) return [];
  const said = (['restingHeartRate', 'hrv', 'sleepDurationHours'] as const).flatMap((metric) => {
    const readings = readingsOf(days, metric);
    const [week, month] = [baseline(readings, through, 7), baseline(readings, through, 28)];
    if (!week || !month) return [];
    const { label, unit } = metricWordings[metric];
    return [
      `${label} ${formatMetric(metric, week.mean, units, 'mean')} against ${formatMetric(metric, month.mean, units, 'mean')} ${unit}`,
    ];
  });
  const means = said.length > 0 ? ` 7-day against 28-day mean (derived): ${said.join('; ')}.` : '';
  return [`Health: newest day ${dayAndAge(through, today)}.${means}`];
}

/** How many notable markers the summary names; the section has them all. */
const notableMax = 6;

function labLines({ tests, series }: SharedLabs, today: string): string[] {
  const [newest] = tests;
  if (!newest) return [];
  const notable = series
    .flatMap(([latest]) => (latest && isNotable(latest) ? [latest] : []))
    .map((marker) => `${quoted(marker.name)} ${resultSaid(marker)}${marker.unit ? ` ${quoted(marker.unit)}` : ''}, ${day(marker.date)}`);
  const rest = notable.length > notableMax ? `; and ${notable.length - notableMax} more` : '';
  const flagged =
    notable.length > 0 ? ` Flagged or out of range at their newest test: ${notable.slice(0, notableMax).join('; ')}${rest}.` : '';
  return [`Labs: newest test ${quoted(newest.name)}, ${dayAndAge(newest.date, today)}.${flagged}`];
}
