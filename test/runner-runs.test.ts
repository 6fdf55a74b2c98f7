import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicUrl, startGateway } from './support/gateway.ts';
import { createSharedRunner, everything, fullDocument, share } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

interface RunsPage {
  runs: { date: string; started_at?: string; name?: string }[];
  page: { limit: number; count: number; has_more: boolean; next_before?: string; next?: string };
}

async function json<T = RunsPage>(path: string): Promise<T> {
  const response = await gateway.get(path);
  const body = await response.text();
  expect(response.status, body).toBe(200);
  return JSON.parse(body) as T;
}

/** Every page from here to the end, by following next. */
async function walk(path: string): Promise<RunsPage[]> {
  const pages = [await json(path)];
  for (let next = pages[0]!.page.next; next; next = pages.at(-1)!.page.next) pages.push(await json(next.slice(publicUrl.length)));
  return pages;
}

describe('all runs of a runner', () => {
  it('are met exactly once, newest first, however many there are in a day and whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.option(fc.integer({ min: 0, max: 23 }))), { maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        async (given, limit) => {
          const runs = given.map(([day, hour], index) => {
            const startedOn = `2026-05-0${day}`;
            const when = hour === null ? { startedOn } : { startedAt: `${startedOn}T${String(hour).padStart(2, '0')}:00:00.000Z` };
            return { source: 'watch', externalId: `r-${index}`, name: `run ${index}`, distanceMeters: 5_000 + index, ...when };
          });
          const { path } = await createSharedRunner(gateway, { timezone: 'UTC', runs });
          const pages = await walk(`${path}/runs?limit=${limit}`);
          const met = pages.flatMap((page) => page.runs);
          expect(met.map(({ name }) => name ?? '').toSorted()).toEqual(runs.map(({ name }) => name).toSorted());
          const order = met.map(({ date, started_at }) => `${date} ${started_at ?? ''}`);
          expect(order).toEqual(order.toSorted().reverse());
          for (const { page } of pages) expect(page.has_more).toBe(page.next_before !== undefined);
          expect(pages.slice(0, -1).every(({ page }) => page.count === limit)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are given in the words of the address, with what their source knows', async () => {
    const { path } = await createSharedRunner(gateway, fullDocument);
    expect((await json(`${path}/runs`)).runs).toEqual([
      {
        date: '2026-06-11',
        started_at: '2026-06-10T21:10:00.000Z',
        sport: 'trail_run',
        name: 'training-run',
        distance_km: 13.37,
        moving_seconds: 4_012,
        avg_pace: '5:00',
        avg_hr: 143.71,
        max_hr: 171.19,
        elevation_gain_m: 213,
        vo2_max: 57.27,
      },
      { date: '2026-06-08', sport: 'run', distance_km: 8, moving_seconds: 2_500, avg_pace: '5:13' },
    ]);
  });

  it('can be read from a day on', async () => {
    const { path } = await createSharedRunner(gateway, fullDocument);
    expect((await json(`${path}/runs?before=2026-06-11`)).runs.map(({ date }) => date)).toEqual(['2026-06-08']);
  });

  it.each(['2026-2-3', '2026-02-30', '', ' ', '2026-02-03~', '2026-02-03~x', `~${crypto.randomUUID()}`, '%00'])(
    'are refused before %j',
    async (before) => {
      const { path } = await createSharedRunner(gateway);
      const response = await gateway.get(`${path}/runs?before=${before}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'INVALID', errors: [{ path: 'before' }] });
    },
  );

  it('leave out what another source recorded as well', async () => {
    const { path } = await createSharedRunner(gateway, {
      runs: ['watch', 'phone'].map((source) => ({
        source,
        startedAt: '2026-05-01T06:00:00.000Z',
        distanceMeters: 10_000,
        movingSeconds: 3_000,
      })),
    });
    expect((await json(`${path}/runs`)).runs).toHaveLength(1);
  });
});

describe('personal bests', () => {
  it('are those of the document', async () => {
    const { path } = await createSharedRunner(gateway, fullDocument);
    const { personal_bests: bests } = await json<{ personal_bests: { time: string }[] }>(`${path}/personal-bests`);
    expect(bests).toEqual([
      {
        distance: '10 km',
        distance_km: 10,
        time: '45:10',
        time_seconds: 2_710,
        avg_pace: '4:31',
        vdot: 45.1,
        date: '2026-03-01',
        kind: 'race',
      },
      {
        distance: 'marathon',
        distance_km: 42.195,
        time: '3:17:41',
        time_seconds: 11_861,
        avg_pace: '4:41',
        vdot: 47.9,
        date: '2024-04-14',
        kind: 'manual',
      },
    ]);
    const document = await (await gateway.get(path)).text();
    for (const { time } of bests) expect(document).toContain(time);
  });
});

it.each([
  ['runs', 'training'],
  ['personal-bests', 'profile'],
])('%s are refused without the scope %s, with or without data', async (name, scope) => {
  for (const document of [fullDocument, {}]) {
    const { path } = await createSharedRunner(gateway, document, { ...everything, [scope]: false });
    const response = await gateway.get(`${path}/${name}`);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'FORBIDDEN', detail: `This runner does not share the section ${scope}.` });
  }
});

it('both end with sharing, and are counted under names of their own', async () => {
  const owner = await createSharedRunner(gateway, fullDocument);
  await json(`${owner.path}/runs`);
  await json(`${owner.path}/personal-bests`);
  await gateway.flushReads();
  const rows = await gateway.db.contextRead.findMany({ where: { link: { runnerId: owner.id } }, orderBy: { section: 'asc' } });
  expect(rows.map(({ section }) => section)).toEqual(['personal-bests', 'run-history']);
  await share(gateway, owner.id, { enabled: false });
  for (const name of ['runs', 'personal-bests']) expect((await gateway.get(`${owner.path}/${name}`)).status).toBe(403);
});
