/** What a VDOT is worth at the distances that runners compare. */
import { raceDistances } from './race-distances.ts';
import { equivalentSeconds, isVdotEffort } from './vdot.ts';

export interface EquivalentTime {
  name: string;
  distanceMeters: number;
  timeSeconds: number;
}

const comparedDistances = raceDistances.filter(({ name }) =>
  ['1 mile', '3 km', '5 km', '10 km', 'half marathon', 'marathon'].includes(name),
);

/** The times, shortest distance first, unrounded; without those of a length that the formula does not speak for. */
export const equivalentTimes = (vdot: number): EquivalentTime[] =>
  comparedDistances.flatMap(({ name, meters }) => {
    const timeSeconds = equivalentSeconds(vdot, meters);
    return isVdotEffort(timeSeconds) ? [{ name, distanceMeters: meters, timeSeconds }] : [];
  });
