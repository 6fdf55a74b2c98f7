import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner, importRunner, storedRunner } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

const name = () => `runner-${crypto.randomUUID()}`;
const find = (username: string) => storedRunner(gateway, username);

describe('an import', () => {
  it('needs to name the runner, and is for operators', async () => {
    const document = 'mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { counts { noun } } }';
    for (const input of [{}, [], 'text', { username: '../etc' }, { username: '' }]) {
      expect((await gateway.graphql(document, { input })).errors?.[0]?.extensions.code, JSON.stringify(input)).toBe('INVALID');
    }
    expect((await gateway.graphql(document, { input: { username: 'x' } }, {})).errors).toBeDefined();
    expect(await gateway.db.runner.count({ where: { username: 'x' } })).toBe(0);
  });

  it('changes what differs, adds what is new and keeps what it does not mention', async () => {
    const username = name();
    const run = {
      source: 'watch',
      externalId: 'a',
      startedAt: '2026-06-01T10:00:00Z',
      name: 'Easy',
      distanceMeters: 8000,
      movingSeconds: 2400,
    };
    await importRunner(gateway, {
      username,
      heightCm: 180,
      runs: [run],
      dailyMetrics: [{ date: '2026-06-01', restingHeartRate: 50, hrv: 60 }],
    });
    const { counts } = await importRunner(gateway, {
      username,
      weeklyFrequency: '4',
      runs: [
        { ...run, name: 'Easy and long', startedAt: '2026-06-01T10:05:00Z' },
        { ...run, externalId: 'b', startedAt: '2026-06-03T10:00:00Z' },
      ],
      dailyMetrics: [{ date: '2026-06-01', hrv: 62 }],
    });
    expect(counts).toEqual([
      { noun: 'runners', created: 0, updated: 1, unchanged: 0 },
      { noun: 'dailyMetrics', created: 0, updated: 1, unchanged: 0 },
      { noun: 'runs', created: 1, updated: 1, unchanged: 0 },
    ]);
    const runner = await find(username);
    expect(runner).toMatchObject({ heightCm: 180, weeklyFrequency: '4' });
    expect(runner.runs.map((row) => [row.externalId, row.name, row.startedAt?.toISOString()])).toEqual([
      ['a', 'Easy and long', '2026-06-01T10:05:00.000Z'],
      ['b', 'Easy', '2026-06-03T10:00:00.000Z'],
    ]);
    expect(runner.dailyReadings).toMatchObject([{ restingHeartRate: 50, hrv: 62 }]);
  });

  it('refuses a value that is possible by itself and not beside what is stored', async () => {
    const username = name();
    await importRunner(gateway, { username, dailyMetrics: [{ date: '2026-06-01', sleepDurationHours: 6, deepSleepHours: 2 }] });
    const { refusals } = await importRunner(gateway, { username, dailyMetrics: [{ date: '2026-06-01', lightSleepHours: 5, hrv: 50 }] });
    expect(refusals).toEqual([
      { path: 'dailyMetrics[0].lightSleepHours', message: 'the parts of the sleep (7.00 h) exceed the whole (6 h)' },
    ]);
    expect((await find(username)).dailyReadings).toMatchObject([
      { sleepDurationHours: 6, deepSleepHours: 2, lightSleepHours: null, hrv: 50 },
    ]);
  });

  it('keeps a run that two sources recorded twice and counts it once, for the source that comes first', async () => {
    const owner = await createSharedRunner(gateway, {
      healthSources: [
        { name: 'watch', priority: 1 },
        { name: 'phone', priority: 2 },
      ],
      runs: [
        { source: 'phone', startedAt: '2026-06-10T06:02:00Z', distanceMeters: 10_150, movingSeconds: 3000 },
        { source: 'watch', startedAt: '2026-06-10T06:00:00Z', distanceMeters: 10_000, movingSeconds: 3010 },
        { source: 'phone', startedAt: '2026-06-10T18:00:00Z', distanceMeters: 10_000, movingSeconds: 3010 },
        { source: 'diary', startedOn: '2026-06-10', distanceMeters: 10_000 },
        { source: 'diary', startedOn: '2026-06-10', distanceMeters: 3_000 },
      ],
    });
    const marks = async () =>
      (await find(owner.username)).runs.map((run) => `${run.source} ${run.distanceMeters} ${run.isDuplicate}`).sort();
    expect(await marks()).toEqual(['diary 10000 true', 'diary 3000 false', 'phone 10000 false', 'phone 10150 true', 'watch 10000 false']);
    const { training } = (await (await gateway.get(`${owner.path}?format=json`)).json()) as { training: { weekly_volume: object[] } };
    expect(training.weekly_volume).toEqual([{ week_start: '2026-06-08', distance_km: 23, runs: 3 }]);

    await importRunner(gateway, { username: owner.username, healthSources: [{ name: 'watch', priority: 3 }] });
    expect(await marks()).toContain('watch 10000 true');
    expect(await marks()).toContain('phone 10150 false');
  });

  it('recognises a run without an id of its source by its start, and a run with only a day by its length', async () => {
    const username = name();
    const runs = [
      { source: 'watch', startedAt: '2026-06-01T10:00:00Z', distanceMeters: 8000 },
      { source: 'diary', startedOn: '2026-06-01', distanceMeters: 5000 },
      { source: 'diary', startedOn: '2026-06-01', distanceMeters: 3000 },
    ];
    await importRunner(gateway, { username, runs });
    await importRunner(gateway, { username, runs: [{ ...runs[0], externalId: 'w-1', name: 'Named later' }, ...runs.slice(1)] });
    expect((await find(username)).runs.map((run) => run.distanceMeters)).toEqual(expect.arrayContaining([3000, 5000, 8000]));
    expect((await find(username)).runs.find((run) => run.externalId === 'w-1')?.name).toBe('Named later');
  });

  it('dates a value without a day by the newest thing in its file', async () => {
    const username = name();
    await importRunner(gateway, { username, maxHeartRate: 190, runs: [{ startedOn: '2026-03-01', distanceMeters: 5000 }] });
    await importRunner(gateway, { username, maxHeartRate: 190 });
    await importRunner(gateway, { username, maxHeartRate: 188 });
    expect((await find(username)).measurements.map(({ date, value }) => [date.toISOString().slice(0, 10), value])).toEqual([
      ['2026-03-01', 190],
      ['2026-06-13', 188],
    ]);
  });

  it('keeps ten thousand days apart from each other', async () => {
    const username = name();
    const dailyMetrics = Array.from({ length: 10_000 }, (_, days) => ({
      date: new Date(gateway.clock.now.getTime() - days * 86_400_000).toISOString().slice(0, 10),
      restingHeartRate: 40 + (days % 20),
    }));
    const { counts } = await importRunner(gateway, { username, dailyMetrics });
    expect(counts.at(-1)).toEqual({ noun: 'dailyMetrics', created: 10_000, updated: 0, unchanged: 0 });
  });
});

describe('imports at the same time', () => {
  it('of one new runner make one runner, with everything of each', async () => {
    const username = name();
    const slices = Array.from({ length: 6 }, (_, index) => ({
      runs: [{ source: 'watch', externalId: `run-${index}`, startedOn: '2026-06-01', distanceMeters: 5000 + index }],
    }));
    const reports = await Promise.all(slices.map((slice) => importRunner(gateway, { username, ...slice })));
    expect(reports.filter(({ counts }) => counts[0]!.created === 1)).toHaveLength(1);
    expect((await find(username)).runs).toHaveLength(6);
  });
});
