/** Reads from the database what a runner's bests are made of, as much of it as can matter. */
import type { Tx } from './context.ts';
import { formatDay } from './days.ts';
import { andShared } from './excluded-sources.ts';
import { firstRecentDay, type Performance, personalBests, recentPerformances, runWindows } from './personal-bests.ts';

/** The bests, and those of the last 365 days up to `today`; runs of excluded sources are none. */
export async function loadBests(db: Tx, runnerId: string, today: string) {
  const performances = await loadPerformances(db, runnerId, today);
  return { personalBests: personalBests(performances), recentBests: personalBests(recentPerformances(performances, today)) };
}

/** Everything that may be one of those: race results, what they state, and the fastest runs. */
async function loadPerformances(db: Tx, runnerId: string, today: string): Promise<Performance[]> {
  const [races, stated, runs] = await Promise.all([
    db.raceResult.findMany({ where: { runnerId }, select: { distanceMeters: true, timeSeconds: true, date: true } }),
    db.personalBest.findMany({ where: { runnerId } }),
    listFastestRuns(db, runnerId, today),
  ]);
  return [
    ...races.map((race) => ({ ...race, kind: 'race' as const, date: formatDay(race.date) })),
    ...stated.map(({ distanceMeters, timeSeconds, date }) => ({
      kind: 'manual' as const,
      distanceMeters,
      timeSeconds,
      date: date && formatDay(date),
    })),
    ...runs.map((run) => ({ ...run, kind: 'run' as const, date: formatDay(run.date) })),
  ];
}

/**
 * At each race distance the fastest run ever and the fastest of the last 365 days, of equal ones the first. They are
 * found in an index, so that a runner of twenty years is not read whole for a dozen rows.
 */
function listFastestRuns(db: Tx, runnerId: string, today: string): Promise<{ distanceMeters: number; timeSeconds: number; date: Date }[]> {
  const column = (key: keyof (typeof runWindows)[number]) => runWindows.map((window) => window[key]);
  return db.$queryRaw`
    SELECT fastest.* FROM unnest(${column('metersMin')}::float8[], ${column('metersMax')}::float8[], ${column('secondsMin')}::float8[])
      AS race("metersMin", "metersMax", "secondsMin")
    CROSS JOIN (VALUES ('-infinity'::date, 'infinity'::date), (${firstRecentDay(today)}::date, ${today}::date)) AS period("first", "last")
    CROSS JOIN LATERAL (
      SELECT "distanceMeters", "movingSeconds" AS "timeSeconds", "startedOn" AS "date" FROM "Run"
      WHERE "runnerId" = ${runnerId}::uuid AND NOT "isDuplicate" AND "movingSeconds" >= race."secondsMin"
        AND "distanceMeters" BETWEEN race."metersMin" AND race."metersMax"
        AND "startedOn" BETWEEN period."first" AND period."last" ${andShared(runnerId)}
      ORDER BY "movingSeconds", "startedOn" LIMIT 1) AS fastest`;
}
