/** Instants and numbers as people read them. */

const instantFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const numberFormat = new Intl.NumberFormat('en-GB');

/** In the time zone of the browser. */
export const formatInstant = (instant: string | number) => instantFormat.format(new Date(instant));

/** `2026-11-22` as `22 Nov`. */
export const formatDay = (day: string) => dayFormat.format(new Date(day));

export const formatNumber = (value: number) => numberFormat.format(value);

/** `1 request`, `2 requests`. */
export const counted = (count: number, noun: string) => `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`;

/** An instant, or what stands for its absence. */
export function Instant({ at, otherwise = '' }: { at: string | null | undefined; otherwise?: string }) {
  if (!at) return <span className="quiet">{otherwise}</span>;
  return <time dateTime={at}>{formatInstant(at)}</time>;
}
