import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicUrl, startGateway } from './support/gateway.ts';
import { ask, createSharedRunner, importRunner } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

interface HealthPage {
  runner: { units: string };
  metrics: ({ date: string } & Record<string, number>)[];
  page: { limit: number; count: number; has_more: boolean; next_before?: string; next?: string };
}

async function json(path: string): Promise<HealthPage> {
  const response = await gateway.get(path);
  const body = await response.text();
  expect(response.status, body).toBe(200);
  return JSON.parse(body) as HealthPage;
}

/** Every page from here to the end, by following next. */
async function walk(path: string): Promise<HealthPage[]> {
  const pages = [await json(path)];
  for (let next = pages[0]!.page.next; next; next = pages.at(-1)!.page.next) {
    expect(next.startsWith(`${publicUrl}/api/runner-context/`)).toBe(true);
    pages.push(await json(next.slice(publicUrl.length)));
  }
  return pages;
}

const dayMs = 86_400_000;
const dayAgo = (days: number) => new Date(gateway.clock.now.getTime() - days * dayMs).toISOString().slice(0, 10);

describe('the walk into the past', () => {
  it('meets every day exactly once, newest first, whatever the gaps, the sources and the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.constantFrom('watch', 'ring', 'scale')), {
          maxLength: 40,
          selector: ([days, source]) => `${days} ${source}`,
        }),
        fc.integer({ min: 1, max: 366 }),
        async (readings, limit) => {
          const dailyMetrics = readings.map(([days, source]) => ({ date: dayAgo(days), source, weightKg: 60 + days / 100 }));
          const { path } = await createSharedRunner(gateway, { dailyMetrics });
          const pages = await walk(`${path}/health?limit=${limit}`);
          const expected = [...new Set(readings.map(([days]) => dayAgo(days)))].sort().reverse();
          expect(pages.flatMap(({ metrics }) => metrics.map(({ date }) => date))).toEqual(expected);
          expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / limit)));
          for (const { page, metrics } of pages) {
            expect(page).toMatchObject({ limit, count: metrics.length });
            expect(page.has_more).toBe(page.next !== undefined);
            expect(page.next_before).toBe(page.has_more ? metrics.at(-1)?.date : undefined);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('goes through twenty years of days', async () => {
    const dates = Array.from({ length: 7_305 }, (_, days) => dayAgo(days));
    const { path } = await createSharedRunner(gateway, { dailyMetrics: dates.map((date) => ({ date, restingHeartRate: 48 })) });
    const pages = await walk(`${path}/health?limit=366`);
    expect(pages).toHaveLength(20);
    expect(pages.flatMap(({ metrics }) => metrics.map(({ date }) => date))).toEqual(dates);
  });
});

describe('a page of days', () => {
  const days = Array.from({ length: 400 }, (_, index) => ({ date: dayAgo(index), hrv: 50 }));

  it.each([
    ['', 90],
    ['?limit=', 90],
    ['?limit=abc', 90],
    ['?limit=5.5', 90],
    ['?limit=1e2', 90],
    ['?limit=0', 1],
    ['?limit=-3', 1],
    ['?limit=7', 7],
    ['?limit=366', 366],
    ['?limit=367', 366],
    ['?limit=99999999999999999999', 366],
    ['?limit=-99999999999999999999', 1],
    ['?limit=5&limit=6', 5],
    ['?per_page=3', 90],
  ])('%s holds %i', async (query, limit) => {
    runner ??= createSharedRunner(gateway, { units: 'IMPERIAL', dailyMetrics: days });
    const { path } = await runner;
    const page = await json(`${path}/health${query}`);
    expect(page).toEqual({
      runner: { units: 'imperial' },
      metrics: days.slice(0, limit),
      page: {
        limit,
        count: limit,
        has_more: true,
        next_before: dayAgo(limit - 1),
        next: `${publicUrl}${path}/health?limit=${limit}&before=${dayAgo(limit - 1)}`,
      },
    });
  });
  let runner: ReturnType<typeof createSharedRunner> | undefined;

  it.each([
    '2026-2-3',
    '2026-02-30',
    '20260203',
    '',
    ' ',
    '2026-02-03T00:00:00Z',
    '0000-01-01',
    '+002026-01-01',
    'yesterday',
    '2026-13-01',
    '%00',
  ])('is refused before %j', async (before) => {
    const { path } = await createSharedRunner(gateway);
    const response = await gateway.get(`${path}/health?before=${before}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ code: 'INVALID', errors: [{ path: 'before' }] });
    const overGraphql = await gateway.graphql(
      'query ($token: String!, $before: String) { runnerHealth(token: $token, before: $before) { page { count } } }',
      { token: path.split('/').at(-1), before: decodeURIComponent(before) },
    );
    expect(overGraphql.errors?.[0]?.extensions.code).toBe('INVALID');
  });

  it.each(['0001-01-01', '9999-12-31', '2024-02-29'])('may end at any day there is, such as %s', async (before) => {
    const { path } = await createSharedRunner(gateway, { dailyMetrics: [{ date: '2026-01-01', hrv: 50 }] });
    expect((await json(`${path}/health?before=${before}`)).page.count).toBe(before > '2026-01-01' ? 1 : 0);
  });

  it('is the same bytes until something changes', async () => {
    const owner = await createSharedRunner(gateway, { dailyMetrics: days.slice(0, 3) });
    const etag = (await gateway.get(`${owner.path}/health`)).headers.get('etag')!;
    const conditional = () => gateway.get(`${owner.path}/health`, null, { headers: { 'If-None-Match': etag } });
    expect((await conditional()).status).toBe(304);
    await importRunner(gateway, { username: owner.username, dailyMetrics: [{ date: dayAgo(1), fitnessAge: 30 }] });
    expect((await conditional()).status).toBe(200);
  });
});

describe('a day that several sources speak of', () => {
  it('takes each metric from the source that comes first and has it', async () => {
    const owner = await createSharedRunner(gateway, {
      healthSources: [
        { name: 'ring', kind: 'OURA', priority: 1 },
        { name: 'watch', kind: 'GARMIN', priority: 2 },
      ],
      dailyMetrics: [
        { date: '2026-06-01', source: 'watch', restingHeartRate: 50, sleepScore: 70, vo2Max: 55 },
        { date: '2026-06-01', source: 'ring', restingHeartRate: 44, hrv: 61, hrvType: 'RMSSD' },
        { date: '2026-06-01', source: 'scale', weightKg: 66, restingHeartRate: 99 },
      ],
    });
    const { metrics } = await json(`${owner.path}/health`);
    expect(metrics).toEqual([{ date: '2026-06-01', resting_heart_rate: 44, hrv: 61, sleep_score: 70, vo2_max: 55 }]);

    await importRunner(gateway, { username: owner.username, healthSources: [{ name: 'ring', priority: 9 }] });
    expect((await json(`${owner.path}/health`)).metrics[0]).toMatchObject({ resting_heart_rate: 50, hrv: 61 });
    const { runner } = await ask<{ runner: { dailyMetrics: { edges: { node: object }[] } } }>(
      gateway,
      'query ($id: ID) { runner(id: $id) { dailyMetrics(first: 5) { edges { node { date restingHeartRate hrv hrvType weightKg } } } } }',
      { id: owner.id },
    );
    expect(runner.dailyMetrics.edges).toEqual([
      { node: { date: '2026-06-01', restingHeartRate: 50, hrv: 61, hrvType: 'RMSSD', weightKg: 66 } },
    ]);
  });
});

describe('the days of a runner over GraphQL', () => {
  it('can be walked from either end and cut to a range', async () => {
    const dailyMetrics = Array.from({ length: 10 }, (_, days) => ({ date: dayAgo(days), hrv: 50 }));
    const { id } = await createSharedRunner(gateway, { dailyMetrics });
    const list = async (args: string) => {
      const { runner } = await ask<{ runner: { dailyMetrics: { edges: { cursor: string; node: { date: string } }[]; pageInfo: object } } }>(
        gateway,
        `query ($id: ID) { runner(id: $id) { dailyMetrics(${args}) { edges { node { date } } pageInfo { hasNextPage hasPreviousPage } } } }`,
        { id },
      );
      return { dates: runner.dailyMetrics.edges.map(({ node }) => node.date), ...runner.dailyMetrics.pageInfo };
    };
    const ago = (...days: number[]) => days.map(dayAgo);
    const { runner } = await ask<{ runner: { dailyMetrics: { pageInfo: { endCursor: string } } } }>(
      gateway,
      'query ($id: ID) { runner(id: $id) { dailyMetrics(first: 3) { pageInfo { endCursor } } } }',
      { id },
    );
    const { endCursor } = runner.dailyMetrics.pageInfo;
    expect(await list('first: 3')).toEqual({ dates: ago(0, 1, 2), hasNextPage: true, hasPreviousPage: false });
    expect((await list(`first: 3, after: "${endCursor}"`)).dates).toEqual(ago(3, 4, 5));
    expect((await list('last: 2')).dates).toEqual(ago(8, 9));
    expect((await list(`last: 2, before: "${endCursor}"`)).dates).toEqual(ago(0, 1));
    expect((await list(`from: "${dayAgo(6)}", to: "${dayAgo(4)}"`)).dates).toEqual(ago(4, 5, 6));
  });
});
