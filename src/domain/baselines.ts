/** What is usual for a runner: the mean of a metric over the days that end with a given one. */
import { addDays } from './local-dates.ts';

export interface Reading {
  date: string;
  value: number;
}

export interface Baseline {
  mean: number;
  /** How many of the days have a reading. Days without one count neither as 0 nor at all. */
  count: number;
}

/** The mean over the `days` calendar days up to and including `through`; null when none of them has a reading. */
export function baseline(readings: readonly Reading[], through: string, days: number): Baseline | null {
  const first = addDays(through, 1 - days);
  const values = readings.filter(({ date }) => date >= first && date <= through).map(({ value }) => value);
  if (values.length === 0) return null;
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, count: values.length };
}
