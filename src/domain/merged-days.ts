/** A runner's days as they are served: of each metric the reading of the source that comes first. */
import type { DailyReading } from '../../prisma/generated/client/client.ts';
import { Prisma } from '../../prisma/generated/client/client.ts';
import type { Context, Tx } from './context.ts';
import { formatDay, parseDay } from './days.ts';
import { invalid } from './errors.ts';
import { type DailyMetricName, type DailyMetricsFacts, type DatedValue, dailyMetricNames } from './runner-context/facts.ts';
import { requireRunnerAccess } from './runners.ts';

const dayMs = 86_400_000;

/** Which days are asked for: `limit` of those strictly between `after` and `before`, from one end. */
export interface DayRange {
  limit: number;
  before?: Date | null;
  after?: Date | null;
  /** Begin at the old end; otherwise at the new one. */
  oldestFirst?: boolean;
}

/**
 * The days that have any reading, each once, newest first unless asked otherwise. One statement, however many sources
 * there are: a page is never torn by an import that commits meanwhile. The days chosen have no others between them, so
 * their ends say it all: joined with them one by one, Postgres walks the table for each until it has statistics.
 */
export async function listMergedDays(
  tx: Tx,
  runnerId: string,
  { limit, before, after, oldestFirst }: DayRange,
): Promise<DailyMetricsFacts[]> {
  const direction = oldestFirst ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const readings = await tx.$queryRaw<DailyReading[]>`
    WITH chosen AS (
      SELECT DISTINCT "date" FROM "DailyReading"
      WHERE "runnerId" = ${runnerId}::uuid
        ${before ? Prisma.sql`AND "date" < ${formatDay(before)}::date` : Prisma.empty}
        ${after ? Prisma.sql`AND "date" > ${formatDay(after)}::date` : Prisma.empty}
      ORDER BY "date" ${direction} LIMIT ${limit})
    SELECT reading.* FROM "DailyReading" AS reading
    LEFT JOIN "HealthSource" AS source ON source."runnerId" = reading."runnerId" AND source."name" = reading."source"
    WHERE reading."runnerId" = ${runnerId}::uuid
      AND reading."date" BETWEEN (SELECT min("date") FROM chosen) AND (SELECT max("date") FROM chosen)
    ORDER BY reading."date" ${direction}, source."priority" ASC NULLS LAST, reading."source" ASC`;
  return mergeDays(readings);
}

/** Merges readings that stand in order: days together, and within a day the source that comes first, first. */
function mergeDays(readings: readonly DailyReading[]): DailyMetricsFacts[] {
  const days = new Map<string, DailyMetricsFacts & { sources: Partial<Record<DailyMetricName, string>> }>();
  for (const reading of readings) {
    const date = formatDay(reading.date);
    const day = days.get(date) ?? { date, sources: {} };
    days.set(date, day);
    for (const metric of dailyMetricNames) {
      if (day[metric] != null || reading[metric] === null) continue;
      day[metric] = reading[metric];
      day.sources[metric] = reading.source;
      if (metric === 'hrv') day.hrvType = reading.hrvType;
    }
  }
  return [...days.values()];
}

/** The newest reading of one metric, however old; null when there is none. */
export async function findLatest(tx: Tx, runnerId: string, metric: DailyMetricName): Promise<DatedValue | null> {
  const column = Prisma.raw(`"${metric}"`);
  const [row] = await tx.$queryRaw<{ date: Date; value: number; source: string }[]>`
    SELECT reading."date", reading.${column} AS value, reading."source" FROM "DailyReading" AS reading
    LEFT JOIN "HealthSource" AS source ON source."runnerId" = reading."runnerId" AND source."name" = reading."source"
    WHERE reading."runnerId" = ${runnerId}::uuid AND reading.${column} IS NOT NULL
    ORDER BY reading."date" DESC, source."priority" ASC NULLS LAST, reading."source" ASC LIMIT 1`;
  return row ? { value: row.value, on: formatDay(row.date), source: row.source } : null;
}

/** A page of days between two ends, newest first; `after` and `before` are days too, in that order. */
export interface DayPage {
  limit: number;
  after?: string | undefined;
  before?: string | undefined;
  inverted: boolean;
  from?: string | null | undefined;
  to?: string | null | undefined;
}

/**
 * The runner's merged days from `from` to `to`, both included, one page of them. Newest first; oldest first when
 * `inverted`.
 *
 * @throws INVALID for an end that is not a day.
 */
export function listRunnerDays(ctx: Context, runnerId: string, { limit, after, before, inverted, from, to }: DayPage) {
  requireRunnerAccess(ctx, runnerId);
  const bounds = (given: [path: string, text: string | null | undefined, shiftDays: number][]) =>
    given.flatMap(([path, text, shiftDays]) => {
      if (text == null) return [];
      const date = parseDay(text);
      if (!date) throw invalid([{ path, message: 'must be a day that exists, written YYYY-MM-DD' }]);
      return date.getTime() + shiftDays * dayMs;
    });
  // The list runs from new to old, so its `after` is a latest day.
  const older = bounds([
    ['after', after, 0],
    ['to', to, 1],
  ]);
  const newer = bounds([
    ['before', before, 0],
    ['from', from, -1],
  ]);
  return listMergedDays(ctx.db, runnerId, {
    limit,
    before: older.length > 0 ? new Date(Math.min(...older)) : null,
    after: newer.length > 0 ? new Date(Math.max(...newer)) : null,
    oldestFirst: inverted,
  });
}
