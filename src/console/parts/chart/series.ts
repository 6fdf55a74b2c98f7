/** What a chart shows: named rows of values, one for each date. */
import type { Token } from './colours.ts';

export interface Series {
  label: string;
  colour: Token;
  /** Bars of one chart stand on top of each other. */
  shape: 'bars' | 'points' | 'line' | 'dashes';
  /** One for each date; null where there is nothing, never 0. */
  values: readonly (number | null)[];
  /** A value with its unit, as it is read. */
  say: (value: number) => string;
}

/** Whether the series is what was measured, and not derived from it. */
export const isMeasured = ({ shape }: Series): boolean => shape === 'bars' || shape === 'points';

/** The series as they are drawn: bars are raised by those below them. The last bars come first, so that the lower ones cover them. */
export function drawnSeries(series: readonly Series[]): { series: Series; values: (number | null)[] }[] {
  const bars = series.filter(({ shape }) => shape === 'bars');
  const lines = series.filter(({ shape }) => shape !== 'bars');
  const stacked = bars.map((top, index) => ({ series: top, values: top.values.map((_, place) => sumAt(bars.slice(0, index + 1), place)) }));
  return [...stacked.reverse(), ...lines.map((line) => ({ series: line, values: [...line.values] }))];
}

function sumAt(series: readonly Series[], place: number): number | null {
  const known = series.map(({ values }) => values[place] ?? null).filter((value) => value !== null);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : null;
}

/** The stretches without any measured value. */
export function gapsOf(series: readonly Series[], first: number, last: number): { first: number; last: number }[] {
  const measured = series.filter(isMeasured);
  const gaps: { first: number; last: number }[] = [];
  for (let place = first; place <= last; place++) {
    if (measured.some(({ values }) => values[place] != null)) continue;
    const open = gaps.at(-1);
    if (open?.last === place - 1) open.last = place;
    else gaps.push({ first: place, last: place });
  }
  return gaps;
}

/** The mean of the last `days` values at each place; null where none of them is known. Gaps count neither as 0 nor at all. */
export function runningMean(values: readonly (number | null)[], days: number): (number | null)[] {
  return values.map((_, place) => {
    const known = values.slice(Math.max(0, place + 1 - days), place + 1).filter((value) => value !== null);
    return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
  });
}
