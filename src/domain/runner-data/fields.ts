/** Values that a runner's data is made of, each with the range in which it is possible. The database states them again. */
import { z } from 'zod';
import { parseDateTime } from '../date-time.ts';
import { text } from '../text.ts';

/** A number within bounds, which the message names with their unit. */
export function within(min: number, max: number, unit: string) {
  const message = `must lie between ${min} and ${max} ${unit}`.trim();
  return z.number('must be a number').min(min, message).max(max, message);
}

function above(max: number, unit: string) {
  const message = `must be more than 0 and at most ${max} ${unit}`;
  return z.number('must be a number').gt(0, message).max(max, message);
}

export const heartRate = within(25, 250, 'bpm');
export const wholeHeartRate = heartRate.refine(Number.isInteger, 'must be a whole number');
export const restingHeartRate = within(20, 150, 'bpm');
/** As its owner states it; what a device reads in one night may be lower. */
export const statedRestingHeartRate = within(25, 150, 'bpm');
export const score = within(0, 100, '');
export const hours = within(0, 24, 'h');
export const weightKg = within(20, 400, 'kg');
export const vo2Max = within(10, 100, 'ml/kg/min');
export const distanceMeters = above(1_000_000, 'm');
/** Ten days: longer than any race that is run in one go. */
export const timeSeconds = above(864_000, 's');
export const elevationMeters = within(0, 50_000, 'm');

export const source = text(60);
export const name = text(120);
export const notes = text(10_000);
export const short = text(60);

/** An instant in RFC 3339. */
export const instant = z.string('must be a date-time, written like 2026-06-13T19:00:00Z').transform((written, issue): Date => {
  const parsed = parseDateTime(written);
  if (parsed) return parsed;
  issue.addIssue('is not a date-time that exists, written like 2026-06-13T19:00:00Z');
  return z.NEVER;
});
