import { isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../schema/index.ts';
import { startGateway } from './support/gateway.ts';
import { eventRows, insertAuditEvents, insertPartners } from './support/many-rows.ts';
import { ask, createSharedRunner, importRunner, type WrittenRunner } from './support/runners.ts';
import { everythingOnce, isPaged } from './support/selections.ts';
import { countStatements } from './support/statements.ts';
import { createPlan, createWorkout, updateWorkout } from './support/templates.ts';

const gateway = await startGateway();
const [few, many] = [2, 50];
const changing = await createWorkout(gateway);

interface Measured {
  /** Writes the rows with these numbers. */
  fill(from: number, to: number): Promise<unknown>;
  /** The question, with the list under the name `list` and this selection in it. */
  text(selection: string): string;
  /** How many statements the question may take, however many rows there are. */
  statementsMax: number;
}

/** The rows of a page, whatever they are called. */
type Page = unknown[] | Partial<Record<'edges' | 'data' | 'metrics' | 'runs', unknown[]>>;

const each = (make: (index: number) => Promise<unknown>) => async (from: number, to: number) => {
  for (let index = from; index < to; index++) await make(index);
};

/** A runner with a day and a run for each row. */
async function ofRunner(listOf: (runner: WrittenRunner, selection: string) => string, statementsMax: number): Promise<Measured> {
  const runner = await createSharedRunner(gateway);
  const dateOf = (index: number) => new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10);
  return {
    fill(from, to) {
      const places = Array.from({ length: to - from }, (_, index) => ({ date: dateOf(from + index), source: `watch-${index % 3}` }));
      const dailyMetrics = places.map((place) => ({ ...place, restingHeartRate: 40 }));
      const runs = places.map(({ date, source }) => ({ startedOn: date, source, externalId: date, distanceMeters: 5_000 }));
      const zones = { zone1Max: 120, zone2Max: 130, zone3Max: 140, zone4Max: 150 };
      return importRunner(gateway, {
        username: runner.username,
        dailyMetrics,
        runs,
        measurements: places.map((place) => ({ ...place, kind: 'WEIGHT', value: 60 })),
        heartRateZones: places.map((place) => ({ ...place, ...zones })),
        raceResults: places.map(({ date }) => ({ date, name: 'race', distanceMeters: 5_000, timeSeconds: 1_200 })),
        labTests: places.map((place) => ({ ...place, name: 'panel', markers: [{ name: 'Ferritin', value: 34 }] })),
      });
    },
    text: (selection) => listOf(runner, selection),
    statementsMax,
  };
}

/** A runner whose context is read on a day for each row. */
async function readsOfRunner(): Promise<Measured> {
  const { id } = await createSharedRunner(gateway);
  const link = await gateway.db.contextLink.findFirstOrThrow({ where: { runnerId: id } });
  const read = { linkId: link.id, section: 'labs', client: 'other', count: 1n };
  return {
    fill: each((index) => gateway.db.contextRead.create({ data: { ...read, day: new Date(Date.UTC(2020, 0, 1 + index)) } })),
    text: (selection) => `{ runner(id: "${id}") { list: contextReads(first: 100) { ${selection} } } }`,
    statementsMax: 3,
  };
}

/** Every field that gives a page. */
const lists: Record<string, Measured> = {
  'Query.workoutTemplates': {
    fill: each(() => createWorkout(gateway)),
    text: (selection) => `{ list: workoutTemplates(per_page: 100, includeRemoved: true) { ${selection} } }`,
    statementsMax: 2,
  },
  'Query.trainingPlanTemplates': {
    fill: each(() => createPlan(gateway)),
    text: (selection) => `{ list: trainingPlanTemplates(per_page: 100, includeRemoved: true) { ${selection} } }`,
    statementsMax: 2,
  },
  'Query.allWorkoutTemplates': {
    fill: each(() => createWorkout(gateway, { name: 'Authored' })),
    text: (selection) => `{ list: allWorkoutTemplates(first: 100, search: "authored") { ${selection} } }`,
    statementsMax: 2,
  },
  'Query.allTrainingPlanTemplates': {
    fill: each(() => createPlan(gateway, [], { name: 'Authored' })),
    text: (selection) => `{ list: allTrainingPlanTemplates(first: 100, search: "authored") { ${selection} } }`,
    statementsMax: 2,
  },
  'Query.changes': {
    fill: each((index) => updateWorkout(gateway, changing.id, { name: `Number ${index}` })),
    text: (selection) => `{ list: changes(id: "${changing.id}", first: 100) { ${selection} } }`,
    statementsMax: 4,
  },
  'Query.partners': {
    fill: (from, to) => insertPartners(gateway.db, from, to),
    text: (selection) => `{ list: partners(first: 100) { ${selection} } }`,
    // The partners, their keys, and the days of those.
    statementsMax: 3,
  },
  'Query.auditEvents': {
    fill: (from, to) => insertAuditEvents(gateway.db, eventRows(from, to)),
    text: (selection) => `{ list: auditEvents(first: 100, to: "2021-01-01T00:00:00Z") { ${selection} } }`,
    statementsMax: 1,
  },
  'Query.runners': {
    fill: each((index) => {
      const runs = [{ startedOn: '2020-01-01', source: 'watch', distanceMeters: 5_000 }];
      return importRunner(gateway, { username: `listed-${index}`, runs });
    }),
    text: (selection) => `{ list: runners(first: 100, search: "listed-") { ${selection} } }`,
    statementsMax: 3,
  },
  'Query.runnerHealth': await ofRunner(
    ({ token }, selection) => `{ list: runnerHealth(token: "${token}", limit: 100) { ${selection} } }`,
    4,
  ),
  ...Object.fromEntries(
    await Promise.all(
      // The runner, the sources that are excluded, the rows, and the markers of lab tests.
      Object.entries({ runs: 3, dailyMetrics: 2, dailyReadings: 3, measurements: 3, heartRateZones: 3, raceResults: 2, labTests: 4 }).map(
        async ([list, statementsMax]) => [
          `Runner.${list}`,
          await ofRunner(({ id }, selection) => `{ runner(id: "${id}") { list: ${list}(first: 100) { ${selection} } } }`, statementsMax),
        ],
      ),
    ),
  ),
  'Query.runnerRuns': await ofRunner(({ token }, selection) => `{ list: runnerRuns(token: "${token}", limit: 100) { ${selection} } }`, 4),
  'Runner.contextReads': await readsOfRunner(),
};

const paged = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const))
  .filter(([, field]) => isPaged(field));

describe('a list takes as many statements for 50 rows as for 2', () => {
  it('and every list is measured', () => {
    expect(Object.keys(lists).toSorted(), 'add a row for the new list to test/statements.test.ts').toEqual(
      paged.map(([name]) => name).toSorted(),
    );
  });

  it.each(paged)('%s, with everything that can be asked of its rows', async (name, field) => {
    const list = lists[name]!;
    const text = list.text(everythingOnce(field.type));
    const measure = async () => {
      // What was counted in one answer is used in the next.
      await ask(gateway, text, {});
      const { statements, result } = await countStatements(() => ask<{ list?: Page; runner?: { list: Page } }>(gateway, text, {}));
      const page = result.list ?? result.runner?.list;
      const rows = Array.isArray(page) ? page : (page?.edges ?? page?.data ?? page?.metrics ?? page?.runs ?? []);
      return { rows: rows.length, statements };
    };
    await list.fill(0, few);
    const before = await measure();
    await list.fill(few, many);
    const after = await measure();
    expect(before.rows).toBeGreaterThanOrEqual(few);
    expect(after.rows).toBeGreaterThanOrEqual(before.rows + many - few);
    expect(after.statements.length, after.statements.join('\n')).toBe(before.statements.length);
    expect(after.statements.length, after.statements.join('\n')).toBeLessThanOrEqual(list.statementsMax);
  });

  it('counts what it says it counts', async () => {
    const { statements } = await countStatements(() =>
      gateway.db.$transaction([gateway.db.$queryRaw`SELECT 1`, gateway.db.partner.count()]),
    );
    expect(statements.length).toBe(4);
  });
});
