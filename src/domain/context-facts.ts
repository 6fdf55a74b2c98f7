/** Reads from the database what a runner's context is made of: the shared sections, and nothing of the others. */
import type { ContextLink, Run, Runner } from '../../prisma/generated/client/client.ts';
import { Prisma } from '../../prisma/generated/client/client.ts';
import type { Context, Tx } from './context.ts';
import { scopesOf } from './context-links.ts';
import { formatDay } from './days.ts';
import { andShared, excludedSources, sharedLabTests, sharedOnly } from './excluded-sources.ts';
import { loadBests } from './load-bests.ts';
import { localDate } from './local-dates.ts';
import { findLatest, listMergedDays } from './merged-days.ts';
import type { DocumentOptions } from './runner-context/document-options.ts';
import type {
  ContextScope,
  DatedValue,
  HealthFacts,
  LabFacts,
  ProfileFacts,
  RunFacts,
  RunnerContextFacts,
  TrainingFacts,
} from './runner-context/facts.ts';
import { shownMax, showsSection } from './runner-context/shared-context.ts';

/** The longest baseline; the facts hold at least as many days. */
const baselineDays = 28;

/** The facts of the sections that are both shared and asked for; at least as many as are shown in that detail. */
export async function loadContextFacts(
  ctx: Context,
  runner: Runner,
  link: ContextLink,
  url: string,
  { sections, detail }: DocumentOptions,
): Promise<RunnerContextFacts> {
  const { db } = ctx;
  const now = ctx.now();
  const scopes = scopesOf(link);
  const excluded = await excludedSources(db, runner.id);
  const shows = (scope: ContextScope) => showsSection(scopes, sections, scope);
  // The gaps and the usual volume are told of the same weeks, however brief the rest is.
  const max = shownMax[detail === 'full' ? 'full' : 'standard'];
  const [profile, training, health, labs, sources] = await Promise.all([
    shows('profile') ? loadProfile(db, runner, excluded, localDate(now, runner.timezone)) : null,
    shows('training') ? loadTraining(db, runner.id, excluded, max) : null,
    shows('health') ? loadHealth(db, runner.id, Math.max(baselineDays, max.days)) : null,
    shows('labs') ? loadLabs(db, runner.id, excluded) : null,
    db.healthSource.findMany({ where: { runnerId: runner.id, excluded: false }, orderBy: [{ priority: 'asc' }, { name: 'asc' }] }),
  ]);
  const { username, units, timezone } = runner;
  return {
    runner: { username, units, timezone },
    scopes,
    profile,
    training,
    health,
    labs,
    sources,
    now,
    publicUrl: ctx.publicUrl,
    contextUrl: url,
    historyUrl: `${url}/health`,
  };
}

async function loadProfile(db: Tx, runner: Runner, excluded: string[], today: string): Promise<ProfileFacts> {
  const where = sharedOnly(runner.id, excluded);
  const newest = { orderBy: [{ date: 'desc' as const }, { id: 'desc' as const }] };
  const [measurements, zones, gear, bests] = await Promise.all([
    db.measurement.findMany({ where, ...newest, distinct: ['kind'] }),
    db.heartRateZones.findFirst({ where, ...newest }),
    db.gear.findMany({ where: { runnerId: runner.id }, orderBy: [{ name: 'asc' }] }),
    loadBests(db, runner.id, today),
  ]);
  const newestOf = (kind: (typeof measurements)[number]['kind']): DatedValue | null => {
    const found = measurements.find((measurement) => measurement.kind === kind);
    return found ? { value: found.value, on: formatDay(found.date), source: found.source } : null;
  };
  const maxima = zones && [zones.zone1Max, zones.zone2Max, zones.zone3Max, zones.zone4Max, zones.zone5Max].filter((max) => max !== null);
  return {
    birthDate: runner.birthDate && formatDay(runner.birthDate),
    sex: runner.sex,
    heightCm: runner.heightCm,
    weightKg: newestOf('WEIGHT'),
    restingHr: newestOf('RESTING_HEART_RATE'),
    maxHr: newestOf('MAX_HEART_RATE'),
    lthr: newestOf('LACTATE_THRESHOLD_HEART_RATE'),
    hrZones: zones && maxima && { maxima, on: formatDay(zones.date), source: zones.source },
    runningSince: runner.runningSince,
    weeklyFrequency: runner.weeklyFrequency,
    gear: gear.map((item) => ({ ...item, retiredOn: item.retiredOn && formatDay(item.retiredOn) })),
    ...bests,
  };
}

async function loadTraining(db: Tx, runnerId: string, excluded: string[], max: { runs: number; weeks: number }): Promise<TrainingFacts> {
  const where = { runnerId };
  const shared = sharedOnly(runnerId, excluded);
  const newestFirst = [{ startedOn: 'desc' as const }, { startedAt: 'desc' as const }, { id: 'desc' as const }];
  const [counted, newest, weeks, goals, raceResults] = await Promise.all([
    db.run.aggregate({ where: { ...shared, isDuplicate: false }, _count: true, _min: { startedOn: true } }),
    db.run.findMany({ where: { ...shared, isDuplicate: false }, orderBy: newestFirst, take: max.runs, select: { startedOn: true } }),
    listNewestWeeks(db, runnerId, max.weeks),
    db.goal.findMany({ where, orderBy: { name: 'asc' } }),
    db.raceResult.findMany({ where, orderBy: [{ date: 'desc' }, { name: 'asc' }] }),
  ]);
  const starts = [newest.at(-1)?.startedOn, weeks.at(-1)].flatMap((date) => (date ? [date.getTime()] : []));
  const since = starts.length > 0 ? new Date(Math.min(...starts)) : null;
  const runs = since ? await db.run.findMany({ where: { ...shared, startedOn: { gte: since } }, orderBy: newestFirst }) : [];
  const first = counted._min.startedOn;
  return {
    runs: runs.map(runFacts),
    runCount: counted._count,
    firstRunOn: first && formatDay(first),
    goals: goals.map((goal) => ({ ...goal, date: goal.date && formatDay(goal.date) })),
    raceResults: raceResults.map((race) => ({ ...race, date: formatDay(race.date) })),
  };
}

/**
 * The Mondays of the newest weeks with a run, newest first. Goes from each week's first moment to the run before it, so
 * that its time hangs on the number of weeks, not of years.
 */
async function listNewestWeeks(db: Tx, runnerId: string, limit: number): Promise<Date[]> {
  const newestMonday = (before: Prisma.Sql) => Prisma.sql`
    SELECT date_trunc('week', "startedOn"::timestamp)::date AS monday FROM "Run"
    WHERE "runnerId" = ${runnerId}::uuid AND NOT "isDuplicate" ${before} ${andShared(runnerId)} ORDER BY "startedOn" DESC LIMIT 1`;
  const weeks = await db.$queryRaw<{ monday: Date }[]>`
    WITH RECURSIVE week AS (
      (${newestMonday(Prisma.empty)})
      UNION ALL
      SELECT earlier.monday FROM week CROSS JOIN LATERAL (${newestMonday(Prisma.sql`AND "startedOn" < week.monday`)}) AS earlier)
    SELECT monday FROM week LIMIT ${limit}`;
  return weeks.map(({ monday }) => monday);
}

const runFacts = (run: Run): RunFacts => ({ ...run, startedOn: formatDay(run.startedOn) });

async function loadHealth(db: Tx, runnerId: string, limit: number): Promise<HealthFacts> {
  const [days, [held], latestVo2Max, latestFitnessAge, latestWeightKg] = await Promise.all([
    listMergedDays(db, runnerId, { limit }),
    db.$queryRaw<{ count: number; first: Date | null }[]>`
      SELECT count(*)::int AS count, min("date") AS first FROM (
        SELECT DISTINCT "date" FROM "DailyReading" WHERE "runnerId" = ${runnerId}::uuid ${andShared(runnerId)}) AS day`,
    findLatest(db, runnerId, 'vo2Max'),
    findLatest(db, runnerId, 'fitnessAge'),
    findLatest(db, runnerId, 'weightKg'),
  ]);
  return {
    days,
    dayCount: held?.count ?? 0,
    firstDayOn: held?.first && formatDay(held.first),
    latestVo2Max,
    latestFitnessAge,
    latestWeightKg,
  };
}

async function loadLabs(db: Tx, runnerId: string, excluded: string[]): Promise<LabFacts> {
  const tests = await db.labTest.findMany({
    where: sharedLabTests(runnerId, excluded),
    orderBy: [{ date: 'desc' }, { name: 'asc' }],
    include: { markers: { orderBy: { position: 'asc' } } },
  });
  return {
    tests: tests.map((test) => ({
      ...test,
      date: formatDay(test.date),
      // The column's CHECK knows these four.
      markers: test.markers.map((marker) => ({ ...marker, comparator: marker.comparator as '<' | '<=' | '>' | '>=' | null })),
    })),
  };
}
