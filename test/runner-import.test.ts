import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { ask, createSharedRunner, everything, exportRunner, fullDocument, importRunner, linkOf, share } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

const name = () => `runner-${crypto.randomUUID()}`;
const find = async (username: string) =>
  gateway.db.runner.findUniqueOrThrow({
    where: { username },
    include: {
      runs: { orderBy: [{ startedOn: 'asc' }, { id: 'asc' }] },
      dailyReadings: { orderBy: { date: 'asc' } },
      measurements: { orderBy: { date: 'asc' } },
      healthConnections: { orderBy: { priority: 'asc' } },
    },
  });

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

describe('an export', () => {
  it('holds everything, and imports back identically', async () => {
    const original = await createSharedRunner(gateway, { ...fullDocument, sharingEnabled: true }, everything);
    await importRunner(gateway, {
      username: original.username,
      contextLinks: [{ label: 'doctor', labs: true, expiresAt: '2027-01-01T00:00:00.000Z' }],
    });
    const exported = await exportRunner(gateway, original.id);
    for (const [list, items] of Object.entries(fullDocument)) {
      if (Array.isArray(items)) expect(exported[list], list).toEqual(expect.arrayContaining(items as object[]));
    }
    const other = await startGateway();
    other.clock.now = new Date('2026-07-01T00:00:00.000Z');
    const { refusals } = await importRunner(other, exported);
    expect(refusals).toEqual([]);
    const copy = await ask<{ runner: { id: string } }>(other, 'query ($username: String) { runner(username: $username) { id } }', original);
    expect(await exportRunner(other, copy.runner.id)).toEqual(exported);
    const { path } = await linkOf(other, copy.runner.id);
    expect(path, 'a link of its own').not.toBe(original.path);

    const bodies: string[] = [];
    for (const [node, address] of [
      [gateway, original.path],
      [other, path],
    ] as const) {
      node.clock.now = new Date('2026-07-01T00:00:00.000Z');
      bodies.push((await (await node.get(address)).text()).replaceAll(address, '/address'));
    }
    gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');
    expect(bodies[1]).toBe(bodies[0]);
  });

  it('comes in pieces, each of which can be imported by itself', async () => {
    const dailyMetrics = Array.from({ length: 4_500 }, (_, days) => ({
      date: new Date(gateway.clock.now.getTime() - days * 86_400_000).toISOString().slice(0, 10),
      source: 'watch',
      hrv: 50,
    }));
    const { id } = await createSharedRunner(gateway, { dailyMetrics });
    const sorted = (items: unknown) =>
      (items as { date: string }[])
        .map(({ date }) => date)
        .sort()
        .reverse();
    expect(sorted((await exportRunner(gateway, id)).dailyMetrics)).toEqual(dailyMetrics.map(({ date }) => date));
    const refused = await gateway.graphql('query ($id: ID!) { exportRunner(id: $id, after: "nonsense") { next } }', { id });
    expect(refused.errors?.[0]?.extensions.code).toBe('INVALID');
  });
});

describe('deleting a runner', () => {
  it('leaves nothing but an opaque id in the audit log, and other runners untouched', async () => {
    const [owner, other] = [await createSharedRunner(gateway, fullDocument), await createSharedRunner(gateway, fullDocument)];
    await share(gateway, owner.id, { health: false });
    await gateway.get(owner.path);
    await gateway.flushReads();
    await exportRunner(gateway, owner.id);
    const tables = await gateway.db.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
    const held = async () => {
      const rows: Record<string, string> = {};
      for (const { name: table } of tables) {
        const [all] = await gateway.db.$queryRawUnsafe<{ rows: string }[]>(
          `SELECT coalesce(string_agg(to_jsonb(t)::text, E'\n' ORDER BY to_jsonb(t)::text), '') AS rows FROM "${table}" AS t`,
        );
        rows[table] = all?.rows ?? '';
      }
      return rows;
    };
    const links = await gateway.db.contextLink.findMany({ where: { runnerId: owner.id } });
    const before = await held();
    const secrets = [owner.username, ...links.flatMap((link) => [link.id, link.tokenHash, link.encryptedToken])];

    const { deleteRunner } = await ask<{ deleteRunner: string }>(gateway, 'mutation ($id: ID!) { deleteRunner(id: $id) }', owner);
    expect(deleteRunner).toBe(owner.id);
    expect((await gateway.get(owner.path)).status).toBe(404);
    const after = await held();
    for (const [table, rows] of Object.entries(after)) {
      if (table === 'AuditEvent') continue;
      for (const trace of [owner.id, ...secrets]) expect(rows.includes(trace), `${trace} in ${table}`).toBe(false);
      const kept = before[table]!.split('\n').filter((row) => row.includes(other.id));
      expect(rows.split('\n').filter((row) => row.includes(other.id))).toEqual(kept);
    }
    expect(Object.keys(after).filter((table) => after[table] !== before[table]).length, 'tables it was in').toBeGreaterThan(12);
    const events = await gateway.db.auditEvent.findMany({ where: { targetId: owner.id }, orderBy: { id: 'asc' } });
    expect(events.at(-1)).toMatchObject({ action: 'runner.delete', details: {} });
    expect(JSON.stringify(events)).not.toContain(owner.username);
    expect((await gateway.get(other.path)).status).toBe(200);
    const again = await gateway.graphql('mutation ($id: ID!) { deleteRunner(id: $id) }', { id: owner.id });
    expect(again.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
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
