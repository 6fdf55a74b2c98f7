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
  movingSeconds: number | null;
  longestMeters: number | null;
  /** How many of the runs have no distance, and so are missing from the sum. */
  runsWithoutDistance: number;
}

/** The weeks that have runs, newest first. A week that is not listed has none. */
export function weeklyVolume(runs: readonly CountedRun[]): WeekVolume[] {
  const mondays = new Set(runs.map((run) => weekStart(run.date)));
  return [...mondays]
    .sort()
    .reverse()
    .map((monday) => volumeOfWeek(runs, monday));
}

/** The week of a day, also when nothing was run in it. */
export function volumeOfWeek(runs: readonly CountedRun[], date: string): WeekVolume {
  const monday = weekStart(date);
  const inWeek = runs.filter((run) => weekStart(run.date) === monday);
  const distances = inWeek.map((run) => run.distanceMeters).filter((meters) => meters != null);
  const durations = inWeek.map((run) => run.movingSeconds).filter((seconds) => seconds != null);
  return {
    weekStart: monday,
    runs: inWeek.length,
    distanceMeters: sumOrNull(distances),
    movingSeconds: sumOrNull(durations),
    longestMeters: distances.length > 0 ? Math.max(...distances) : null,
    runsWithoutDistance: inWeek.length - distances.length,
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
