/** What a chart of days says, in one or two sentences. */
import { gapsOf } from '../../parts/chart/series.ts';
import type { Span } from '../../parts/chart/span.ts';
import { sayDay } from '../../parts/days.ts';
import type { Metric } from './metrics.ts';

/** How many days have a reading, from where to where they go, the newest with its baselines, and the longest gap. */
export function summaryOf({ values, say, input: { dates, series } }: Metric, { first, last }: Span): string {
  const places = dates.flatMap((_, place) => (place >= first && place <= last && values[place] != null ? [place] : []));
  const newest = places.at(-1);
  const total = last - first + 1;
  if (newest === undefined) return `No reading in these ${total} days.`;
  const known = places.map((place) => values[place] ?? 0);
  const baselines = series.flatMap(({ label, shape, values: means }) =>
    (shape === 'line' || shape === 'dashes') && means[newest] != null ? [`${label} ${say(means[newest])}`] : [],
  );
  const longest = Math.max(0, ...gapsOf(series, first, last).map((gap) => gap.last - gap.first + 1));
  return [
    `${places.length} of ${total} days have a reading, from ${say(Math.min(...known))} to ${say(Math.max(...known))}.`,
    `The newest is ${say(values[newest] ?? 0)} on ${sayDay(dates[newest] ?? '')}; ${baselines.join(', ')}.`,
    longest > 0 ? `The longest gap is ${longest} ${longest === 1 ? 'day' : 'days'}.` : 'There is no gap.',
  ].join(' ');
}
