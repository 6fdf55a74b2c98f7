/** The distances that runners race and compare, and what they are called. */
import { formatDistance, metersPerMile, type Units, unitNames } from './units.ts';

export const marathonMeters = 42_195;

/** Ascending. */
export const raceDistances = [
  { meters: 1_500, name: '1500 m' },
  { meters: metersPerMile, name: '1 mile' },
  { meters: 3_000, name: '3 km' },
  { meters: 2 * metersPerMile, name: '2 miles' },
  { meters: 5_000, name: '5 km' },
  { meters: 10_000, name: '10 km' },
  { meters: 15_000, name: '15 km' },
  { meters: 10 * metersPerMile, name: '10 miles' },
  { meters: 21_097.5, name: 'half marathon' },
  { meters: marathonMeters, name: 'marathon' },
  { meters: 50_000, name: '50 km' },
  { meters: 50 * metersPerMile, name: '50 miles' },
  { meters: 100_000, name: '100 km' },
  { meters: 100 * metersPerMile, name: '100 miles' },
] as const;

/** The share of a race's length by which its entry may be rounded: half marathons are written 21.1 km. */
const nominalTolerance = 0.002;

/** The race distance that a stated length means, in metres; the length itself when it is none of them. */
export function nominalMeters(meters: number): number {
  const named = raceDistances.find((distance) => Math.abs(meters / distance.meters - 1) <= nominalTolerance);
  return named?.meters ?? meters;
}

/** `half marathon`; null for a length that is no race distance. */
export const raceName = (meters: number): string | null =>
  raceDistances.find((distance) => distance.meters === nominalMeters(meters))?.name ?? null;

/** `half marathon`; a length without a name in the runner's units: `12.00 km`. */
export const distanceName = (meters: number, units: Units): string =>
  raceName(meters) ?? `${formatDistance(meters, units)} ${unitNames[units].distance}`;
