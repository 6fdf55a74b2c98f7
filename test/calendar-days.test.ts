/** Days that are not like others: 29 February, and the days of 23 and 25 hours in the runner's own time zone. */
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner, importRunner } from './support/runners.ts';

const gateway = await startGateway();

interface ContextJson {
  runner: { age?: number };
  training: { weekly_volume: { week: string; runs: number; distance_km: number }[]; recent_runs: { date: string; name: string }[] };
  context_markdown: string;
}

async function contextAt(path: string, instant: string): Promise<ContextJson> {
  gateway.clock.now = new Date(instant);
  const answer = await gateway.get(`${path}?format=json`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as ContextJson;
}

describe('29 February', () => {
  it('is a birthday in leap years; in others who is born on it turns a year older on 1 March, where they live', async () => {
    gateway.clock.now = new Date('2028-03-02T00:00:00Z');
    const { path } = await createSharedRunner(gateway, { timezone: 'Pacific/Auckland', birthDate: '2000-02-29' });
    // In Auckland it is 13 hours later.
    const ages: [instant: string, age: number][] = [
      ['2027-02-28T10:59:59Z', 26],
      ['2027-02-28T11:00:00Z', 27],
      ['2028-02-28T10:59:59Z', 27],
      ['2028-02-28T11:00:00Z', 28],
    ];
    for (const [instant, age] of ages) expect([instant, (await contextAt(path, instant)).runner.age]).toEqual([instant, age]);
  });

  it('has health, and can be walked from; the same day of another year is refused', async () => {
    gateway.clock.now = new Date('2028-03-05T12:00:00Z');
    const days = ['2028-02-28', '2028-02-29', '2028-03-01'];
    const { path } = await createSharedRunner(gateway, {
      dailyMetrics: days.map((date, index) => ({ date, restingHeartRate: 50 + index })),
    });
    const datesOf = async (query: string) => {
      const answer = await gateway.get(`${path}/health?${query}`);
      return ((await answer.json()) as { metrics: { date: string }[] }).metrics.map(({ date }) => date);
    };
    expect(await datesOf('limit=5')).toEqual(days.toReversed());
    expect(await datesOf('before=2028-02-29')).toEqual(['2028-02-28']);
    expect(await datesOf('before=2028-03-01')).toEqual(['2028-02-29', '2028-02-28']);
    expect((await gateway.get(`${path}/health?before=2027-02-29`)).status).toBe(400);
    expect((await gateway.get(`${path}/health?before=2100-02-29`)).status).toBe(400);
  });

  it('counts in its week, and is refused in a file of a common year', async () => {
    gateway.clock.now = new Date('2028-03-04T12:00:00Z');
    const run = (startedOn: string) => ({ source: 'watch', startedOn, distanceMeters: 10_000, movingSeconds: 3_600 });
    const username = `runner-${crypto.randomUUID()}`;
    const { path } = await createSharedRunner(gateway, {
      username,
      runs: ['2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01'].map(run),
    });
    const { training } = await contextAt(path, '2028-03-04T12:00:00Z');
    expect(training.weekly_volume.slice(0, 2)).toMatchObject([
      { runs: 3, distance_km: 30 },
      { runs: 1, distance_km: 10 },
    ]);
    const { refusals } = await importRunner(gateway, { username, runs: [run('2027-02-29')] });
    expect(refusals).toContainEqual(expect.objectContaining({ path: 'runs[0].startedOn' }));
  });
});

describe.each([
  ['America/Chicago', '2026-03-08', 23],
  ['America/Chicago', '2026-11-01', 25],
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
])('in %s the day %s of %d hours', (timezone, day, hours) => {
  it('has its own first and last run, and is one day of its week', async () => {
    const { first, next } = boundsOf(day, timezone);
    expect((next - first) / 3_600_000).toBe(hours);
    gateway.clock.now = new Date(next + 86_400_000);
    const run = (name: string, at: number) => ({ source: 'watch', name, startedAt: new Date(at).toISOString(), distanceMeters: 5_000 });
    const { path } = await createSharedRunner(gateway, {
      timezone,
      runs: [run('before', first - 1_000), run('first', first), run('last', next - 1_000), run('after', next)],
    });
    const { training } = await contextAt(path, new Date(next + 3_600_000).toISOString());
    const dayOf = new Map(training.recent_runs.map(({ name, date }) => [name, date]));
    expect([dayOf.get('first'), dayOf.get('last')]).toEqual([day, day]);
    expect(dayOf.get('before')).not.toBe(day);
    expect(dayOf.get('after')).not.toBe(day);
    // All of these days are Sundays: the week ends with them.
    expect(training.weekly_volume.map(({ runs }) => runs)).toEqual([1, 3]);
    for (const [at, today] of [
      [first, day],
      [next - 1, day],
    ] as const) {
      expect((await contextAt(path, new Date(at).toISOString())).context_markdown).toContain(`today: Sun ${today}`);
    }
  });
});

/** The first instants of the day and of the next, looked for minute by minute. */
function boundsOf(day: string, timezone: string): { first: number; next: number } {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' });
  const from = Date.parse(`${day}T00:00:00Z`) - 14 * 3_600_000;
  const isThere = (minute: number) => format.format(from + minute * 60_000) === day;
  const minutes = Array.from({ length: 54 * 60 }, (_, minute) => minute);
  const first = minutes.find(isThere) ?? 0;
  const next = minutes.find((minute) => minute > first && !isThere(minute)) ?? 0;
  return { first: from + first * 60_000, next: from + next * 60_000 };
}
