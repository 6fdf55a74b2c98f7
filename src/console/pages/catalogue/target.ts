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

const units: Record<string, [before: string, after: string]> = {
  ZONE: ['zone ', ''],
  PACE: ['', ' per km'],
  HEART_RATE: ['', ' bpm'],
  HEART_RATE_PERCENT_MAX: ['', ' % of maximum heart rate'],
  THRESHOLD_PACE_PERCENT: ['', ' % of threshold pace'],
  POWER: ['', ' W'],
  CADENCE: ['', ' steps per minute'],
  RPE: ['effort ', ' of 10'],
};

export function targetInWords({ type, min, max, reference }: Target): string {
  if (reference && type === 'DANIELS') return `${danielsNames[reference] ?? reference} pace (Daniels ${reference})`;
  if (reference) return `${raceInWords(reference)} race pace`;
  const [before, after] = units[type] ?? [`${inWords(type)} `, ''];
  const say = (value: number) => (type === 'PACE' ? paceInWords(value) : String(value));
  if (min != null && max != null) return `${before}${min === max ? say(min) : `${say(min)} to ${say(max)}`}${after}`;
  // The smaller number is the faster pace.
  const beyond = type === 'PACE' ? ['faster', 'slower'] : ['less', 'more'];
  return `${before}${say(min ?? max ?? 0)}${after} or ${min == null ? beyond[0] : beyond[1]}`;
}
