/** Reads from the database what a runner's bests are made of, as much of it as can matter. */
import type { Context } from './context.ts';
import { ofRunner, sharedRows } from './excluded-sources.ts';
import { firstRecentDay, type Performance, personalBests, recentPerformances, runWindows } from './personal-bests.ts';
import { rowsAsJson } from './rows-as-json.ts';

type FoundPerformance = Required<Omit<Performance, 'kind'>>;

/** Everything that may be a best: race results, what is stated, and the fastest runs. */
export interface FoundPerformances {
  races: FoundPerformance[];
  stated: FoundPerformance[];
  runs: FoundPerformance[];
}

const windows = runWindows
  .map(({ metersMin, metersMax, secondsMin }) => `(${metersMin}::float8, ${metersMax}::float8, ${secondsMin}::float8)`)
  .join(', ');

/** Of equal ones the first. It is found in an index, so that a runner of twenty years is not read whole for a dozen rows. */
const fastestRun = (further: string) => `
  SELECT "distanceMeters", "movingSeconds" AS "timeSeconds", "startedOn" AS "date" FROM "Run"
  WHERE ${sharedRows} AND NOT "isDuplicate" AND "movingSeconds" >= race."secondsMin"
    AND "distanceMeters" BETWEEN race."metersMin" AND race."metersMax" ${further}
  ORDER BY "movingSeconds", "startedOn" LIMIT 1`;

/**
 * At each race distance the fastest run ever and the fastest of the last 365 days, which is looked for only where there
 * is a fastest ever and it is older.
 */
const fastestRuns = `
  SELECT fastest.* FROM (VALUES ${windows}) AS race("metersMin", "metersMax", "secondsMin")
  CROSS JOIN LATERAL (${fastestRun('')}) AS ever
  CROSS JOIN LATERAL (
    SELECT ever.* UNION ALL
    (${fastestRun(`AND "startedOn" BETWEEN $3::date AND $2::date AND ever."date" NOT BETWEEN $3::date AND $2::date`)})) AS fastest`;

/** `FoundPerformances`, in a statement whose first values are those of `bestsValues`. */
export const performancesJson = `json_build_object(
  'races', ${rowsAsJson(`SELECT "distanceMeters", "timeSeconds", "date" FROM "RaceResult" WHERE ${ofRunner}`)},
  'stated', ${rowsAsJson(`SELECT "distanceMeters", "timeSeconds", "date" FROM "PersonalBest" WHERE ${ofRunner}`)},
  'runs', ${rowsAsJson(fastestRuns)})`;

/** @param today is the runner's local day. */
export const bestsValues = (runnerId: string, today: string): string[] => [runnerId, today, firstRecentDay(today)];

/** The bests, and those of the last 365 days up to `today`; runs of excluded sources are none. */
export function bestsOf({ races, stated, runs }: FoundPerformances, today: string) {
  const performances: Performance[] = [
    ...races.map((race) => ({ kind: 'race' as const, ...race })),
    ...stated.map((best) => ({ kind: 'manual' as const, ...best })),
    ...runs.map((run) => ({ kind: 'run' as const, ...run })),
  ];
  return { personalBests: personalBests(performances), recentBests: personalBests(recentPerformances(performances, today)) };
}

/** The same for whoever needs nothing else. */
export async function loadBests({ run }: Context, runnerId: string, today: string) {
  const statement = { name: 'personal-bests', text: `SELECT ${performancesJson} AS "found"` };
  const [row] = await run<{ found: FoundPerformances }>(statement, bestsValues(runnerId, today));
  return bestsOf(row?.found ?? { races: [], stated: [], runs: [] }, today);
}
