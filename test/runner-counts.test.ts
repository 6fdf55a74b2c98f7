/** How many days and runs a context says are held, which the database counts while it writes: as counting says, whoever wrote how. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner, type WrittenRunner } from './support/runners.ts';

const gateway = await startGateway();
const { db } = gateway;
const sources = ['watch', 'ring', 'scale'];
const healthSources = sources.map((name, priority) => ({ name, kind: 'FILE', priority: priority + 1 }));
let runners: WrittenRunner[] = [];

/** Two runners, of whom each source has something. */
async function beginAnew(): Promise<void> {
  const document = {
    healthSources,
    runs: sources.map((source, hour) => ({ source, startedAt: `2024-03-01T0${hour}:00:00Z`, distanceMeters: 5_000 + 1_000 * hour })),
    dailyMetrics: sources.map((source) => ({ source, date: '2024-03-01', hrv: 59 })),
  };
  runners = [await createSharedRunner(gateway, document), await createSharedRunner(gateway, document)];
}

/** Days around the ends of months, of a leap year and of 31 days. */
const dayOf = (pick: number) => new Date(Date.UTC(2024, 1, 27) + ((pick * 7) % 40) * 86_400_000);
const iso = (day: Date | undefined) => day?.toISOString().slice(0, 10) ?? null;

/** What the context says is held: days, the first of them, runs, the first of them. */
async function said(path: string) {
  const text = await (await gateway.get(path)).text();
  const [, days, firstDay] = /full daily history \((\d+) days? since \w{3} ([\d-]+)\)/.exec(text) ?? [];
  const [, runs, firstRun] = /newest of (\d+) runs? held since \w{3} ([\d-]+);/.exec(text) ?? [];
  return [Number(days ?? 0), firstDay ?? null, Number(runs ?? 0), firstRun ?? null];
}

/** The same, counted row by row. */
async function counted(runnerId: string) {
  const excluded = await db.healthSource.findMany({ where: { runnerId, excluded: true } });
  const where = { runnerId, source: { notIn: excluded.map(({ name }) => name) } };
  const readings = await db.dailyReading.findMany({ where, orderBy: { date: 'asc' } });
  const runs = await db.run.findMany({ where: { ...where, isDuplicate: false }, orderBy: { startedOn: 'asc' } });
  return [new Set(readings.map(({ date }) => iso(date))).size, iso(readings[0]?.date), runs.length, iso(runs[0]?.startedOn)];
}

type Tx = Pick<typeof db, 'run' | 'dailyReading' | 'healthSource' | '$executeRaw'>;

/** Writes past the API, as another program on the same database would. */
const ways = {
  days: (tx: Tx, { runnerId, source, pick }: At) =>
    tx.dailyReading.createMany({
      data: [0, 1, 2].map((more) => ({ runnerId, source, date: dayOf(pick + more), hrv: 60 })),
      skipDuplicates: true,
    }),
  runs: (tx: Tx, { runnerId, source, pick }: At) => {
    const isDuplicate = pick % 5 === 0;
    const row = (more: number) => ({ runnerId, source, externalId: crypto.randomUUID(), startedOn: dayOf(pick + more), isDuplicate });
    return tx.run.createMany({ data: [row(0), row(1)] });
  },
  conflict: (tx: Tx, { runnerId, source, day }: At) =>
    tx.$executeRaw`INSERT INTO "DailyReading" ("id", "runnerId", "source", "date", "hrv")
      SELECT gen_random_uuid(), ${runnerId}::uuid, ${source}, ${iso(day)}::date + more, 62 FROM generate_series(0, 3) AS more
      ON CONFLICT ("runnerId", "date", "source") DO UPDATE SET "hrv" = excluded."hrv"`,
  changedDays: (tx: Tx, { runnerId, source, pick }: At) =>
    tx.dailyReading.updateMany({ where: { runnerId, source }, data: { hrv: 70 + (pick % 9) } }),
  changedRuns: (tx: Tx, { runnerId, source, pick }: At) =>
    tx.run.updateMany({ where: { runnerId, source }, data: { notes: `note ${pick}` } }),
  // To where the source has nothing, so that no two of its readings meet.
  movedDays: (tx: Tx, { runnerId, source }: At) =>
    tx.$executeRaw`UPDATE "DailyReading" SET "date" = "date" + 400
      WHERE "runnerId" = ${runnerId}::uuid AND "source" = ${source} AND "date" < '2025-01-01' AND NOT EXISTS (
        SELECT FROM "DailyReading" WHERE "runnerId" = ${runnerId}::uuid AND "source" = ${source} AND "date" >= '2025-01-01')`,
  movedRuns: (tx: Tx, { runnerId, source, pick }: At) =>
    tx.run.updateMany({ where: { runnerId, source }, data: { source: sources[(pick + 1) % 3] ?? '' } }),
  fewerDays: (tx: Tx, { runnerId, day }: At) => tx.dailyReading.deleteMany({ where: { runnerId, date: day } }),
  fewerRuns: (tx: Tx, { runnerId, day }: At) => tx.run.deleteMany({ where: { runnerId, startedOn: day } }),
  duplicates: (tx: Tx, { runnerId, source }: At) => tx.run.updateMany({ where: { runnerId, source }, data: { isDuplicate: true } }),
  again: (tx: Tx, { runnerId, day }: At) => tx.run.updateMany({ where: { runnerId, startedOn: day }, data: { isDuplicate: false } }),
  excluded: (tx: Tx, { runnerId, source, pick }: At) =>
    tx.healthSource.updateMany({ where: { runnerId, name: source }, data: { excluded: pick % 4 < 2 } }),
};

const placeOf = (pick: number) => ({ runnerId: runners[pick % 2]?.id ?? '', source: sources[pick % 3] ?? '', day: dayOf(pick), pick });
type At = ReturnType<typeof placeOf>;

const step = fc.record({
  way: fc.constantFrom('days' as const, 'runs' as const, ...(Object.keys(ways) as (keyof typeof ways)[])),
  pick: fc.nat(1_000),
  isUndone: fc.nat(5).map((one) => one === 0),
});

async function takeAll(steps: { way: keyof typeof ways; pick: number; isUndone: boolean }[]): Promise<void> {
  for (const { way, pick, isUndone } of steps) {
    if (!isUndone) await ways[way](db, placeOf(pick));
    else {
      const undone = db.$transaction(async (tx) => {
        await ways[way](tx, placeOf(pick));
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
    }
  }
}

it('is what counting says, after any writes by two at once', async () => {
  const steps = fc.array(step, { maxLength: 12 });
  const walk = fc.asyncProperty(steps, steps, async (one, other) => {
    await Promise.all([takeAll(one), takeAll(other)]);
    for (const { id, path } of runners) expect(await said(path)).toEqual(await counted(id));
  });
  await fc.assert(walk.beforeEach(beginAnew), { numRuns: 25 });
}, 60_000);

it('goes with the runner', async () => {
  const { id } = await createSharedRunner(gateway, {
    dailyMetrics: [{ date: '2024-02-29', source: 'watch', hrv: 60 }],
    runs: [{ source: 'watch', startedAt: '2024-02-29T06:00:00Z', distanceMeters: 5_000 }],
  });
  const held = async () => [await db.runCount.count({ where: { runnerId: id } }), await db.readingMonth.count({ where: { runnerId: id } })];
  expect(await held()).toEqual([1, 1]);
  await db.runner.delete({ where: { id } });
  expect(await held()).toEqual([0, 0]);
});
