import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { importRunner, storedRunner } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

const name = () => `runner-${crypto.randomUUID()}`;
it('a value that stands without a day is judged like one that has one', async () => {
  const bare = { weightKg: 19, maxHeartRate: 251, restingHeartRate: 22, lactateThresholdHeartRate: 0 };
  const kinds = ['WEIGHT', 'MAX_HEART_RATE', 'RESTING_HEART_RATE', 'LACTATE_THRESHOLD_HEART_RATE'];
  const dated = Object.values(bare).map((value, index) => ({ kind: kinds[index], date: '2026-06-01', value }));
  const { refusals } = await importRunner(gateway, { username: name(), ...bare, measurements: dated });
  const reasons = (paths: RegExp) => refusals.filter(({ path }) => paths.test(path)).map(({ message }) => message);
  expect(reasons(/^\w+$/)).toHaveLength(4);
  expect(reasons(/^measurements\[\d\]\.value$/)).toEqual(reasons(/^\w+$/));
});

const find = (username: string) => storedRunner(gateway, username);

/** Like half a year from a watch, with what such files really hold. */
const oddFile = {
  units: 'IMPERIAL',
  timezone: 'America/Chicago',
  lactateThresholdHeartRate: 183,
  dailyMetrics: [
    {
      date: '2026-02-01',
      restingHeartRate: 51,
      sleepScore: 84,
      sleepDurationHours: 7.65,
      deepSleepHours: 1.25,
      lightSleepHours: 4.35,
      remSleepHours: 2.1,
    },
    { date: '2026-02-02', sleepDurationHours: 7.0, deepSleepHours: 2.0, lightSleepHours: 4.0, remSleepHours: 2.0, restingHeartRate: 0 },
    { date: '2026-02-30', restingHeartRate: 50 },
    { date: '2026-02-04', sleepScore: 101, sleepDurationHours: 25, hrv: -3 },
    { date: '2026-12-24', restingHeartRate: 50 },
    { date: '2026-02-06', restingHeartRate: 50, steps: 11_000, sleepScore: null },
    { date: '2026-02-07', hrvType: 'RMSSD', restingHeartRate: 49 },
    { date: '2026-02-08', hrv: 44 },
    { date: '2026-02-08', hrv: 45, sleepScore: 80 },
  ],
  runs: [
    {
      startedAt: '2026-03-08T06:00:00.000Z',
      distanceMeters: 3476,
      movingSeconds: 1055,
      averageHeartRate: 0,
      maxHeartRate: 10,
      elevationGainMeters: 0,
    },
    { startedAt: '2026-03-12T05:00:00.000Z', distanceMeters: 4200, movingSeconds: 1325, averageHeartRate: 178, maxHeartRate: 168 },
    { startedAt: '2026-03-12T25:00:00.000Z', distanceMeters: 4200 },
    { startedAt: '2026-03-13T05:00:00.000Z', distanceMeters: 0, movingSeconds: -1 },
    { startedAt: '2026-03-14T05:00:00.000Z', distanceMeters: 10_000, movingSeconds: 60 },
    { startedAt: '2027-03-14T05:00:00.000Z', distanceMeters: 10_000 },
    { startedAt: '2026-03-15T04:59:00.000Z', distanceMeters: 5000, movingSeconds: 1500, sport: 'SWIM' },
    'a run',
  ],
  gear: { name: 'shoes' },
  favouriteColour: 'blue',
};

const expectedRefusals = [
  'favouriteColour: is not a field that is kept here',
  'gear: must be a list',
  'dailyMetrics[1].restingHeartRate: 0: must lie between 20 and 150 bpm',
  'dailyMetrics[1].deepSleepHours: the parts of the sleep (8.00 h) exceed the whole (7 h)',
  'dailyMetrics[1].lightSleepHours: the parts of the sleep (8.00 h) exceed the whole (7 h)',
  'dailyMetrics[1].remSleepHours: the parts of the sleep (8.00 h) exceed the whole (7 h)',
  'dailyMetrics[2].date: "2026-02-30": is not a day that exists, written YYYY-MM-DD',
  'dailyMetrics[2]: left out, because it has no usable date',
  'dailyMetrics[3].sleepScore: 101: must lie between 0 and 100',
  'dailyMetrics[3].sleepDurationHours: 25: must lie between 0 and 24 h',
  'dailyMetrics[3].hrv: -3: must lie between 1 and 400 ms',
  'dailyMetrics[3]: left out, because it has no usable value',
  'dailyMetrics[4].date: 2026-12-24T00:00:00.000Z: lies in the future',
  'dailyMetrics[4]: left out, because it has no usable date',
  'dailyMetrics[5].steps: is not a field that is kept here',
  'dailyMetrics[6].hrvType: there is no hrv for it',
  'runs[0].averageHeartRate: 0: must lie between 25 and 250 bpm',
  'runs[0].maxHeartRate: 10: must lie between 25 and 250 bpm',
  'runs[1].averageHeartRate: the average (178) is above the maximum (168)',
  'runs[1].maxHeartRate: the average (178) is above the maximum (168)',
  'runs[2].startedAt: "2026-03-12T25:00:00.000Z": is not a date-time that exists, written like 2026-06-13T19:00:00Z',
  'runs[2]: left out, because it has no usable startedAt or startedOn',
  'runs[3].distanceMeters: 0: must be more than 0 and at most 1000000 m',
  'runs[3].movingSeconds: -1: must be more than 0 and at most 864000 s',
  'runs[3]: left out, because it has neither a usable distance nor a time',
  'runs[4].distanceMeters: 10000 m in 60 s: nobody runs 166.7 m/s',
  'runs[4].movingSeconds: 10000 m in 60 s: nobody runs 166.7 m/s',
  'runs[4]: left out, because it has neither a usable distance nor a time',
  'runs[5].startedAt: 2027-03-14T05:00:00.000Z: lies in the future',
  'runs[5]: left out, because it has no usable startedAt or startedOn',
  'runs[6].sport: "SWIM": Invalid option: expected one of "RUN"|"TRAIL_RUN"|"TRACK_RUN"|"TREADMILL_RUN"|"VIRTUAL_RUN"',
  'runs[7]: must be an object',
  'dailyMetrics[8].hrv: is said otherwise by dailyMetrics[7]',
];

describe('a file with odd values', () => {
  it('is kept as far as it is possible, and every refusal says where and why', async () => {
    const username = name();
    const { refusals } = await importRunner(gateway, { username, ...oddFile });
    expect(refusals.map(({ path, message }) => `${path}: ${message}`)).toEqual(expectedRefusals);
    const runner = await find(username);
    expect(
      runner.dailyReadings.map(({ date, sleepScore, deepSleepHours, hrv }) => [
        date.toISOString().slice(0, 10),
        sleepScore,
        deepSleepHours,
        hrv,
      ]),
    ).toEqual([
      ['2026-02-01', 84, 1.25, null],
      ['2026-02-02', null, null, null],
      ['2026-02-06', null, null, null],
      ['2026-02-07', null, null, null],
      ['2026-02-08', 80, null, 44],
    ]);
    expect(
      runner.runs.map((run) => [run.startedOn.toISOString().slice(0, 10), run.distanceMeters, run.averageHeartRate, run.sport]),
    ).toEqual([
      ['2026-03-08', 3476, null, 'RUN'],
      ['2026-03-12', 4200, null, 'RUN'],
      ['2026-03-14', 5000, null, 'RUN'],
    ]);
  });

  it('changes nothing when it comes again, and says so', async () => {
    const username = name();
    const first = await importRunner(gateway, { username, ...oddFile });
    const before = await find(username);
    gateway.clock.now = new Date('2026-06-20T12:00:00.000Z');
    const again = await importRunner(gateway, { username, ...oddFile });
    gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');
    expect(again.refusals).toEqual(first.refusals);
    expect(again.counts).toEqual(first.counts.map(({ noun, created }) => ({ noun, created: 0, updated: 0, unchanged: created })));
    expect(await find(username)).toEqual(before);
  });

  it('gives the same runner whole or in slices, in any order', async () => {
    const [whole, sliced] = [name(), name()];
    await importRunner(gateway, { username: whole, ...oddFile });
    const { dailyMetrics, runs, gear: _gear, ...person } = oddFile;
    for (const run of runs) await importRunner(gateway, { username: sliced, timezone: person.timezone, runs: [run] });
    for (const day of dailyMetrics) await importRunner(gateway, { username: sliced, dailyMetrics: [day] });
    await importRunner(gateway, { username: sliced, ...person });
    const [a, b] = [await find(whole), await find(sliced)];
    const plain = (rows: { id: string; runnerId: string }[]) => rows.map(({ id: _id, runnerId: _runnerId, ...rest }) => rest);
    expect(plain(b.runs)).toEqual(plain(a.runs));
    // Alone, the second reading of a day is news that replaces the first.
    expect(plain(b.dailyReadings).slice(0, 4)).toEqual(plain(a.dailyReadings).slice(0, 4));
    expect(b.units).toBe('IMPERIAL');
  });
});
