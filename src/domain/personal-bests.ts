/** Personal bests: a view over race results, recorded runs and what the runner states by hand. */
import { addDays } from './local-dates.ts';
import { nominalMeters, raceDistances } from './race-distances.ts';
import { equivalentSeconds } from './vdot.ts';

/** One performance that may be a best. A recorded run has its measured distance and moving time. */
export interface Performance {
  distanceMeters: number;
  timeSeconds: number;
  date?: string | null;
  kind: 'race' | 'run' | 'manual';
}

/**
 * A watch measures long rather than short, because nobody runs the ideal line: a run stands for a race distance from
 * 0.1 % below it (the watch was stopped on the line) to 2.5 % above. Its time is taken as it is, never scaled.
 */
const runWindow = { min: 0.999, max: 1.025 };

/** No human has run a VDOT of 90: a run that claims more has a broken measurement. */
const vdotMax = 90;

/** Which runs stand for which race distance. No two windows overlap. */
export const runWindows = raceDistances.map(({ meters }) => ({
  meters,
  metersMin: meters * runWindow.min,
  metersMax: meters * runWindow.max,
  secondsMin: equivalentSeconds(vdotMax, meters),
}));

/** How long a performance speaks for a runner's fitness. */
export const recentDays = 365;

/**
 * The fastest performance at each distance, shortest first. Runs count at the common race distances only, and only where
 * no longer performance was faster per kilometre: an easy 10 km is no best of someone who has raced a half marathon.
 */
export function personalBests(performances: readonly Performance[]): Performance[] {
  const bests = new Map<number, Performance>();
  for (const performance of performances) {
    const distanceMeters = distanceOf(performance);
    if (distanceMeters === null) continue;
    const best = bests.get(distanceMeters);
    if (!best || isBetter(performance, best)) bests.set(distanceMeters, { ...performance, distanceMeters });
  }
  const found = [...bests.values()].sort((a, b) => a.distanceMeters - b.distanceMeters);
  return found.filter((best, index) => best.kind !== 'run' || found.slice(index + 1).every((longer) => pace(longer) > pace(best)));
}

/** The performances whose day is known and lies in the last 365 days up to `today`. */
export function recentPerformances<T extends Performance>(performances: readonly T[], today: string): T[] {
  const first = firstRecentDay(today);
  return performances.filter(({ date }) => date != null && date >= first && date <= today);
}

/** The first of the last 365 days up to `today`. */
export const firstRecentDay = (today: string): string => addDays(today, -recentDays);

function distanceOf({ kind, distanceMeters, timeSeconds }: Performance): number | null {
  if (kind !== 'run') return nominalMeters(distanceMeters);
  const covered = runWindows.find(({ metersMin, metersMax }) => distanceMeters >= metersMin && distanceMeters <= metersMax);
  return covered && timeSeconds >= covered.secondsMin ? covered.meters : null;
}

const pace = ({ distanceMeters, timeSeconds }: Performance): number => timeSeconds / distanceMeters;

const trust = { race: 0, manual: 1, run: 2 };

/** Of equal times the better documented one wins, then the earlier. */
function isBetter(performance: Performance, best: Performance): boolean {
  if (performance.timeSeconds !== best.timeSeconds) return performance.timeSeconds < best.timeSeconds;
  if (performance.kind !== best.kind) return trust[performance.kind] < trust[best.kind];
  return (performance.date ?? '9999') < (best.date ?? '9999');
}
