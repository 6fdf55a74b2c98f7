/** The section of the scope `training`: this week, the weeks before, goals, races and the newest runs. */
import { addDays } from '../local-dates.ts';
import { distanceName } from '../race-distances.ts';
import { formatDistance, formatDuration, formatElevation, formatPace, paceSecondsPerKm, rounded, type Units, unitNames } from '../units.ts';
import type { WeekVolume } from '../weekly-volume.ts';
import type { Budget } from './budget.ts';
import type { GoalFacts, RaceResultFacts } from './facts.ts';
import { joined, list, quoted, table } from './markdown.ts';
import type { DatedRun, SharedContext, SharedTraining } from './shared-context.ts';
import { counted, day, dayAndAge } from './wording.ts';

/** The blocks of the section around those of the races; it is there whenever the scope is on. */
export function renderTraining(
  training: SharedTraining,
  { runner: { units }, today }: SharedContext,
  budget: Budget,
  races: readonly string[],
): string[] {
  return [
    '## Training',
    '### This week',
    `${day(training.thisWeek.weekStart)} to ${day(addDays(training.thisWeek.weekStart, 6))}, so far: ${weekSaid(training.thisWeek, units)}.`,
    ...renderWeeks(training.weeks.slice(0, budget.weeks), units),
    ...renderGoals(training.goals, units, today, budget.noteLengthMax),
    ...races,
    ...renderRuns(training, units, today, budget),
  ];
}

/** `42.10 km in 4 runs, 3:12:00 moving`, or that nothing is recorded. */
export function weekSaid({ runs, distanceMeters, movingSeconds }: WeekVolume, units: Units): string {
  if (runs === 0) return 'no run recorded';
  const distance = distanceMeters === null ? '' : `${formatDistance(distanceMeters, units)} ${unitNames[units].distance} in `;
  return `${distance}${counted(runs, 'run')}${movingSeconds === null ? '' : `, ${formatDuration(movingSeconds)} moving`}`;
}

const paceOf = (meters: number | null | undefined, seconds: number | null | undefined, units: Units): string | null => {
  const pace = paceSecondsPerKm(meters, seconds);
  return pace === null ? null : formatPace(pace, units);
};

export function renderWeeks(weeks: readonly WeekVolume[], units: Units): string[] {
  if (weeks.length === 0) return [];
  const { distance } = unitNames[units];
  return [
    '### Weekly volume',
    `The ${weeks.length === 1 ? 'newest week that has runs' : `${weeks.length} newest weeks that have runs`}, derived by adding up their runs. Weeks in between that are not listed have no recorded run.`,
    table<WeekVolume>(
      [
        ['Week from', (week) => day(week.weekStart)],
        ['Runs', (week) => String(week.runs)],
        [`Distance ${distance}`, (week) => (week.distanceMeters === null ? null : formatDistance(week.distanceMeters, units))],
        ['Moving time', (week) => (week.movingSeconds === null ? null : formatDuration(week.movingSeconds))],
        [`Longest run ${distance}`, (week) => (week.longestMeters === null ? null : formatDistance(week.longestMeters, units))],
        ['Runs without distance', (week) => (week.runsWithoutDistance > 0 ? String(week.runsWithoutDistance) : null)],
      ],
      weeks,
    ),
  ];
}

/** `marathon · Sun 2026-09-27, in 105 days · target 2:59:00 (4:15 min/km)`, each part where it is known. */
export function goalSaid({ name, distanceMeters, date, targetSeconds }: GoalFacts, units: Units, today: string): string | null {
  const pace = paceOf(distanceMeters, targetSeconds, units);
  return joined([
    quoted(name),
    distanceMeters ? distanceName(distanceMeters, units) : null,
    date ? dayAndAge(date, today) : null,
    targetSeconds ? `target ${formatDuration(targetSeconds)}${pace ? ` (${pace} ${unitNames[units].pace})` : ''}` : null,
  ]);
}

export function renderGoals(goals: readonly GoalFacts[], units: Units, today: string, noteLengthMax: number): string[] {
  const said = list(
    goals.map((goal) =>
      joined([
        goalSaid(goal, units, today),
        goal.priority ? `priority ${quoted(goal.priority)}` : null,
        goal.notes ? `note: ${quoted(goal.notes, noteLengthMax)}` : null,
      ]),
    ),
  );
  return said ? ['### Goals', said] : [];
}

export function renderRaces(races: readonly RaceResultFacts[], units: Units, noteLengthMax: number): string[] {
  if (races.length === 0) return [];
  return [
    '### Race results',
    table<RaceResultFacts>(
      [
        ['Date', (race) => day(race.date)],
        ['Race', (race) => quoted(race.name)],
        ['Distance', (race) => distanceName(race.distanceMeters, units)],
        ['Time', (race) => formatDuration(race.timeSeconds)],
        [`Pace ${unitNames[units].pace}`, (race) => paceOf(race.distanceMeters, race.timeSeconds, units)],
        ['Place', (race) => (race.place == null ? null : String(race.place))],
        [`Climb ${unitNames[units].elevation}`, ({ elevationGainMeters }) => climb(elevationGainMeters, units)],
        ['Note', (race) => (race.notes ? quoted(race.notes, noteLengthMax) : null)],
      ],
      races,
    ),
  ];
}

const climb = (meters: number | null | undefined, units: Units): string | null => (meters == null ? null : formatElevation(meters, units));

export function renderRuns({ runs, runCount, firstRunOn }: SharedTraining, units: Units, today: string, budget: Budget): string[] {
  const [newest] = runs;
  if (!newest) return ['### Recent runs', 'No run is recorded.'];
  const shown = runs.slice(0, budget.runs);
  const total = `${counted(Math.max(runCount, runs.length), 'run')} held${firstRunOn ? ` since ${day(firstRunOn)}` : ''}`;
  const newestSaid = `the newest was ${dayAndAge(newest.date, today)}`;
  if (shown.length === 0) return ['### Recent runs', `${total}; ${newestSaid}.`];
  const estimated = shown.some((run) => run.vo2Max != null) ? ' VO2max is a device estimate.' : '';
  const { distance, pace, elevation } = unitNames[units];
  return [
    '### Recent runs',
    `The ${shown.length} newest of ${total}; ${newestSaid}. Pace is moving time over distance.${estimated}`,
    table<DatedRun>(
      [
        ['Date', (run) => day(run.date)],
        ['Name', (run) => (run.name ? quoted(run.name, 60) : null)],
        [`Distance ${distance}`, (run) => (run.distanceMeters == null ? null : formatDistance(run.distanceMeters, units))],
        ['Moving time', (run) => (run.movingSeconds == null ? null : formatDuration(run.movingSeconds))],
        [`Pace ${pace}`, (run) => paceOf(run.distanceMeters, run.movingSeconds, units)],
        ['Avg HR bpm', (run) => (run.averageHeartRate == null ? null : String(rounded(run.averageHeartRate, 1)))],
        ['Max HR bpm', (run) => (run.maxHeartRate == null ? null : String(rounded(run.maxHeartRate, 1)))],
        [`Climb ${elevation}`, ({ elevationGainMeters }) => climb(elevationGainMeters, units)],
        ['VO2max ml/kg/min', (run) => (run.vo2Max == null ? null : String(rounded(run.vo2Max, 2)))],
        ['Note', (run) => (run.notes ? quoted(run.notes, budget.runNoteLengthMax) : null)],
      ],
      shown,
    ),
  ];
}
