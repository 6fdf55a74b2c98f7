import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { callTool, connectGatewayMcp } from './support/mcp.ts';
import { ask, createSharedRunner, importRunner } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

/** Values that nobody else has, so that they can be looked for in any answer. */
const sentinels = ['secret-', '71.93', '163.17', '41.77', '87.19', '66.3', '52.43', '9.87', '12.34'];

const document = {
  healthSources: [
    { name: 'secret-ring', kind: 'OURA', priority: 1, grantedScopes: ['activities', 'sleep'] },
    { name: 'watch', kind: 'GARMIN', priority: 2 },
  ],
  measurements: [
    { kind: 'WEIGHT', date: '2026-06-10', source: 'secret-ring', value: 71.93 },
    { kind: 'LACTATE_THRESHOLD_HEART_RATE', date: '2026-06-10', source: 'secret-ring', value: 163.17 },
    { kind: 'WEIGHT', date: '2026-06-01', source: 'watch', value: 60.5 },
  ],
  heartRateZones: [
    { date: '2026-06-10', source: 'secret-ring', zone1Max: 118, zone2Max: 148, zone3Max: 158, zone4Max: 168 },
    { date: '2026-06-01', source: 'watch', zone1Max: 121, zone2Max: 136, zone3Max: 151, zone4Max: 166 },
  ],
  dailyMetrics: [
    { date: '2026-06-12', source: 'secret-ring', restingHeartRate: 41.77, hrv: 87.19, weightKg: 66.31, vo2Max: 52.43 },
    { date: '2026-06-12', source: 'watch', restingHeartRate: 49 },
    { date: '2026-06-11', source: 'secret-ring', fitnessAge: 29, sleepDurationHours: 9.87 },
  ],
  runs: [
    // The best 5 km, and a recording of the same run as the watch's.
    { source: 'secret-ring', startedAt: '2026-06-09T06:00:00Z', distanceMeters: 5001, movingSeconds: 1000, name: 'secret-run' },
    { source: 'secret-ring', startedAt: '2026-06-12T06:00:00Z', distanceMeters: 12_340, movingSeconds: 4000, averageHeartRate: 151 },
    { source: 'watch', startedAt: '2026-06-12T06:01:00Z', distanceMeters: 12_100, movingSeconds: 3990, averageHeartRate: 150 },
  ],
  labTests: [
    { date: '2026-06-01', name: 'secret-panel', source: 'secret-ring', markers: [{ name: 'Ferritin', value: 33 }] },
    { date: '2026-05-01', name: 'panel', markers: [{ name: 'Ferritin', value: 35 }] },
  ],
};

const exclude = async (id: string, excluded: boolean) =>
  gateway.graphql(
    'mutation ($id: ID!, $excluded: Boolean) { saveHealthConnection(runnerId: $id, input: { name: "secret-ring", excluded: $excluded }) { status } }',
    { id, excluded },
    await gateway.session('runner', id),
  );

/** Every answer that anybody with the address can get, as one text. */
async function everythingShared({ path, token }: { path: string; token: string }): Promise<string> {
  const texts = [];
  const endings = [
    '',
    '?format=json',
    '?detail=full',
    '?detail=brief',
    '/health',
    '/health?limit=1',
    '/health?before=2026-06-12',
    '/runs',
    '/personal-bests',
  ];
  for (const address of endings.map((ending) => path + ending)) {
    const response = await gateway.get(address);
    expect(response.status).toBe(200);
    texts.push(await response.text());
  }
  const overGraphql = await gateway.graphql(
    `query ($token: String!) {
      runnerContext(token: $token, format: "json") { context_markdown training { weekly_volume { distance_km } recent_runs { distance_km } } }
      runnerHealth(token: $token) { metrics { date resting_heart_rate hrv vo2_max fitness_age sleep_duration } } }`,
    { token },
  );
  expect(overGraphql.errors).toBeUndefined();
  const mcp = await connectGatewayMcp(gateway, path);
  for (const tool of ['get_context', 'get_health', 'get_runs', 'get_personal_bests']) {
    const { text, data } = await callTool(mcp, tool);
    texts.push(text, JSON.stringify(data));
  }
  return [...texts, JSON.stringify(overGraphql.data)].join('\n').replaceAll(path, '').replaceAll(token, '');
}

interface Context {
  training: { weekly_volume: { distance_km: number; runs?: number }[]; recent_runs: { distance_km: number }[] };
  runner: { weight_kg: number; lthr?: number; hr_zones: { zone2_max: number } };
}
const contextOf = async (path: string) => (await (await gateway.get(`${path}?format=json`)).json()) as Context;

describe('a source that its owner excludes', () => {
  it('is in every answer until then, and in none from the next request on', async () => {
    const owner = await createSharedRunner(gateway, document);
    const before = await everythingShared(owner);
    for (const sentinel of sentinels) expect(before).toContain(sentinel);
    expect((await exclude(owner.id, true)).data).toEqual({ saveHealthConnection: { status: 'EXCLUDED' } });
    const after = await everythingShared(owner);
    expect(sentinels.filter((sentinel) => after.includes(sentinel))).toEqual([]);
    expect(after).toContain('49');
    await exclude(owner.id, false);
    expect(await everythingShared(owner)).toBe(before);
  });

  it('is excluded from further links too, and a changed answer has another tag', async () => {
    const owner = await createSharedRunner(gateway, document);
    const { createContextLink } = await ask<{ createContextLink: { url: string } }>(
      gateway,
      'mutation ($id: ID!) { createContextLink(runnerId: $id, input: { label: "doctor", profile: true, training: true, health: true, labs: true }) { url } }',
      { id: owner.id },
    );
    const path = new URL(createContextLink.url).pathname;
    const etag = (await gateway.get(path)).headers.get('etag')!;
    await exclude(owner.id, true);
    const again = await gateway.get(path, null, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(200);
    const text = await again.text();
    expect(sentinels.filter((sentinel) => text.includes(sentinel))).toEqual([]);
  });

  it('takes its best times, weekly volume and thresholds along, and what it hid counts again', async () => {
    const { id, path } = await createSharedRunner(gateway, document);
    const before = await contextOf(path);
    expect(before.training.recent_runs.map((run) => run.distance_km)).toEqual([12.34, 5]);
    expect(before.runner).toMatchObject({ weight_kg: 71.93, hr_zones: { zone2_max: 148 } });
    await exclude(id, true);
    const after = await contextOf(path);
    expect(after.training.recent_runs.map((run) => run.distance_km)).toEqual([12.1]);
    expect(after.training.weekly_volume.map((week) => week.distance_km)).toEqual([12.1]);
    expect(after.runner).toMatchObject({ weight_kg: 60.5, hr_zones: { zone2_max: 136 } });
    expect(after.runner.lthr).toBeUndefined();
    const { runner } = await ask<{ runner: object }>(
      gateway,
      'query ($id: ID) { runner(id: $id) { personalBests { distanceMeters } fitness { vdot } } }',
      { id },
    );
    expect(runner).toEqual({ personalBests: [], fitness: null });
  });

  it('stays in its owner’s own view, and is marked there', async () => {
    const { id } = await createSharedRunner(gateway, document);
    await exclude(id, true);
    const { data } = await gateway.graphql<{ runner: Record<string, { edges: { node: object }[] }> }>(
      `query ($id: ID) { runner(id: $id) {
        runs { edges { node { source distanceMeters isExcluded isDuplicate } } }
        dailyMetrics { edges { node { date restingHeartRate hrv sources { metric source isExcluded } } } }
        measurements(kind: WEIGHT) { edges { node { value isExcluded } } }
        labTests { edges { node { name isExcluded } } } } }`,
      { id },
      await gateway.session('runner', id),
    );
    const nodes = Object.fromEntries(Object.entries(data.runner).map(([list, { edges }]) => [list, edges.map(({ node }) => node)]));
    expect(nodes).toEqual({
      runs: [
        { source: 'watch', distanceMeters: 12_100, isExcluded: false, isDuplicate: false },
        { source: 'secret-ring', distanceMeters: 12_340, isExcluded: true, isDuplicate: true },
        { source: 'secret-ring', distanceMeters: 5001, isExcluded: true, isDuplicate: false },
      ],
      dailyMetrics: [
        {
          date: '2026-06-12',
          // What is shared comes before what is not.
          restingHeartRate: 49,
          hrv: 87.19,
          sources: [
            { metric: 'RESTING_HEART_RATE', source: 'watch', isExcluded: false },
            { metric: 'HRV', source: 'secret-ring', isExcluded: true },
            { metric: 'VO2_MAX', source: 'secret-ring', isExcluded: true },
            { metric: 'WEIGHT_KG', source: 'secret-ring', isExcluded: true },
          ],
        },
        expect.objectContaining({ date: '2026-06-11', hrv: null }),
      ],
      measurements: [
        { value: 71.93, isExcluded: true },
        { value: 60.5, isExcluded: false },
      ],
      labTests: [
        { name: 'secret-panel', isExcluded: true },
        { name: 'panel', isExcluded: false },
      ],
    });
  });

  it('stays excluded when it brings something new, and what it brings is shared with nobody', async () => {
    const owner = await createSharedRunner(gateway, document);
    await exclude(owner.id, true);
    await importRunner(gateway, {
      username: owner.username,
      dailyMetrics: [{ date: '2026-06-13', source: 'secret-ring', hrv: 77.77 }],
      runs: [{ source: 'secret-ring', startedAt: '2026-06-13T06:00:00Z', distanceMeters: 7777, movingSeconds: 2000 }],
    });
    const shared = await everythingShared(owner);
    for (const value of ['77.77', '7.777', '7.78', 'secret-ring']) expect(shared).not.toContain(value);
  });
});

describe('connections', () => {
  const fields = `name kind status excluded priority metricPriorities { metric priority } grantedScopes lastImportAt
    counts { runs days measurements heartRateZones labTests } winningMetrics`;
  const connections = async (id: string) => {
    const { data } = await gateway.graphql<{ runner: { healthConnections: Record<string, unknown>[]; metricSources: object[] } }>(
      `query ($id: ID) { runner(id: $id) { healthConnections { ${fields} } metricSources { metric sources } } }`,
      { id },
      await gateway.session('runner', id),
    );
    return data.runner;
  };
  const save = async (id: string, input: object) =>
    gateway.graphql<{ saveHealthConnection: object }>(
      `mutation ($id: ID!, $input: SaveHealthConnectionInput!) { saveHealthConnection(runnerId: $id, input: $input) { ${fields} } }`,
      { id, input },
      await gateway.session('runner', id),
    );

  it('say what each brought, when, what it was granted and what it wins', async () => {
    const { id } = await createSharedRunner(gateway, document);
    const { healthConnections, metricSources } = await connections(id);
    expect(healthConnections).toEqual([
      {
        name: 'secret-ring',
        kind: 'OURA',
        status: 'ACTIVE',
        excluded: false,
        priority: 1,
        metricPriorities: [],
        grantedScopes: ['activities', 'sleep'],
        lastImportAt: '2026-06-13T12:00:00.000Z',
        counts: { runs: 2, days: 2, measurements: 2, heartRateZones: 1, labTests: 1 },
        winningMetrics: ['RESTING_HEART_RATE', 'HRV', 'SLEEP_DURATION_HOURS', 'VO2_MAX', 'FITNESS_AGE', 'WEIGHT_KG'],
      },
      expect.objectContaining({ name: 'watch', kind: 'GARMIN', winningMetrics: [], counts: expect.objectContaining({ runs: 1, days: 1 }) }),
    ]);
    expect(metricSources).toContainEqual({ metric: 'RESTING_HEART_RATE', sources: ['secret-ring', 'watch'] });
  });

  it('of one metric may come in another order than of the others, everywhere', async () => {
    const { id, path } = await createSharedRunner(gateway, {
      healthSources: [
        { name: 'ring', priority: 1 },
        { name: 'watch', priority: 2 },
      ],
      dailyMetrics: ['ring', 'watch'].map((source) => ({
        date: '2026-06-12',
        source,
        restingHeartRate: source === 'ring' ? 44 : 49,
        vo2Max: source === 'ring' ? 51 : 56,
      })),
    });
    const shown = async () =>
      (await (await gateway.get(`${path}?format=json`)).json()) as {
        health: { latest_vo2_max: number; recent: Record<string, unknown>[] };
      };
    expect((await shown()).health).toMatchObject({ latest_vo2_max: 51, recent: [{ resting_heart_rate: 44, vo2_max: 51 }] });
    await save(id, { name: 'ring', metricPriorities: [{ metric: 'VO2_MAX', priority: 9 }] });
    expect((await shown()).health).toMatchObject({ latest_vo2_max: 56, recent: [{ resting_heart_rate: 44, vo2_max: 56 }] });
    const { healthConnections, metricSources } = await connections(id);
    expect(healthConnections.map(({ winningMetrics }) => winningMetrics)).toEqual([['RESTING_HEART_RATE'], ['VO2_MAX']]);
    expect(metricSources).toContainEqual({ metric: 'VO2_MAX', sources: ['watch', 'ring'] });
  });

  it('stand as the facts say, and refuse what makes no sense', async () => {
    const { id, username } = await createSharedRunner(gateway);
    const status = async (name: string) => (await connections(id)).healthConnections.find((source) => source.name === name)?.status;
    expect((await save(id, { name: 'Apple Health', grantedScopes: ['sleep'] })).data.saveHealthConnection).toMatchObject({
      kind: 'APPLE_HEALTH',
      status: 'LINKED',
      priority: 1,
      grantedScopes: ['sleep'],
    });
    await importRunner(gateway, { username, gear: [], dailyMetrics: [{ date: '2026-06-12', source: 'Apple Health', hrv: 50 }] });
    expect(await status('Apple Health')).toBe('ACTIVE');
    await gateway.db.healthSource.updateMany({ where: { runnerId: id }, data: { lastImportAt: new Date('2026-05-01') } });
    expect(await status('Apple Health')).toBe('STALE');
    await save(id, { name: 'Apple Health', disconnectedAt: '2026-06-01T00:00:00Z' });
    expect(await status('Apple Health')).toBe('DISCONNECTED');
    const [{ id: sourceId }] = (await gateway.db.healthSource.findMany({ where: { runnerId: id } })) as unknown as [{ id: string }];
    for (const input of [
      {},
      { name: 'x', priority: 0 },
      { name: 'x', metricPriorities: [{ metric: 'HRV', priority: 5000 }] },
      { id: sourceId, name: 'Other' },
      { name: 'x', disconnectedAt: '2027-01-01T00:00:00Z' },
    ]) {
      expect((await save(id, input)).errors?.[0]?.extensions.code, JSON.stringify(input)).toBe('INVALID');
    }
  });
});
