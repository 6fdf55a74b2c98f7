import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { type Desk, desks } from './support/runner-desks.ts';
import { createSharedRunner, fullDocument, importRunner } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

async function newRunner(document: object = {}) {
  const runner = await createSharedRunner(gateway, { ...document });
  const headers = await gateway.session('runner', runner.id);
  const ask = (query: string, variables: object = {}) =>
    gateway.graphql<Record<string, never>>(query, { runnerId: runner.id, ...variables }, headers);
  /** Writes as the runner, and gives the item with these fields. */
  const save = async (name: string, input: object, fields = 'id') => {
    const answer = await ask(
      `mutation ($runnerId: ID!, $input: Save${name}Input!) { saved: save${name}(runnerId: $runnerId, input: $input) { ${fields} } }`,
      { input },
    );
    return { item: answer.data?.saved as unknown as Record<string, unknown> & { id: string }, error: answer.errors?.[0] };
  };
  const remove = (name: string, id: string) =>
    ask(`mutation ($runnerId: ID!, $id: ID!) { deleted: delete${name}(runnerId: $runnerId, id: $id) }`, { id });
  /** What the runner reads of themselves. */
  const read = async (fields: string) => {
    const answer = await ask(`query ($runnerId: ID) { runner(id: $runnerId) { ${fields} } }`);
    expect(answer.errors).toBeUndefined();
    return answer.data.runner as unknown as Record<string, unknown>;
  };
  return { ...runner, headers, save, remove, read };
}

const paths = (error: { extensions: Record<string, unknown> } | undefined) =>
  (error?.extensions.errors as { path: string }[] | undefined)?.map(({ path }) => path);

const fieldsOf = ({ input }: Desk) =>
  `id ${Object.keys(input)
    .map((field) => (field === 'markers' ? 'markers { name value valueText unit }' : field))
    .join(' ')}`;

describe.each(desks)('$name', (desk) => {
  const { name, input, change, clear, list, paged, impossible } = desk;
  const listed = async (runner: Awaited<ReturnType<typeof newRunner>>) => {
    const found = (
      await runner.read(paged ? `${list}(first: 10) { edges { node { ${fieldsOf(desk)} } } }` : `${list} { ${fieldsOf(desk)} }`)
    )[list];
    return paged ? (found as { edges: { node: object }[] }).edges.map(({ node }) => node) : (found as object[]);
  };
  const asRead = (fields: object): object => {
    const { markers, ...others } = fields as { markers?: object[] };
    const lines = markers?.map((marker) => ({ value: null, valueText: null, unit: null, ...marker }));
    return { ...others, ...(lines && { markers: lines }) };
  };

  it('is written by its runner, read back, changed field by field, cleared and deleted', async () => {
    const runner = await newRunner();
    const { item } = await runner.save(name, input);
    expect(await listed(runner)).toEqual([{ id: item.id, ...asRead(input) }]);
    // The same natural key without an id is the same item.
    expect((await runner.save(name, input)).item).toEqual(item);
    expect((await runner.save(name, { id: item.id, ...change })).item).toEqual(item);
    expect(await listed(runner)).toEqual([{ id: item.id, ...asRead({ ...input, ...change }) }]);
    if (clear) {
      await runner.save(name, { id: item.id, [clear]: null });
      expect(await listed(runner)).toEqual([{ id: item.id, ...asRead({ ...input, ...change, [clear]: null }) }]);
    }
    expect((await runner.remove(name, item.id)).data).toEqual({ deleted: item.id });
    expect(await listed(runner)).toEqual([]);
    expect((await runner.remove(name, item.id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is refused as a whole when a value is impossible, with the place of the fault', async () => {
    const runner = await newRunner();
    const { item } = await runner.save(name, input);
    for (const [fields, path] of impossible) {
      for (const attempt of [
        { ...input, ...fields },
        { id: item.id, ...fields },
      ]) {
        const { error } = await runner.save(name, attempt);
        expect(error?.extensions.code, JSON.stringify(attempt)).toBe('INVALID');
        expect(paths(error)).toContain(path);
      }
    }
    expect(await listed(runner)).toEqual([{ id: item.id, ...asRead(input) }]);
    expect((await runner.save(name, {})).error?.extensions.code).toBe('INVALID');
  });

  it('of another runner is not there', async () => {
    const [owner, stranger] = [await newRunner(), await newRunner()];
    const { item } = await owner.save(name, input);
    expect((await stranger.save(name, { id: item.id, ...change })).error?.extensions.code).toBe('NOT_FOUND');
    expect((await stranger.remove(name, item.id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await listed(owner)).toEqual([{ id: item.id, ...asRead(input) }]);
  });
});

describe('what was imported', () => {
  it('may be edited and deleted by its runner; it keeps its source, and what the runner adds is manual', async () => {
    const runner = await newRunner(fullDocument);
    const fields = 'runs(first: 9, source: "training-watch") { edges { node { id name notes source startedOn } } }';
    const before = (await runner.read(fields)).runs as { edges: { node: { id: string } }[] };
    const [{ node }] = before.edges as [{ node: { id: string } }];
    const { item } = await runner.save('Run', { id: node.id, name: 'Renamed', notes: null }, 'name notes source distanceMeters startedOn');
    expect(item).toEqual({ name: 'Renamed', notes: null, source: 'training-watch', distanceMeters: 13_370, startedOn: '2026-06-11' });
    expect((await runner.remove('Run', node.id)).data).toEqual({ deleted: node.id });
    const { item: own } = await runner.save('Run', { startedOn: '2026-06-10', distanceMeters: 5000 }, 'source sport');
    expect(own).toEqual({ source: 'manual', sport: 'RUN' });
    const sources = (await runner.read('healthConnections { name kind lastImportAt }')).healthConnections as object[];
    expect(sources).toContainEqual({ name: 'manual', kind: 'MANUAL', lastImportAt: '2026-06-13T12:00:00.000Z' });
  });

  it('is not written over by an edit that would make two of it', async () => {
    const runner = await newRunner();
    const { item: first } = await runner.save('Gear', { name: 'First' });
    const { item: second } = await runner.save('Gear', { name: 'Second' });
    const { error } = await runner.save('Gear', { id: second.id, name: 'First' });
    expect(error?.extensions).toMatchObject({ code: 'CONFLICT', id: first.id });
  });
});

describe('a run that two sources recorded', () => {
  it('counts once, and again when the other is deleted or moved away', async () => {
    const runner = await newRunner({
      runs: [{ source: 'watch', startedAt: '2026-06-12T06:00:00Z', distanceMeters: 10_000, movingSeconds: 3000 }],
    });
    const { item } = await runner.save(
      'Run',
      { startedAt: '2026-06-12T06:02:00Z', distanceMeters: 10_050, movingSeconds: 3010 },
      'id isDuplicate',
    );
    expect(item.isDuplicate).toBe(true);
    await runner.save('Run', { id: item.id, startedAt: '2026-06-01T06:00:00Z' });
    expect((await runner.save('Run', { id: item.id }, 'isDuplicate')).item.isDuplicate).toBe(false);
    const { runs } = await gateway.db.runner.findUniqueOrThrow({
      where: { id: runner.id },
      include: { runs: { where: { source: 'watch' } } },
    });
    await runner.save('Run', { id: item.id, startedAt: '2026-06-12T06:02:00Z' });
    await runner.remove('Run', runs[0]!.id);
    expect((await runner.save('Run', { id: item.id }, 'isDuplicate')).item.isDuplicate).toBe(false);
  });
});

describe('the revision', () => {
  it('rises with what changes, and stays with what does not', async () => {
    const runner = await newRunner();
    const revision = async () => (await gateway.db.runner.findUniqueOrThrow({ where: { id: runner.id } })).revision;
    const { item } = await runner.save('Gear', { name: 'Shoes' });
    const before = await revision();
    await runner.save('Gear', { id: item.id, name: 'Shoes' });
    expect(await revision()).toBe(before);
    await runner.save('Gear', { id: item.id, kind: 'shoes' });
    expect(await revision()).toBeGreaterThan(before);
  });
});

describe('a runner who imports', () => {
  const document = 'mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { counts { noun created } } }';

  it('writes what is theirs, and learns nothing of others', async () => {
    const [owner, other] = [await newRunner(), await newRunner()];
    const by = (username: string) => gateway.graphql(document, { input: { username, gear: [{ name: 'shoes' }] } }, owner.headers);
    expect((await by(owner.username)).errors).toBeUndefined();
    const refused = [await by(other.username), await by('nobody-of-that-name')];
    expect(refused.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await gateway.db.runner.count({ where: { username: 'nobody-of-that-name' } })).toBe(0);
    expect(await gateway.db.gear.count({ where: { runnerId: other.id } })).toBe(0);
  });
});

describe('best times', () => {
  it('come from races, runs and statements, each with what it is worth, and say where fitness comes from', async () => {
    const runner = await newRunner();
    await importRunner(gateway, {
      username: runner.username,
      raceResults: [{ date: '2026-05-01', name: 'race', distanceMeters: 10_000, timeSeconds: 2_400 }],
      runs: [{ source: 'watch', startedOn: '2026-04-01', distanceMeters: 5010, movingSeconds: 1180 }],
      personalBests: [{ distanceMeters: 42_195, timeSeconds: 12_000 }],
    });
    expect(
      await runner.read('personalBests { distanceMeters timeSeconds date kind vdot } fitness { vdot isRecent from { kind } }'),
    ).toEqual({
      personalBests: [
        { distanceMeters: 5000, timeSeconds: 1180, date: '2026-04-01', kind: 'RUN', vdot: expect.closeTo(50.8, 0) },
        { distanceMeters: 10_000, timeSeconds: 2_400, date: '2026-05-01', kind: 'RACE', vdot: expect.closeTo(51.9, 0) },
        { distanceMeters: 42_195, timeSeconds: 12_000, date: null, kind: 'STATED', vdot: expect.closeTo(47, 0) },
      ],
      fitness: { vdot: expect.closeTo(51.9, 0), isRecent: true, from: { kind: 'RACE' } },
    });
  });
});

describe('training', () => {
  it('has paces and equivalent times of the fitness, as the context tells them', async () => {
    const runner = await newRunner({ raceResults: [{ date: '2026-05-01', name: 'race', distanceMeters: 10_000, timeSeconds: 2_400 }] });
    const { fitness } = (await runner.read(`personalBests { distanceName }
      fitness { paces { easySlowest easyFastest marathon threshold interval repetition } equivalentTimes { name timeSeconds } }`)) as {
      fitness: { paces: Record<string, number>; equivalentTimes: { name: string; timeSeconds: number }[] };
    };
    const { easySlowest, easyFastest, marathon, threshold, interval, repetition } = fitness.paces as Record<string, number>;
    const slowestFirst = [easySlowest, easyFastest, marathon, threshold, interval, repetition] as number[];
    expect(slowestFirst).toEqual(slowestFirst.toSorted((a, b) => b - a));
    expect(interval! - repetition!).toBeCloseTo(15);
    expect(fitness.equivalentTimes.map(({ name }) => name)).toEqual(['1 mile', '3 km', '5 km', '10 km', 'half marathon', 'marathon']);
    expect(fitness.equivalentTimes[3]!.timeSeconds).toBeCloseTo(2_400, 1);
  });

  it('has the volume of each week with runs, whole weeks also where the days asked for cut them', async () => {
    const run = (startedOn: string, distanceMeters: number | null, source = 'watch') => ({
      source,
      startedOn,
      externalId: `${source}-${startedOn}-${distanceMeters}`,
      ...(distanceMeters ? { distanceMeters, movingSeconds: distanceMeters / 3 } : { movingSeconds: 1_200 }),
    });
    const healthSources = [{ name: 'hidden', kind: 'OTHER', priority: 9, excluded: true }];
    const runs = [run('2026-05-04', 6_000), run('2026-05-10', 9_000), run('2026-05-12', null), run('2026-05-20', 3_000, 'hidden')];
    const runner = await newRunner({ healthSources, runs });
    const week = '{ weekStart runs distanceMeters movingSeconds longestMeters runsWithoutDistance }';
    const weeks = [
      { weekStart: '2026-05-18', runs: 1, distanceMeters: 3_000, movingSeconds: 1_000, longestMeters: 3_000, runsWithoutDistance: 0 },
      { weekStart: '2026-05-11', runs: 1, distanceMeters: null, movingSeconds: 1_200, longestMeters: null, runsWithoutDistance: 1 },
      { weekStart: '2026-05-04', runs: 2, distanceMeters: 15_000, movingSeconds: 5_000, longestMeters: 9_000, runsWithoutDistance: 0 },
    ];
    expect(await runner.read(`weeklyVolume ${week}`)).toEqual({ weeklyVolume: weeks });
    expect(await runner.read(`weeklyVolume(from: "2026-05-09", to: "2026-05-12") ${week}`)).toEqual({ weeklyVolume: weeks.slice(1) });
    const other = await newRunner();
    const refused = await gateway.graphql(
      `query ($id: ID) { runner(id: $id) { weeklyVolume(from: "soon") ${week} } }`,
      { id: other.id },
      other.headers,
    );
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path: 'from' }] });
  });
});
