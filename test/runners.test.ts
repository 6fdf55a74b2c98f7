import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { ask, createSharedRunner, fullDocument, importRunner } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

const create =
  'mutation ($input: CreateRunnerInput!) { createRunner(input: $input) { id username units timezone sharingEnabled contextLinks { isDefault url profile training health labs } } }';
const update =
  'mutation ($id: ID!, $input: UpdateRunnerInput!) { updateRunner(id: $id, input: $input) { id username timezone heightCm birthDate } }';
const codeOf = async (document: string, variables: object, headers?: Record<string, string>) =>
  (await gateway.graphql(document, variables, headers)).errors?.[0]?.extensions.code;

describe('a new runner', () => {
  it('has a default link and shares nothing', async () => {
    const { createRunner } = await ask<{ createRunner: object }>(gateway, create, {
      input: { username: ' Runner-A.W ', timezone: 'Asia/Tokyo' },
    });
    expect(createRunner).toEqual({
      id: expect.any(String),
      username: 'runner-a.w',
      units: 'METRIC',
      timezone: 'Asia/Tokyo',
      sharingEnabled: false,
      contextLinks: [
        {
          isDefault: true,
          url: expect.stringMatching(/^https:\/\/gateway\.example\/api\/runner-context\/[A-Za-z0-9_-]{43}$/),
          profile: true,
          training: true,
          health: false,
          labs: false,
        },
      ],
    });
    expect(await codeOf(create, { input: { username: 'RUNNER-A.W' } })).toBe('CONFLICT');
  });

  it.each([
    { username: 'a b' },
    { username: '' },
    { username: '-a' },
    { username: 'x', timezone: 'Mars/Olympus' },
    { username: 'x', timezone: '+09:00' },
    { username: 'x', heightCm: 20 },
    { username: 'x', birthDate: '1992-02-30' },
    { username: 'x', birthDate: '2027-01-01' },
    { username: 'x', runningSince: '2025-13' },
    { username: 'x', weeklyFrequency: 'as often as the weather allows' },
  ])('is refused as %o', async (input) => {
    expect(await codeOf(create, { input })).toBe('INVALID');
  });
});

describe('changing a runner', () => {
  it('keeps what is omitted and clears what is null', async () => {
    const { id } = await createSharedRunner(gateway, { heightCm: 180, birthDate: '1990-01-02' });
    const { updateRunner } = await ask<{ updateRunner: object }>(gateway, update, { id, input: { heightCm: null } });
    expect(updateRunner).toMatchObject({ heightCm: null, birthDate: '1990-01-02' });
    expect(await codeOf(update, { id, input: { units: null } })).toBe('INVALID');
    const { username } = await createSharedRunner(gateway);
    expect(await codeOf(update, { id, input: { username } })).toBe('CONFLICT');
    expect(await codeOf(update, { id: 'nobody', input: {} })).toBe('NOT_FOUND');
  });

  it('moves runs that know their time to the days they fall on in another time zone', async () => {
    const runs = [
      { source: 'watch', startedAt: '2026-06-01T20:00:00Z', distanceMeters: 5000 },
      { source: 'diary', startedOn: '2026-06-01', distanceMeters: 3000 },
    ];
    const { id } = await createSharedRunner(gateway, { timezone: 'UTC', runs });
    const days = async () => {
      const { runner } = await ask<{ runner: { runs: { edges: { node: { startedOn: string; source: string } }[] } } }>(
        gateway,
        'query ($id: ID) { runner(id: $id) { runs(first: 5) { edges { node { startedOn source } } } } }',
        { id },
      );
      return runner.runs.edges.map(({ node }) => `${node.source} ${node.startedOn}`).sort();
    };
    expect(await days()).toEqual(['diary 2026-06-01', 'watch 2026-06-01']);
    await ask(gateway, update, { id, input: { timezone: 'Asia/Tokyo' } });
    expect(await days()).toEqual(['diary 2026-06-01', 'watch 2026-06-02']);
  });
});

describe('the revision', () => {
  it('rises with every change of the runner and of anything of theirs, by whoever makes it', async () => {
    const { id, username } = await createSharedRunner(gateway, fullDocument);
    const { db } = gateway;
    const where = { where: { runnerId: id } };
    const one = { where: { runnerId: id }, data: {} };
    const revision = async () => (await db.runner.findUniqueOrThrow({ where: { id } })).revision;
    const changes: Record<string, () => Promise<unknown>> = {
      'the runner': () => db.runner.update({ where: { id }, data: { heightCm: 170 } }),
      'a measurement': () => db.measurement.updateMany({ ...one, data: { value: 70.5 } }),
      zones: () => db.heartRateZones.updateMany({ ...one, data: { zone1Max: 120 } }),
      gear: () => db.gear.updateMany({ ...one, data: { kind: 'spikes' } }),
      'a race': () => db.raceResult.updateMany({ ...one, data: { place: 2 } }),
      'a goal': () => db.goal.updateMany({ ...one, data: { priority: 'B' } }),
      'a best': () => db.personalBest.updateMany({ ...one, data: { timeSeconds: 11_000 } }),
      'a run': () => db.run.updateMany({ ...one, data: { notes: 'other' } }),
      'a day': () => db.dailyReading.updateMany({ ...one, data: { hrv: 50 } }),
      'a lab test': () => db.labTest.updateMany({ ...one, data: { insight: 'other' } }),
      'a marker': () => db.labMarker.updateMany({ where: { labTest: { runnerId: id } }, data: { flag: 'H' } }),
      'a source': () => db.healthSource.updateMany({ ...one, data: { priority: 7 } }),
      'a link': () => db.contextLink.updateMany({ ...one, data: { labs: false } }),
      'an import': () => importRunner(gateway, { username, gear: [{ name: 'more shoes' }] }),
      'a marker that goes': () => db.labMarker.deleteMany({ where: { labTest: { runnerId: id } } }),
      'a run that goes': () => db.run.deleteMany(where),
      'a day that goes': () => db.dailyReading.deleteMany(where),
    };
    for (const [what, change] of Object.entries(changes)) {
      const before = await revision();
      await change();
      expect(await revision(), what).toBeGreaterThan(before);
    }
    const before = await revision();
    await db.runner.update({ where: { id }, data: { heightCm: 170 } });
    expect(await revision(), 'nothing changed').toBe(before);
    await db.runner.update({ where: { id }, data: { revision: 0n } });
    expect(await revision(), 'it cannot be set').toBeGreaterThan(before);
  });
});

describe('impossible rows', () => {
  it('are refused by the database, whoever writes them', async () => {
    const { id: runnerId } = await createSharedRunner(gateway);
    const { db } = gateway;
    const date = new Date('2026-06-01');
    const writes: (() => Promise<unknown>)[] = [
      () => db.dailyReading.create({ data: { runnerId, date, source: 'x' } }),
      () => db.dailyReading.create({ data: { runnerId, date, source: 'x', restingHeartRate: 0 } }),
      () => db.dailyReading.create({ data: { runnerId, date, source: 'x', sleepDurationHours: 6, deepSleepHours: 6.06 } }),
      () => db.run.create({ data: { runnerId, startedOn: date, source: 'x', distanceMeters: 0 } }),
      () => db.run.create({ data: { runnerId, startedOn: date, source: 'x', averageHeartRate: 0 } }),
      () => db.heartRateZones.create({ data: { runnerId, date, source: 'x', zone1Max: 150, zone2Max: 140, zone3Max: 160, zone4Max: 170 } }),
      () =>
        db.contextLink.create({
          data: { runnerId, label: 'b', isDefault: true, tokenHash: 'a'.repeat(64), encryptedToken: '', rotatedAt: date },
        }),
      () => db.runner.create({ data: { username: 'Not Lower', subject: 'not-lower' } }),
    ];
    for (const write of writes) await expect(write(), write.toString()).rejects.toThrow();
  });
});

describe('runners', () => {
  it('are seen and changed by operators only', async () => {
    const { id, username } = await createSharedRunner(gateway);
    const { plaintext } = await gateway.mintKey();
    const operations: [string, object][] = [
      ['query ($id: ID) { runner(id: $id) { username } }', { id }],
      ['query ($id: ID!) { exportRunner(id: $id) { next } }', { id }],
      [create, { input: { username: 'somebody' } }],
      [update, { id, input: { heightCm: 1 } }],
      ['mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { refusals { path } } }', { input: { username } }],
      ['mutation ($id: ID!) { deleteRunner(id: $id) }', { id }],
      ['mutation ($id: ID!) { updateContextSharing(runnerId: $id, input: { labs: true }) { id } }', { id }],
      ['mutation ($id: ID!) { rotateContextToken(runnerId: $id) { url } }', { id }],
    ];
    for (const [document, variables] of operations) {
      for (const headers of [{}, { 'X-API-Key': plaintext }] as Record<string, string>[]) {
        const answer = await gateway.graphql(document, variables, headers);
        // For anybody else these are no words of the schema.
        expect(answer.errors?.[0]?.message, document).toMatch(/Cannot query field|not configured|not executable|Unknown type/);
      }
    }
    const both = await gateway.graphql('query ($id: ID, $username: String) { runner(id: $id, username: $username) { id } }', {
      id,
      username,
    });
    expect(both.errors?.[0]?.extensions.code).toBe('INVALID');
    expect((await gateway.graphql('{ runner(id: "x") { id } }')).data).toEqual({ runner: null });
  });
});
