/** Runners as tests need them: imported through the API, shared or not. */
import type { Gateway } from './gateway.ts';

export interface Report {
  counts: { noun: string; created: number; updated: number; unchanged: number }[];
  refusals: { path: string; message: string }[];
}

export interface WrittenRunner {
  id: string;
  username: string;
  /** Path of the context's address, token and all. */
  path: string;
  token: string;
}

type Sharing = Partial<Record<'enabled' | 'profile' | 'training' | 'health' | 'labs', boolean>>;

/** The answer to a GraphQL operation that must succeed. */
export async function ask<T>(gateway: Gateway, query: string, variables: object): Promise<T> {
  const answer = await gateway.graphql<T>(query, variables);
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

/** Imports one runner's document, or a slice of one. */
export async function importRunner(gateway: Gateway, input: object): Promise<Report> {
  const document =
    'mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { counts { noun created updated unchanged } refusals { path message } } }';
  return (await ask<{ importRunner: Report }>(gateway, document, { input })).importRunner;
}

/** A new runner with this document, who shares what is said; by default everything. */
export async function createSharedRunner(
  gateway: Gateway,
  document: { username?: string; [field: string]: unknown } = {},
  sharing: Sharing = everything,
): Promise<WrittenRunner> {
  const { username = `runner-${crypto.randomUUID()}` } = document;
  await importRunner(gateway, { ...document, username });
  const found = await ask<{ runner: { id: string } }>(gateway, 'query ($username: String) { runner(username: $username) { id } }', {
    username,
  });
  const { id } = found.runner;
  await share(gateway, id, sharing);
  return { id, username, ...(await linkOf(gateway, id)) };
}

export const everything: Sharing = { enabled: true, profile: true, training: true, health: true, labs: true };

export async function share(gateway: Gateway, runnerId: string, input: Sharing): Promise<void> {
  const document = 'mutation ($id: ID!, $input: ContextSharingInput!) { updateContextSharing(runnerId: $id, input: $input) { id } }';
  await ask(gateway, document, { id: runnerId, input });
}

/** The default link as it is now. */
export async function linkOf(gateway: Gateway, id: string): Promise<{ path: string; token: string }> {
  const { runner } = await ask<{ runner: { contextLinks: { url: string }[] } }>(
    gateway,
    'query ($id: ID) { runner(id: $id) { contextLinks { url } } }',
    { id },
  );
  const path = new URL(runner.contextLinks[0]?.url ?? '').pathname;
  return { path, token: path.split('/').at(-1) ?? '' };
}

/** What is stored of the runner, in the order of days. */
export const storedRunner = (gateway: Gateway, username: string) =>
  gateway.db.runner.findUniqueOrThrow({
    where: { username },
    include: {
      runs: { orderBy: [{ startedOn: 'asc' }, { id: 'asc' }] },
      dailyReadings: { orderBy: { date: 'asc' } },
      measurements: { orderBy: { date: 'asc' } },
      healthConnections: { orderBy: { priority: 'asc' } },
    },
  });

/** Everything that is held of the runner, as one document. */
export async function exportRunner(gateway: Gateway, id: string): Promise<Record<string, unknown>> {
  const whole: Record<string, unknown> = {};
  let after: string | null = null;
  do {
    const { exportRunner: piece }: { exportRunner: { document: Record<string, unknown>; next: string | null } } = await ask(
      gateway,
      'query ($id: ID!, $after: String) { exportRunner(id: $id, after: $after) { document next } }',
      { id, after },
    );
    for (const [name, value] of Object.entries(piece.document)) {
      const before = whole[name];
      whole[name] = Array.isArray(before) ? [...before, ...(value as unknown[])] : value;
    }
    after = piece.next;
  } while (after !== null);
  return whole;
}

/** Something in every list of a file. The texts and the odd decimals are found nowhere else: see `sentinels`. */
export const fullDocument = {
  units: 'METRIC',
  timezone: 'Asia/Tokyo',
  birthDate: '1992-02-29',
  sex: 'FEMALE',
  heightCm: 187.31,
  runningSince: '2013-07',
  weeklyFrequency: 'profile-often',
  measurements: [
    { kind: 'WEIGHT', date: '2026-06-01', source: 'profile-scale', value: 71.43 },
    { kind: 'RESTING_HEART_RATE', date: '2026-06-01', source: 'profile-scale', value: 47.37 },
    { kind: 'LACTATE_THRESHOLD_HEART_RATE', date: '2026-05-01', source: 'profile-scale', value: 167.53 },
  ],
  heartRateZones: [
    { date: '2026-05-01', source: 'profile-zones', zone1Max: 131, zone2Max: 147, zone3Max: 158, zone4Max: 169, zone5Max: 188 },
  ],
  gear: [{ name: 'profile-shoes', kind: 'shoes', since: '2026-01', distanceMeters: 412_300 }],
  personalBests: [{ distanceMeters: 42_195, timeSeconds: 11_861, date: '2024-04-14' }],
  raceResults: [
    { date: '2026-03-01', name: 'training-race', distanceMeters: 10_000, timeSeconds: 2_710, place: 4_711, notes: 'training-race-notes' },
  ],
  goals: [
    {
      name: 'training-goal',
      date: '2026-10-11',
      distanceMeters: 42_195,
      targetSeconds: 11_399,
      priority: 'A',
      notes: 'training-goal-notes',
    },
  ],
  runs: [
    {
      source: 'training-watch',
      externalId: 'r-1',
      sport: 'TRAIL_RUN',
      startedAt: '2026-06-10T21:10:00.000Z',
      name: 'training-run',
      distanceMeters: 13_370,
      movingSeconds: 4_012,
      averageHeartRate: 143.71,
      maxHeartRate: 171.19,
      elevationGainMeters: 213,
      vo2Max: 57.27,
      notes: 'training-run-notes',
    },
    { source: 'training-watch', sport: 'RUN', startedOn: '2026-06-08', distanceMeters: 8_000, movingSeconds: 2_500 },
  ],
  dailyMetrics: [
    {
      date: '2026-06-12',
      source: 'health-ring',
      restingHeartRate: 39.17,
      hrv: 83.19,
      hrvType: 'RMSSD',
      sleepScore: 91.23,
      sleepDurationHours: 7.61,
      deepSleepHours: 1.51,
      lightSleepHours: 4.37,
      remSleepHours: 1.73,
      awakeDurationHours: 0.41,
      respirationRate: 13.71,
      vo2Max: 58.61,
      fitnessAge: 23.57,
      weightKg: 64.97,
      recoveryScore: 77.13,
    },
  ],
  labTests: [
    {
      date: '2026-04-02',
      name: 'labs-panel',
      laboratory: 'labs-laboratory',
      insight: 'labs-insight',
      markers: [
        { name: 'labs-ferritin', code: '2276-4', value: 42.137, unit: 'ug/L', referenceLow: 30.119, referenceHigh: 150.221, flag: 'N' },
        { name: 'labs-crp', comparator: '<', value: 0.317, unit: 'mg/L' },
        { name: 'labs-antibodies', valueText: 'labs-negative' },
      ],
    },
  ],
};

/** What only one section of `fullDocument` can say. */
export const sentinels = {
  profile: ['187.31', '187.3', '71.43', '71.4', '47.37', '167.53', '2013-07', 'profile-', '3:17:41'],
  training: ['training-', '13.37', '143.71', '171.19', '57.27', '3:09:59', '2026-10-11'],
  health: [
    'health-ring',
    '39.17',
    '83.19',
    '91.23',
    '7.61',
    '1.51',
    '4.37',
    '1.73',
    '0.41',
    '13.71',
    '58.61',
    '23.57',
    '64.97',
    '65.0',
    '77.13',
  ],
  labs: ['labs-', '42.137', '30.119', '0.317', '2276-4'],
};
