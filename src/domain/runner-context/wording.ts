/** How days, ages and origins are said, alike everywhere in the document. */
import { daysBetween, weekday } from '../local-dates.ts';
import type { DatedValue } from './facts.ts';
import { quoted } from './markdown.ts';

/** `Sun 2026-06-14`. A month alone, or none, is left as it is. */
export const day = (date: string): string => (date.length === 10 ? `${weekday(date)} ${date}` : date);

/** `1 run`, `3 runs`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `today`, `yesterday`, `12 days ago`, `tomorrow`, `in 12 days`. */
function age(date: string, today: string): string {
  const days = daysBetween(date, today);
  if (days === 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days === -1) return 'tomorrow';
  return days > 0 ? `${days} days ago` : `in ${-days} days`;
}

/** `Sun 2026-06-14, 12 days ago`. */
export const dayAndAge = (date: string, today: string): string => `${day(date)}, ${age(date, today)}`;

/** Where and when a value was measured or stated. */
export const provenance = ({ on, source }: Omit<DatedValue, 'value'>): string => `(${day(on)}, ${quoted(source)})`;
