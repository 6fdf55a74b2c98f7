import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner, importRunner } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

interface Page {
  edges: { cursor: string; node: Record<string, unknown> }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const dayAgo = (days: number) => new Date(gateway.clock.now.getTime() - days * 86_400_000).toISOString().slice(0, 10);

/** Asks as the runner for a part of one of their lists. */
async function ask(id: string, list: string, args: string, fields: string) {
  const document = `query ($id: ID) { runner(id: $id) { list: ${list}(${args}) { edges { cursor node { ${fields} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
  return gateway.graphql<{ runner: { list: Page } }>(document, { id }, await gateway.session('runner', id));
}

async function page(...question: Parameters<typeof ask>): Promise<Page> {
  const { data, errors } = await ask(...question);
  expect(errors).toBeUndefined();
  return data.runner.list;
}

/** Every row from one end to the other; `between` runs after each page. */
async function walk(
  id: string,
  list: string,
  size: number,
  fields: string,
  from: 'newest' | 'oldest',
  between: (page: number) => Promise<void>,
) {
  const seen: Record<string, unknown>[] = [];
  const forward = from === 'newest';
  let place = '';
  for (let count = 0; ; count++) {
    const { edges, pageInfo } = await page(id, list, `${forward ? 'first' : 'last'}: ${size}${place}`, fields);
    const nodes = edges.map(({ node }) => node);
    seen.push(...(forward ? nodes : nodes.toReversed()));
    if (!(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return seen;
    place = forward ? `, after: "${pageInfo.endCursor}"` : `, before: "${pageInfo.startCursor}"`;
    await between(count);
  }
}

const directions = fc.constantFrom('newest' as const, 'oldest' as const);
const someDays = (max: number) => fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: max });

describe('a walk through days while others are imported', () => {
  it('meets each day that was there exactly once, in order, from either end and whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        someDays(15),
        fc.array(someDays(4), { maxLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        directions,
        async (held, later, size, from) => {
          const readings = (days: number[]) => days.map((days) => ({ date: dayAgo(days), source: 'watch', hrv: 50 }));
          const { id, username } = await createSharedRunner(gateway, { dailyMetrics: readings(held) });
          const seen = await walk(id, 'dailyMetrics', size, 'date', from, async (count) => {
            await importRunner(gateway, { username, dailyMetrics: readings(later[count] ?? []) });
          });
          const dates = seen.map(({ date }) => String(date));
          expect(new Set(dates).size, 'none twice').toBe(dates.length);
          const sorted = dates.toSorted();
          expect(dates).toEqual(from === 'newest' ? sorted.reverse() : sorted);
          expect(dates).toEqual(expect.arrayContaining(held.map(dayAgo)));
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('a walk through runs while others come and go', () => {
  it('meets each run that stays exactly once, newest first, known hour or not', async () => {
    const runs = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 1, max: 5 }), fc.option(fc.integer({ min: 0, max: 23 })), fc.integer({ min: 1, max: 5 })),
      {
        minLength: 1,
        maxLength: 15,
        selector: String,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        runs,
        fc.array(runs, { maxLength: 4 }),
        fc.integer({ min: 1, max: 5 }),
        directions,
        async (held, later, size, from) => {
          const recordings = (batch: typeof held, source: string) =>
            batch.map(([day, hour, length]) => ({
              source,
              externalId: `${source} ${day} ${hour} ${length}`,
              distanceMeters: 1000 * length,
              ...(hour === null ? { startedOn: dayAgo(day) } : { startedAt: `${dayAgo(day)}T${String(hour).padStart(2, '0')}:00:00Z` }),
            }));
          const { id, username } = await createSharedRunner(gateway, { runs: [...recordings(held, 'kept'), ...recordings(held, 'lost')] });
          const seen = await walk(id, 'runs', size, 'id source startedOn startedAt', from, async (count) => {
            await importRunner(gateway, { username, runs: recordings(later[count] ?? [], `later ${count}`) });
            const lost = await gateway.db.run.findMany({ where: { runnerId: id, source: 'lost' }, take: 2 });
            await gateway.db.run.deleteMany({ where: { id: { in: lost.map((run) => run.id) } } });
          });
          const ids = seen.map((run) => run.id);
          expect(new Set(ids).size, 'none twice').toBe(ids.length);
          const kept = await gateway.db.run.findMany({ where: { runnerId: id, source: 'kept' }, select: { id: true } });
          expect(ids).toEqual(expect.arrayContaining(kept.map((run) => run.id)));
          // Of one day, those whose hour is not known come last.
          const place = (run: Record<string, unknown>) => [run.startedOn, run.startedAt ?? '', run.id].join(' ');
          const places = seen.map(place);
          expect(places).toEqual(from === 'newest' ? places.toSorted().reverse() : places.toSorted());
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('a list of a runner', () => {
  const lists = ['runs', 'dailyMetrics', 'dailyReadings', 'raceResults', 'labTests', 'measurements', 'heartRateZones'];

  it.each(lists)('%s gives 20 unless asked, 100 at most, 1 at least, and refuses what makes no sense', async (list) => {
    const many = Array.from({ length: 120 }, (_, days) => ({ date: dayAgo(days + 1), source: 'watch' }));
    const { id } = await createSharedRunner(gateway, {
      runs: many.map(({ date, source }) => ({ source, startedOn: date, distanceMeters: 5000 })),
      dailyMetrics: many.map((day) => ({ ...day, hrv: 50 })),
      raceResults: many.map(({ date }) => ({ date, name: 'race', distanceMeters: 5000, timeSeconds: 1500 })),
      labTests: many.map(({ date }) => ({ date, name: 'panel' })),
      measurements: many.map((day) => ({ ...day, kind: 'WEIGHT', value: 60 })),
      heartRateZones: many.map((day) => ({ ...day, zone1Max: 120, zone2Max: 130, zone3Max: 140, zone4Max: 150 })),
    });
    const lengthOf = async (args: string) => (await page(id, list, args, '__typename')).edges.length;
    expect([await lengthOf('first: 101'), await lengthOf('last: 150'), await lengthOf('first: 0'), await lengthOf('first: -5')]).toEqual([
      100, 100, 1, 1,
    ]);
    expect(await lengthOf(`from: "${dayAgo(3)}", to: "${dayAgo(2)}"`)).toBe(2);
    const { pageInfo } = await page(id, list, 'last: 20', '__typename');
    expect(pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
    const ofAnotherList = (await page(id, list === 'runs' ? 'labTests' : 'runs', 'first: 1', '__typename')).pageInfo.endCursor;
    const bad = ['x', '', 'bnVsbA', Buffer.from('["2026-01-01","x"]').toString('base64url'), `${pageInfo.endCursor}=`];
    if (list === 'runs' || list === 'dailyMetrics') bad.push(String(ofAnotherList));
    const questions = [
      ...bad.flatMap((cursor) => [`first: 1, after: "${cursor}"`, `last: 1, before: "${cursor}"`]),
      'first: 1, last: 1',
      'from: "2026-02-30"',
      'to: "yesterday"',
    ];
    for (const question of questions) {
      const { errors } = await ask(id, list, question, '__typename');
      expect(errors?.[0]?.extensions.code, question).toBe('INVALID');
    }
  });

  it('can be cut to one source, and measurements to one kind', async () => {
    const date = dayAgo(1);
    const { id } = await createSharedRunner(gateway, {
      dailyMetrics: ['watch', 'ring'].map((source) => ({ date, source, hrv: 50 })),
      measurements: [
        { kind: 'WEIGHT', date, value: 60 },
        { kind: 'MAX_HEART_RATE', date, value: 190 },
      ],
    });
    expect((await page(id, 'dailyReadings', 'source: "ring"', 'source')).edges.map(({ node }) => node)).toEqual([{ source: 'ring' }]);
    expect((await page(id, 'measurements', 'kind: WEIGHT', 'value')).edges.map(({ node }) => node)).toEqual([{ value: 60 }]);
  });
});
