/** A runner's days as they are served: of each metric the reading of the source that comes first. */
import type { DailyReading } from '../../prisma/generated/client/client.ts';
import { type Connection, type ConnectionArgs, connect } from './connections.ts';
import type { Context } from './context.ts';
import { formatDay, parseDay, requireDay } from './days.ts';
import { ofRunner, sharedRows } from './excluded-sources.ts';
import { rowsAsJson } from './rows-as-json.ts';
import { type DailyMetricName, type DailyMetricsFacts, dailyMetricNames } from './runner-context/facts.ts';
import { requireRunnerAccess } from './runners.ts';

const dayMs = 86_400_000;

/** Which days are asked for: `limit` of those strictly between `after` and `before`, from one end. */
export interface DayRange {
  limit: number;
  before?: Date | null;
  after?: Date | null;
  /** Begin at the old end; otherwise at the new one. */
  oldestFirst?: boolean;
  /** For the owner's eyes: sources that are excluded from sharing as well, behind all others. */
  withExcluded?: boolean;
}

export interface MergedDay extends DailyMetricsFacts {
  sources: Partial<Record<DailyMetricName, string>>;
  /** The metrics that are shared with nobody, since only excluded sources have them. */
  excludedMetrics: DailyMetricName[];
}

export interface DaySource {
  metric: DailyMetricName;
  source: string;
  isExcluded: boolean;
}

/** Where each value of a day comes from. */
export const daySources = ({ sources, excludedMetrics }: MergedDay): DaySource[] =>
  dailyMetricNames.flatMap((metric) => {
    const source = sources[metric];
    return source === undefined ? [] : [{ metric, source, isExcluded: excludedMetrics.includes(metric) }];
  });

/** A reading, and what is known of its source; null where nothing is. */
export type RankedReading = Pick<DailyReading, DailyMetricName | 'hrvType' | 'source'> & {
  date: string;
  excluded: boolean | null;
  priority: number | null;
  metricPriorities: Partial<Record<DailyMetricName, number>> | null;
};

const readingColumns = ['date', 'source', 'hrvType', ...dailyMetricNames].map((column) => `readings."${column}"`).join(', ');

/**
 * The query of all readings of some days. One statement, however many sources there are: a page is never torn by an import
 * that commits meanwhile. The days chosen have no others between them, so their ends say it all: joined with them one by one,
 * Postgres walks the table for each until it has statistics.
 */
const rankedReadings = (ofWhich: string, chosen: { bounds: string; direction: 'ASC' | 'DESC'; limit: number | string }): string => `
  WITH readings AS NOT MATERIALIZED (SELECT * FROM "DailyReading" WHERE ${ofWhich}),
  chosen AS (SELECT DISTINCT "date" FROM readings WHERE true ${chosen.bounds} ORDER BY "date" ${chosen.direction} LIMIT ${chosen.limit})
  SELECT ${readingColumns}, source."excluded", source."priority", source."metricPriorities" FROM readings
  LEFT JOIN "HealthSource" AS source ON source."runnerId" = readings."runnerId" AND source."name" = readings."source"
  WHERE readings."date" BETWEEN (SELECT min("date") FROM chosen) AND (SELECT max("date") FROM chosen)
  ORDER BY readings."date" ${chosen.direction}, readings."source" COLLATE "C"`;

/** The query of the shared readings of so many of the newest days, for `mergeDays`; its $1 is the runner. */
export const newestReadings = (days: number): string => rankedReadings(sharedRows, { bounds: '', direction: 'DESC', limit: days });

/** The days that have any reading, each once, newest first unless asked otherwise. */
export async function listMergedDays(
  { run }: Context,
  runnerId: string,
  { limit, before, after, oldestFirst, withExcluded }: DayRange,
): Promise<MergedDay[]> {
  const values: unknown[] = [runnerId, limit];
  const bound = (sign: '<' | '>', day: Date | null | undefined) => (day ? `AND "date" ${sign} $${values.push(formatDay(day))}::date` : '');
  const query = rankedReadings(withExcluded ? ofRunner : sharedRows, {
    bounds: `${bound('<', before)} ${bound('>', after)}`,
    direction: oldestFirst ? 'ASC' : 'DESC',
    limit: '$2',
  });
  const [row] = await run<{ readings: RankedReading[] }>({ text: `SELECT ${rowsAsJson(query)} AS "readings"` }, values);
  return mergeDays(row?.readings ?? []);
}

/** Merges readings of which those of one day stand together, in the order of the sources' names. */
export function mergeDays(readings: readonly RankedReading[]): MergedDay[] {
  const days = new Map<string, RankedReading[]>();
  for (const reading of readings) {
    const day = days.get(reading.date);
    if (day) day.push(reading);
    else days.set(reading.date, [reading]);
  }
  return [...days].map(([date, ofDay]) => mergeDay(date, ofDay));
}

function mergeDay(date: string, readings: readonly RankedReading[]): MergedDay {
  const day: MergedDay = { date, sources: {}, excludedMetrics: [] };
  for (const metric of dailyMetricNames) {
    const first = firstFor(metric, readings);
    if (!first) continue;
    day[metric] = first[metric];
    day.sources[metric] = first.source;
    if (metric === 'hrv') day.hrvType = first.hrvType;
    if (first.excluded) day.excludedMetrics.push(metric);
  }
  return day;
}

/** The reading that wins; of equals the earlier in the list. */
function firstFor(metric: DailyMetricName, readings: readonly RankedReading[]): RankedReading | null {
  let first: RankedReading | null = null;
  for (const reading of readings) {
    if (reading[metric] !== null && (first === null || rankOf(reading, metric) < rankOf(first, metric))) first = reading;
  }
  return first;
}

/** What comes first for a metric: the source's priority for it, else its priority; what is excluded comes last. */
export function rankOf(
  source: { excluded: boolean | null; priority: number | null; metricPriorities: Partial<Record<DailyMetricName, number>> | null },
  metric: DailyMetricName,
): number {
  const rank = source.metricPriorities?.[metric] ?? source.priority ?? unknownRank;
  return source.excluded ? rank + excludedRank : rank;
}

/** Greater than every priority there can be, so that sources of which nothing is known come after those. */
const unknownRank = 1e6;
const excludedRank = 1e9;

/** A day's place is the day itself. */
const places = {
  placeOf: ({ date }: MergedDay) => date,
  write: (date: string) => date,
  read: (written: unknown) => (typeof written === 'string' && parseDay(written) ? written : undefined),
};

/**
 * A part of the runner's merged days from `from` to `to`, both included, newest first, for their owner: what excluded
 * sources alone have is there, and marked. Days that are imported meanwhile make no other come twice or never.
 *
 * @throws INVALID for an end that is not a day, and as `connect`.
 */
export async function connectRunnerDays(
  ctx: Context,
  runnerId: string,
  { from, to, ...page }: ConnectionArgs & { from?: string | null | undefined; to?: string | null | undefined },
): Promise<Connection<MergedDay>> {
  requireRunnerAccess(ctx, runnerId);
  const [earliest, latest] = [requireDay('from', from), requireDay('to', to)];
  return connect<MergedDay, string>(page, places, ({ limit, after, before, inverted }) => {
    // The list runs from new to old, so its `after` is a latest day.
    const older = [...timesOf(after), ...(latest ? [latest.getTime() + dayMs] : [])];
    const newer = [...timesOf(before), ...(earliest ? [earliest.getTime() - dayMs] : [])];
    return listMergedDays(ctx, runnerId, {
      limit,
      before: older.length > 0 ? new Date(Math.min(...older)) : null,
      after: newer.length > 0 ? new Date(Math.max(...newer)) : null,
      oldestFirst: inverted,
      withExcluded: true,
    });
  });
}

const timesOf = (day: string | null): number[] => (day ? [new Date(day).getTime()] : []);
