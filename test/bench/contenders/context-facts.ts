/** What a runner's context is made of, by hand: one statement that lets Postgres put it together as JSON. */
import type pg from 'pg';
import { raceDistances } from '../../../src/domain/race-distances.ts';
import {
  type DailyMetricsFacts,
  type DatedValue,
  dailyMetricNames,
  type GearFacts,
  type GoalFacts,
  type LabTestFacts,
  type RaceResultFacts,
  type RunFacts,
  type SourceFacts,
} from '../../../src/domain/runner-context/facts.ts';

/** As the gateway decides which runs may be somebody's best. */
const nearRaceDistance = raceDistances.map(({ meters }) => `"distanceMeters" BETWEEN ${meters * 0.99} AND ${meters * 1.03}`).join(' OR ');

const mine = '"runnerId" = $1';
const shared = `${mine} AND "source" NOT IN (SELECT "name" FROM excluded)`;

const rowsOf = (query: string) => `(SELECT coalesce(json_agg(item), '[]') FROM (${query}) AS item)`;

/** The newest reading of one metric, of the source that comes first. */
const latest = (metric: string) => `(SELECT row_to_json(item) FROM (
  SELECT reading."${metric}" AS value, reading."date" AS "on", reading."source" FROM "DailyReading" AS reading
  LEFT JOIN "HealthSource" AS source ON source."runnerId" = reading."runnerId" AND source."name" = reading."source"
  WHERE reading."runnerId" = $1 AND reading."source" NOT IN (SELECT "name" FROM excluded) AND reading."${metric}" IS NOT NULL
  ORDER BY reading."date" DESC, coalesce((source."metricPriorities"->>'${metric}')::int, source."priority") NULLS LAST, reading."source" COLLATE "C"
  LIMIT 1) AS item)`;

const text = `
WITH excluded AS (SELECT "name" FROM "HealthSource" WHERE ${mine} AND "excluded"),
runs AS (SELECT * FROM "Run" WHERE ${shared}),
since AS (SELECT least(
  (SELECT min("startedOn") FROM (SELECT "startedOn" FROM runs WHERE NOT "isDuplicate" ORDER BY "startedOn" DESC LIMIT 20) AS newest),
  (SELECT min(monday) FROM (SELECT DISTINCT date_trunc('week', "startedOn")::date AS monday FROM runs WHERE NOT "isDuplicate" ORDER BY 1 DESC LIMIT 12) AS weeks)
) AS day),
readings AS (SELECT * FROM "DailyReading" WHERE ${shared}),
days AS (SELECT DISTINCT "date" FROM readings ORDER BY "date" DESC LIMIT 28)
SELECT
  ${rowsOf(`SELECT DISTINCT ON ("kind") "kind", "value", "date" AS "on", "source" FROM "Measurement" WHERE ${shared} ORDER BY "kind", "date" DESC, "id" DESC`)} AS measurements,
  (SELECT row_to_json(item) FROM (SELECT * FROM "HeartRateZones" WHERE ${shared} ORDER BY "date" DESC, "id" DESC LIMIT 1) AS item) AS zones,
  ${rowsOf(`SELECT * FROM "Gear" WHERE ${mine} ORDER BY "name"`)} AS gear,
  ${rowsOf(`SELECT * FROM "RaceResult" WHERE ${mine} ORDER BY "date" DESC, "name"`)} AS races,
  ${rowsOf(`SELECT * FROM "PersonalBest" WHERE ${mine}`)} AS stated,
  ${rowsOf(`SELECT "distanceMeters", "movingSeconds", "startedOn" FROM runs WHERE NOT "isDuplicate" AND "movingSeconds" IS NOT NULL AND (${nearRaceDistance})`)} AS "nearRuns",
  ${rowsOf(`SELECT * FROM runs WHERE "startedOn" >= (SELECT day FROM since) ORDER BY "startedOn" DESC, "startedAt" DESC, "id" DESC`)} AS runs,
  (SELECT count(*)::int FROM runs WHERE NOT "isDuplicate") AS "runCount",
  (SELECT min("startedOn")::text FROM runs WHERE NOT "isDuplicate") AS "firstRunOn",
  ${rowsOf(`SELECT * FROM "Goal" WHERE ${mine} ORDER BY "name"`)} AS goals,
  ${rowsOf(`SELECT readings.*, source."priority", source."metricPriorities" FROM readings
    LEFT JOIN "HealthSource" AS source ON source."runnerId" = readings."runnerId" AND source."name" = readings."source"
    WHERE readings."date" >= (SELECT min("date") FROM days) ORDER BY readings."date" DESC, readings."source" COLLATE "C"`)} AS readings,
  (SELECT count(DISTINCT "date")::int FROM readings) AS "dayCount",
  (SELECT min("date")::text FROM readings) AS "firstDayOn",
  ${latest('vo2Max')} AS "latestVo2Max", ${latest('fitnessAge')} AS "latestFitnessAge", ${latest('weightKg')} AS "latestWeightKg",
  ${rowsOf(`SELECT test.*, ${rowsOf(`SELECT * FROM "LabMarker" WHERE "labTestId" = test."id" ORDER BY "position"`)} AS markers
    FROM "LabTest" AS test WHERE ${mine} AND ("source" IS NULL OR "source" NOT IN (SELECT "name" FROM excluded)) ORDER BY "date" DESC, "name"`)} AS tests,
  ${rowsOf(`SELECT * FROM "HealthSource" WHERE ${mine} AND NOT "excluded" ORDER BY "priority", "name"`)} AS sources`;

/** As Postgres's JSON has it: days are texts, and so are instants. */
export interface LoadedFacts {
  measurements: { kind: string; value: number; on: string; source: string }[];
  zones: (Record<`zone${1 | 2 | 3 | 4 | 5}Max`, number | null> & { date: string; source: string }) | null;
  nearRuns: { distanceMeters: number; movingSeconds: number; startedOn: string }[];
  readings: Reading[];
  gear: GearFacts[];
  races: RaceResultFacts[];
  stated: { distanceMeters: number; timeSeconds: number; date: string | null }[];
  runs: (Omit<RunFacts, 'startedAt'> & { startedAt: string | null })[];
  goals: GoalFacts[];
  tests: LabTestFacts[];
  sources: (Omit<SourceFacts, 'lastImportAt'> & { lastImportAt: string | null })[];
  runCount: number;
  firstRunOn: string | null;
  dayCount: number;
  firstDayOn: string | null;
  latestVo2Max: DatedValue | null;
  latestFitnessAge: DatedValue | null;
  latestWeightKg: DatedValue | null;
}

type Metric = (typeof dailyMetricNames)[number];
type Reading = Record<Metric, number | null> & {
  date: string;
  source: string;
  hrvType: string | null;
  priority: number | null;
  metricPriorities: Partial<Record<Metric, number>> | null;
};

export async function loadFacts(pool: pg.Pool, runnerId: string): Promise<LoadedFacts> {
  const { rows } = await pool.query<LoadedFacts>({ name: 'context-facts', text, values: [runnerId] });
  return rows[0] as LoadedFacts;
}

type RankedDay = DailyMetricsFacts & { ranks: Partial<Record<Metric, number>>; sources: Partial<Record<Metric, string>> };

/** Of each metric of a day the reading of the source that comes first. */
export function mergeDays(readings: readonly Reading[]): DailyMetricsFacts[] {
  const days = new Map<string, RankedDay>();
  for (const reading of readings) {
    let day = days.get(reading.date);
    if (!day) {
      day = { date: reading.date, sources: {}, ranks: {} };
      days.set(reading.date, day);
    }
    for (const metric of dailyMetricNames) if (reading[metric] !== null) take(day, metric, reading);
  }
  return [...days.values()];
}

function take(day: RankedDay, metric: Metric, reading: Reading): void {
  const rank = reading.metricPriorities?.[metric] ?? reading.priority ?? 1e6;
  if (rank >= (day.ranks[metric] ?? Number.POSITIVE_INFINITY)) return;
  day.ranks[metric] = rank;
  day[metric] = reading[metric];
  day.sources[metric] = reading.source;
  if (metric === 'hrv') day.hrvType = reading.hrvType;
}
