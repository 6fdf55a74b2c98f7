/** What the chart of weeks says, in words. */
import type { Span } from '../../parts/chart/span.ts';
import { sayDay } from '../../parts/days.ts';
import { sayDistance, type Units } from '../../parts/measures.ts';
import type { Week } from './weeks.tsx';

/** The whole, the mean, the largest and the newest week of those that are shown. */
export function weeksSummary(weeks: readonly Week[], dates: readonly string[], { first, last }: Span, units: Units): string {
  const total = last - first + 1;
  const [from, to] = [dates[first] ?? '', dates[last] ?? ''];
  const shown = weeks.filter(({ weekStart }) => weekStart >= from && weekStart <= to);
  const [newest] = shown;
  if (!newest) return `No run in these ${total} weeks.`;
  const sum = (of: (week: Week) => number) => shown.reduce((before, week) => before + of(week), 0);
  const meters = sum((week) => week.distanceMeters ?? 0);
  const unknown = sum((week) => week.runsWithoutDistance);
  const largest = shown.reduce((before, week) => ((week.distanceMeters ?? 0) > (before.distanceMeters ?? 0) ? week : before));
  const runsSaid = (runs: number) => `${runs} ${runs === 1 ? 'run' : 'runs'}`;
  const distanceSaid = (week: Week) => (week.distanceMeters == null ? 'an unknown distance' : sayDistance(units, week.distanceMeters));
  return [
    `${runsSaid(sum((week) => week.runs))} in ${shown.length} of ${total} weeks, ${sayDistance(units, meters)} in all and ${sayDistance(units, meters / total)} a week.`,
    `The largest week is that from ${sayDay(largest.weekStart)} with ${distanceSaid(largest)};`,
    `the newest that from ${sayDay(newest.weekStart)} with ${distanceSaid(newest)} in ${runsSaid(newest.runs)}.`,
    ...(unknown > 0 ? [`${runsSaid(unknown)} without a known distance ${unknown === 1 ? 'is' : 'are'} not in the sums.`] : []),
  ].join(' ');
}
