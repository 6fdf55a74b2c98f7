/** Daniels' training paces, derived from a VDOT. */
import { marathonMeters } from './race-distances.ts';
import { equivalentSeconds, isVdotEffort, paceSecondsPerKmAt } from './vdot.ts';

export interface TrainingPaces {
  /** Both ends in seconds per kilometre: 63 % and 73.5 % of VDOT. */
  easy: { slowest: number; fastest: number };
  /** The pace of the predicted marathon; null when that would take longer than the formula's 4 hours. */
  marathon: number | null;
  threshold: number;
  interval: number;
  repetition: number;
}

/** The training paces of a VDOT, in seconds per kilometre, unrounded. */
export function trainingPaces(vdot: number): TrainingPaces {
  const marathonSeconds = equivalentSeconds(vdot, marathonMeters);
  const interval = paceSecondsPerKmAt(vdot * 0.975);
  return {
    easy: { slowest: paceSecondsPerKmAt(vdot * 0.63), fastest: paceSecondsPerKmAt(vdot * 0.735) },
    marathon: isVdotEffort(marathonSeconds) ? marathonSeconds / (marathonMeters / 1_000) : null,
    threshold: paceSecondsPerKmAt(vdot * 0.88),
    interval,
    repetition: interval - repetitionGain(vdot),
  };
}

/** How many seconds per kilometre repetitions are faster than intervals. */
export const repetitionGain = (vdot: number): number => (vdot >= 50 ? 15 : 20);
