/** Which performance a runner's VDOT is taken from. */
import { isVdotEffort, vdotOf } from '../vdot.ts';
import type { PersonalBestFacts, ProfileFacts } from './facts.ts';

export interface Fitness {
  vdot: number;
  from: PersonalBestFacts;
}

/** From 3 km up the formula agrees with its published table; shorter efforts count only when there is nothing else. */
const trustedMetersMin = 3_000;

/**
 * The VDOT of the best performance of the last 365 days; without one, of the newest best that is held, however old.
 * Null when no effort is of a length that the formula speaks for.
 */
export function fitnessOf({ recentBests, personalBests }: ProfileFacts): Fitness | null {
  const recent = trusted(recentBests ?? []).sort((a, b) => b.vdot - a.vdot);
  const older = trusted(personalBests).sort((a, b) => ((a.from.date ?? '') < (b.from.date ?? '') ? 1 : -1));
  return recent[0] ?? older[0] ?? null;
}

function trusted(bests: readonly PersonalBestFacts[]): Fitness[] {
  const valid = bests
    .filter((best) => isVdotEffort(best.timeSeconds))
    .map((from) => ({ vdot: vdotOf(from.distanceMeters, from.timeSeconds), from }));
  const long = valid.filter(({ from }) => from.distanceMeters >= trustedMetersMin);
  return long.length > 0 ? long : valid;
}
