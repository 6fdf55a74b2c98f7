/** How hard a step is: in words, and as one of five zones to draw it by. */
import { inWords, paceInWords, raceInWords } from './wording.ts';

export interface Target {
  type: string;
  min?: number | null;
  max?: number | null;
  unit?: string | null;
  reference?: string | null;
}

export const zoneNames = ['Recovery', 'Endurance', 'Tempo', 'Threshold', 'Above threshold'] as const;

const danielsNames: Record<string, string> = { E: 'easy', M: 'marathon', T: 'threshold', I: 'interval', R: 'repetition' };

/** What each kind of target looks like as a zone from 1 to 5: by its reference, or by the lowest values of zones 2 to 5. */
const zonesByReference: Record<string, Record<string, number>> = {
  DANIELS: { E: 2, M: 3, T: 4, I: 5, R: 5 },
  RACE_PACE: { MARATHON: 3, HALF_MARATHON: 4, TEN_K: 4, FIVE_K: 5, MILE: 5 },
};
const zonesByBounds: Record<string, readonly number[]> = {
  RPE: [3, 5, 7, 9],
  HEART_RATE_PERCENT_MAX: [60, 70, 80, 90],
  THRESHOLD_PACE_PERCENT: [78, 88, 95, 103],
};

/** Between which zones a target lies; null when that depends on the runner, as it does for a pace or for beats per minute. */
export function zonesOf(target: Target): { low: number; high: number } | null {
  const { type, reference } = target;
  const byReference = reference ? zonesByReference[type]?.[reference] : undefined;
  if (byReference) return { low: byReference, high: byReference };
  const low = target.min ?? target.max;
  const high = target.max ?? target.min;
  if (low == null || high == null) return null;
  if (type === 'ZONE') return { low, high };
  const starts = zonesByBounds[type];
  if (!starts) return null;
  const zoneOf = (value: number) => 1 + starts.filter((start) => value >= start).length;
  return { low: zoneOf(low), high: zoneOf(high) };
}

function boundsInWords({ type, min, max }: Target): string {
  const say = (value: number) => (type === 'PACE' ? paceInWords(value) : String(value));
  if (min == null) return `at most ${say(max ?? 0)}`;
  if (max == null) return `at least ${say(min)}`;
  return min === max ? say(min) : `${say(min)} to ${say(max)}`;
}

const measured: Record<string, (bounds: string) => string> = {
  ZONE: (bounds) => `zone ${bounds}`,
  PACE: (bounds) => `${bounds} per km`,
  HEART_RATE: (bounds) => `${bounds} bpm`,
  HEART_RATE_PERCENT_MAX: (bounds) => `${bounds} % of maximum heart rate`,
  THRESHOLD_PACE_PERCENT: (bounds) => `${bounds} % of threshold pace`,
  POWER: (bounds) => `${bounds} W`,
  CADENCE: (bounds) => `${bounds} steps per minute`,
  RPE: (bounds) => `effort ${bounds} of 10`,
};

export function targetInWords(target: Target): string {
  const { type, reference } = target;
  if (reference && type === 'DANIELS') return `${danielsNames[reference] ?? reference} pace (Daniels ${reference})`;
  if (reference) return `${raceInWords(reference)} race pace`;
  return measured[type]?.(boundsInWords(target)) ?? inWords(type);
}
