/** The section of the scope `health`: what is usual for the runner, the newest days, and where the rest is. */

import { type Baseline, baseline } from '../baselines.ts';
import { addDays } from '../local-dates.ts';
import { type Units, unitNames } from '../units.ts';
import { contextAddresses } from './addresses.ts';
import type { Budget } from './budget.ts';
import { formatMetric, metricLabel, metricOrder, readingsOf } from './daily-metrics.ts';
import type { DailyMetricName, DailyMetricsFacts, RunnerContextFacts } from './facts.ts';
import { type Column, quoted, table } from './markdown.ts';
import type { SharedContext, SharedHealth } from './shared-context.ts';
import { counted, day, dayAndAge } from './wording.ts';

/**
 * The blocks of the section around those of what is `usual`, the baselines and rare readings; it is there whenever the scope is
 * on, and always ends with the pointer to the history.
 */
export function renderHealth(
  health: SharedHealth,
  { runner: { units }, today, options }: SharedContext,
  { days }: Budget,
  urls: Addresses,
  usual: readonly string[],
): string[] {
  const said = health.through ? [...usual, ...renderDays(health, units, today, days)] : ['No daily reading is recorded.', ...usual];
  return ['## Recent Health', ...said, pointer(health, options.links === 'none' ? null : urls)];
}

type Addresses = Pick<RunnerContextFacts, 'contextUrl' | 'historyUrl'>;

/** `The full daily history (2260 days since Wed 2019-12-25)`. */
const historySaid = ({ dayCount, firstDayOn }: SharedHealth): string =>
  `The full daily history${dayCount > 0 ? ` (${counted(dayCount, 'day')}${firstDayOn ? ` since ${day(firstDayOn)}` : ''})` : ''}`;

/** Where every day can be read, in few words; null when no address may be named. */
export function briefPointer(health: SharedHealth, urls: Addresses | null): string {
  if (!urls) return `${historySaid(health)} is the health time-series.`;
  return `${historySaid(health)} is JSON at ${urls.historyUrl} and, to follow link by link, markdown at ${contextAddresses(urls.contextUrl).health('md')}`;
}

/** Where every day can be read, and how; null when no address may be named. */
function pointer(health: SharedHealth, urls: Addresses | null): string {
  if (!urls) return `${historySaid(health)} is the health time-series, newest first.`;
  const { historyUrl, contextUrl } = urls;
  return `${historySaid(health)} is JSON, newest first, at ${historyUrl} (optional: ?limit=1 to 366, default 90; ?before=YYYY-MM-DD). Fetch it and follow \`page.next\` until \`page.has_more\` is false. As markdown, each page with a link to the next: ${contextAddresses(contextUrl).health('md')}`;
}

/** Metrics that change slowly or are a device's conclusion have no baseline. */
const withoutBaseline = new Set<DailyMetricName>(['vo2Max', 'fitnessAge']);

export function renderBaselines(health: SharedHealth, units: Units): string[] {
  const { through } = health;
  if (!through) return [];
  const rows = metricOrder
    .filter((metric) => !withoutBaseline.has(metric))
    .flatMap((metric) => {
      const readings = readingsOf(health.days, metric);
      const month = baseline(readings, through, 28);
      const [latest] = readings;
      return month && latest ? [{ metric, latest, week: baseline(readings, through, 7), month }] : [];
    });
  if (rows.length === 0) return [];
  const mean = (metric: DailyMetricName, of: Baseline | null) =>
    of && `${formatMetric(metric, of.mean, units, 'mean')} (${counted(of.count, 'day')})`;
  return [
    '### Baselines',
    `Means, derived, over the calendar days through the newest that has a reading, ${day(through)}: 7 days from ${day(addDays(through, -6))}, 28 days from ${day(addDays(through, -27))}. In brackets: how many of those days have a reading of the metric.`,
    table<(typeof rows)[number]>(
      [
        ['Metric', ({ metric }) => metricLabel(metric, units)],
        [
          `Newest (${day(through)} unless dated)`,
          ({ metric, latest }) =>
            `${formatMetric(metric, latest.value, units, 'reading')}${latest.date === through ? '' : ` (${day(latest.date)})`}`,
        ],
        ['7-day mean', ({ metric, week }) => mean(metric, week)],
        ['28-day mean', ({ metric, month }) => mean(metric, month)],
      ],
      rows,
    ),
    ...hrvNote(health.days),
  ];
}

function hrvNote(days: readonly DailyMetricsFacts[]): string[] {
  const types = [...new Set(days.flatMap((daily) => (daily.hrv == null ? [] : [daily.hrvType ?? null])))];
  const [newest] = types;
  if (newest == null && types.length < 2) return [];
  const kind = newest ? `HRV is ${quoted(newest)}` : 'The newest HRV is of an unknown kind';
  return [types.length < 2 ? `${kind}.` : `${kind}; readings of another kind are left out of the means, because kinds cannot be compared.`];
}

/** The newest of what is read rarely: it may be older than the days below. */
export function renderRareReadings(
  { latestWeightKg, latestVo2Max, latestFitnessAge }: SharedHealth,
  units: Units,
  today: string,
): string[] {
  const readings = [
    { name: 'weight', unit: ` ${unitNames[units].weight}`, metric: 'weightKg', reading: latestWeightKg },
    { name: 'VO2max (device estimate)', unit: ' ml/kg/min', metric: 'vo2Max', reading: latestVo2Max },
    { name: 'fitness age (device estimate)', unit: '', metric: 'fitnessAge', reading: latestFitnessAge },
  ] as const;
  const said = readings.flatMap(({ name, unit, metric, reading }) =>
    reading
      ? [
          `${name} ${formatMetric(metric, reading.value, units, 'reading')}${unit} (${dayAndAge(reading.on, today)}, ${quoted(reading.source)})`,
        ]
      : [],
  );
  return said.length > 0 ? [`Newest readings, however old: ${said.join(' · ')}.`] : [];
}

export function renderDays(
  health: SharedHealth,
  units: Units,
  today: string,
  count: number,
  metrics: readonly DailyMetricName[] = metricOrder,
): string[] {
  const shown = health.days.slice(0, count);
  if (shown.length === 0) return [];
  return [
    '### Newest days with data',
    `The ${shown.length} newest of ${counted(Math.max(health.dayCount, shown.length), 'day')} held; the newest is ${dayAndAge(health.through ?? '', today)}. ${daysRule}`,
    daysTable(shown, units, metrics),
  ];
}

/** How a table of days is to be read. */
export const daysRule =
  'Sleep stages, scores, recovery, VO2max and fitness age are device estimates. Hours are decimal: 7.5 is 7 h 30 min. An empty cell was not recorded.';

/** A row for each day, a column for each of the metrics that one of them has, and then the columns that are added. */
export function daysTable(
  days: readonly DailyMetricsFacts[],
  units: Units,
  metrics: readonly DailyMetricName[] = metricOrder,
  added: readonly Column<DailyMetricsFacts>[] = [],
): string {
  const columns = metrics.map(
    (metric): Column<DailyMetricsFacts> => [
      metricLabel(metric, units),
      (daily) => {
        const value = daily[metric];
        return value == null ? null : formatMetric(metric, value, units, 'reading');
      },
    ],
  );
  return table<DailyMetricsFacts>([['Date', (daily) => day(daily.date)], ...columns, ...added], days);
}
