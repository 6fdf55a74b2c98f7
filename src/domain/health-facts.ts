/** What the section health is made of. */
import { sharedRows } from './excluded-sources.ts';
import { mergeDays, newestReadings, type RankedReading } from './merged-days.ts';
import { rowAsJson, rowsAsJson } from './rows-as-json.ts';
import type { DailyMetricName, HealthFacts } from './runner-context/facts.ts';

/** As the statement finds it. */
export interface FoundHealth extends Omit<HealthFacts, 'days'> {
  readings: RankedReading[];
}

/** The newest shared reading of one metric, however old; null when there is none. */
const latest = (metric: DailyMetricName) =>
  rowAsJson(`
    SELECT readings."${metric}" AS "value", readings."date" AS "on", readings."source"
    FROM (SELECT * FROM "DailyReading" WHERE ${sharedRows}) AS readings
    LEFT JOIN "HealthSource" AS source ON source."runnerId" = readings."runnerId" AND source."name" = readings."source"
    WHERE readings."${metric}" IS NOT NULL
    ORDER BY readings."date" DESC, coalesce((source."metricPriorities"->>'${metric}')::int, source."priority") ASC NULLS LAST,
      readings."source" COLLATE "C" LIMIT 1`);

/** `FoundHealth` with so many of the newest days, in a statement whose $1 is the runner. */
export const healthJson = (days: number): string => `(
  SELECT json_build_object(
    'readings', ${rowsAsJson(newestReadings(days))},
    'dayCount', held."count",
    'firstDayOn', held."first",
    'latestVo2Max', ${latest('vo2Max')},
    'latestFitnessAge', ${latest('fitnessAge')},
    'latestWeightKg', ${latest('weightKg')})
  FROM (SELECT coalesce(sum(bit_count("days")), 0) AS "count",
      min("month" + position(B'1' IN "days") - 1) FILTER (WHERE bit_count("days") > 0) AS "first"
    FROM (SELECT "month", bit_or("days") AS "days" FROM "ReadingMonth" WHERE ${sharedRows} GROUP BY "month") AS month) AS held)`;

export const healthFacts = ({ readings, ...others }: FoundHealth): HealthFacts => ({ ...others, days: mergeDays(readings) });
