/** How much was run in each week, Monday to Sunday. */
import { addDays, weekStart } from './local-dates.ts';

/** A run on its local day. Duplicates must have been left out. */
interface CountedRun {
  date: string;
  distanceMeters?: number | null;
  movingSeconds?: number | null;
}

export interface WeekVolume {
  /** The Monday. */
  weekStart: string;
  runs: number;
  /** The sum of the distances that are known; null when none is. */
  distanceMeters: number | null;
  /** Null when the time of a run is not known: a part of the time would pass for the whole. */
  movingSeconds: number | null;
  longestMeters: number | null;
  /** How many of the runs have no distance, and so are missing from the sum. */
  runsWithoutDistance: number;
}

/** The weeks that have runs, newest first. A week that is not listed has none. */
export function weeklyVolume(runs: readonly CountedRun[]): WeekVolume[] {
  const weeks = new Map<string, CountedRun[]>();
  for (const run of runs) {
    const monday = weekStart(run.date);
    const week = weeks.get(monday);
    if (week) week.push(run);
    else weeks.set(monday, [run]);
  }
  return [...weeks].map(([monday, week]) => volumeOf(monday, week)).sort((a, b) => (a.weekStart < b.weekStart ? 1 : -1));
}

/** The week of a day, also when nothing was run in it. */
export function volumeOfWeek(runs: readonly CountedRun[], date: string): WeekVolume {
  const monday = weekStart(date);
  const nextMonday = addDays(monday, 7);
  return volumeOf(
    monday,
    runs.filter((run) => run.date >= monday && run.date < nextMonday),
  );
}

function volumeOf(monday: string, runs: readonly CountedRun[]): WeekVolume {
  const distances = runs.map((run) => run.distanceMeters).filter((meters) => meters != null);
  const durations = runs.map((run) => run.movingSeconds).filter((seconds) => seconds != null);
  return {
    weekStart: monday,
    runs: runs.length,
    distanceMeters: sumOrNull(distances),
    movingSeconds: durations.length === runs.length ? sumOrNull(durations) : null,
    longestMeters: distances.length > 0 ? Math.max(...distances) : null,
    runsWithoutDistance: runs.length - distances.length,
  };
}

/** The mean distance per week over the whole weeks before the day's own; a week without runs counts as 0. */
export function meanWeeklyMeters(runs: readonly CountedRun[], date: string, weeks: number): number {
  const end = weekStart(date);
  const start = addDays(end, -7 * weeks);
  const counted = runs.filter((run) => run.date >= start && run.date < end);
  return counted.reduce((sum, run) => sum + (run.distanceMeters ?? 0), 0) / weeks;
}

const sumOrNull = (values: readonly number[]): number | null => (values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : null);
