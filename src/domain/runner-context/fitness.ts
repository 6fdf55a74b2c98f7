/** Which performance a runner's VDOT is taken from. */
import { daysBetween } from '../local-dates.ts';
import { recentDays } from '../personal-bests.ts';
import { isVdotEffort, vdotOf } from '../vdot.ts';
import type { PersonalBestFacts, ProfileFacts } from './facts.ts';

export interface Fitness {
  vdot: number;
  from: PersonalBestFacts;
  /** Whether it is of the last 365 days, and so says something of today. */
  isRecent: boolean;
}

/** From 3 km up the formula agrees with its published table; shorter efforts count only when there is nothing else. */
const trustedMetersMin = 3_000;

/**
 * The highest VDOT among the performances of the last 365 days; without any, of the 365 days that end with the newest
 * best. Null when no effort is of a length that the formula speaks for.
 */
export function fitnessOf({ recentBests, personalBests }: ProfileFacts): Fitness | null {
  const recent = highest(trusted(recentBests ?? []));
  if (recent) return { ...recent, isRecent: true };
  const older = trusted(personalBests);
  const newest = older
    .map(({ from }) => from.date ?? '')
    .sort()
    .at(-1);
  const ofItsTime = newest ? older.filter(({ from }) => from.date && daysBetween(from.date, newest) <= recentDays) : older;
  const chosen = highest(ofItsTime);
  return chosen && { ...chosen, isRecent: false };
}

type Candidate = Omit<Fitness, 'isRecent'>;

const highest = (candidates: readonly Candidate[]): Candidate | null => [...candidates].sort((a, b) => b.vdot - a.vdot)[0] ?? null;

function trusted(bests: readonly PersonalBestFacts[]): Candidate[] {
  const valid = bests
    .filter((best) => isVdotEffort(best.timeSeconds))
    .map((from) => ({ vdot: vdotOf(from.distanceMeters, from.timeSeconds), from }));
  const long = valid.filter(({ from }) => from.distanceMeters >= trustedMetersMin);
  return long.length > 0 ? long : valid;
}
