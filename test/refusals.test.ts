import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { publicSchema, schema } from '../schema/index.ts';
import { restViewOf } from '../schema/rest-view.ts';
import { adminToken, startGateway } from './support/gateway.ts';
import { createSharedRunner } from './support/runners.ts';
import { createPlan, createWorkout } from './support/templates.ts';

const gateway = await startGateway();
const workout = await createWorkout(gateway);
const plan = await createPlan(gateway, [workout.id]);
const { partnerId } = await gateway.mintKey();
const runner = await createSharedRunner(gateway);
const stranger = await createSharedRunner(gateway);

const limits = { requestsPerMinute: 100_000 };
const callers = {
  nobody: {},
  workoutsKey: { 'X-API-Key': (await gateway.mintKey({ ...limits, scopes: ['workout-templates:read'] })).plaintext },
  plansKey: { 'X-API-Key': (await gateway.mintKey({ ...limits, scopes: ['training-plan-templates:read'] })).plaintext },
  operator: { Authorization: `Bearer ${adminToken}` },
  operatorSession: await gateway.session('operator', 'operator-a'),
  coach: await gateway.session('coach', 'coach-a'),
  runner: await gateway.session('runner', runner.id),
  strangeRunner: await gateway.session('runner', stranger.id),
} as const satisfies Record<string, Record<string, string>>;

type CallerKind = keyof typeof callers;
/** `ok`, `null` for what is not theirs, or the code of the refusal. UNKNOWN: this caller's schema has no such field. */
type Outcomes = Record<CallerKind, 'ok' | 'null' | 'NOT_FOUND' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'UNKNOWN'>;

const nobodyElse = { nobody: 'UNKNOWN', workoutsKey: 'UNKNOWN', plansKey: 'UNKNOWN' } as const;
const operators = { operator: 'ok', operatorSession: 'ok' } as const;
const sessions = { ...operators, coach: 'ok', runner: 'ok', strangeRunner: 'ok' } as const;
const needsWorkoutScope: Outcomes = { ...sessions, nobody: 'UNAUTHENTICATED', workoutsKey: 'ok', plansKey: 'FORBIDDEN' };
const needsPlanScope: Outcomes = { ...sessions, nobody: 'UNAUTHENTICATED', workoutsKey: 'FORBIDDEN', plansKey: 'ok' };
const needsKey: Outcomes = {
  nobody: 'UNAUTHENTICATED',
  workoutsKey: 'ok',
  plansKey: 'ok',
  operator: 'UNAUTHENTICATED',
  operatorSession: 'UNAUTHENTICATED',
  coach: 'UNAUTHENTICATED',
  runner: 'UNAUTHENTICATED',
  strangeRunner: 'UNAUTHENTICATED',
};
const needsToken: Outcomes = { ...sessions, nobody: 'ok', workoutsKey: 'ok', plansKey: 'ok' };
const anySession: Outcomes = { ...nobodyElse, ...sessions };
const operatorsOnly: Outcomes = { ...nobodyElse, ...operators, coach: 'FORBIDDEN', runner: 'FORBIDDEN', strangeRunner: 'FORBIDDEN' };
const authors: Outcomes = { ...operatorsOnly, coach: 'ok' };
/** Another author's template is not there for a coach. */
const authorsOfTheirOwn: Outcomes = { ...operatorsOnly, coach: 'NOT_FOUND' };
/** Another runner is not there for a runner. */
const ownRunner: Outcomes = { ...operatorsOnly, runner: 'ok', strangeRunner: 'NOT_FOUND' };
const ofAnotherRunner: Outcomes = { ...ownRunner, runner: 'NOT_FOUND' };
const ownRunnerOrNull: Outcomes = { ...ownRunner, strangeRunner: 'null' };

const blocks = '[{ steps: [{ kind: RUN }] }]';
const newId = async (kind: 'workout' | 'plan' | 'key') =>
  kind === 'workout' ? (await createWorkout(gateway)).id : kind === 'plan' ? (await createPlan(gateway)).id : (await gateway.mintKey()).id;

/** What a runner can write of themselves, one item at a time. */
const items: Record<string, string> = {
  Measurement: 'kind: WEIGHT, date: "2026-01-01", value: 60',
  HeartRateZones: 'date: "2026-01-01", zone1Max: 120, zone2Max: 130, zone3Max: 140, zone4Max: 150',
  Gear: 'name: "shoes"',
  RaceResult: 'date: "2026-01-01", name: "race", distanceMeters: 5000, timeSeconds: 1200',
  Goal: 'name: "goal"',
  StatedBest: 'distanceMeters: 5000, timeSeconds: 1200',
  DailyReading: 'date: "2026-01-01", hrv: 50',
  Run: 'startedOn: "2026-01-01", distanceMeters: 5000',
  LabTest: 'date: "2026-01-01", name: "panel"',
};
const save = (name: string) => `mutation { save${name}(runnerId: "${runner.id}", input: { ${items[name]} }) { id } }`;
async function newItem(name: string): Promise<string> {
  const { data } = await gateway.graphql<Record<string, { id: string }>>(save(name));
  return data[`save${name}`]!.id;
}

/** A further link of the runner. */
async function newLink(): Promise<string> {
  const document = 'mutation ($id: ID!, $label: String!) { createContextLink(runnerId: $id, input: { label: $label }) { id } }';
  const { data } = await gateway.graphql<{ createContextLink: { id: string } }>(document, { id: runner.id, label: crypto.randomUUID() });
  return data.createContextLink.id;
}

/** Every root field there is: a question that succeeds for whoever may ask it, and what each kind of caller gets. */
const operations: Record<string, { text: () => string | Promise<string>; outcomes: Outcomes }> = {
  'Query.workoutTemplates': { text: () => '{ workoutTemplates { total } }', outcomes: needsWorkoutScope },
  'Query.workoutTemplate': { text: () => `{ workoutTemplate(id: "${workout.id}") { id } }`, outcomes: needsWorkoutScope },
  'Query.trainingPlanTemplates': { text: () => '{ trainingPlanTemplates { total } }', outcomes: needsPlanScope },
  'Query.trainingPlanTemplate': { text: () => `{ trainingPlanTemplate(id: "${plan.id}") { id } }`, outcomes: needsPlanScope },
  'Query.apiKey': { text: () => '{ apiKey { id } }', outcomes: needsKey },
  'Query.partners': { text: () => '{ partners { edges { node { id apiKeys { id } } } } }', outcomes: operatorsOnly },
  'Query.viewer': { text: () => '{ viewer { role } }', outcomes: anySession },
  'Query.exportCatalogue': { text: () => '{ exportCatalogue }', outcomes: operatorsOnly },
  'Query.runnerContext': { text: () => `{ runnerContext(token: "${runner.token}") { source } }`, outcomes: needsToken },
  'Query.runnerHealth': { text: () => `{ runnerHealth(token: "${runner.token}") { page { count } } }`, outcomes: needsToken },
  'Query.runner': { text: () => `{ runner(id: "${runner.id}") { contextLinks { url } } }`, outcomes: ownRunnerOrNull },
  'Query.exportRunner': { text: () => `{ exportRunner(id: "${runner.id}") { document } }`, outcomes: ownRunner },
  'Mutation.createRunner': {
    text: () => `mutation { createRunner(input: { username: "runner-${crypto.randomUUID()}" }) { id } }`,
    outcomes: operatorsOnly,
  },
  'Mutation.updateRunner': {
    text: () => `mutation { updateRunner(id: "${runner.id}", input: { units: IMPERIAL }) { id } }`,
    outcomes: ownRunner,
  },
  'Mutation.importRunner': {
    text: () => `mutation { importRunner(input: { username: "${runner.username}" }) { __typename } }`,
    outcomes: ownRunner,
  },
  ...Object.fromEntries(
    Object.keys(items).flatMap((name) => [
      [`Mutation.save${name}`, { text: () => save(name), outcomes: ownRunner }],
      [
        `Mutation.delete${name}`,
        { text: async () => `mutation { delete${name}(runnerId: "${runner.id}", id: "${await newItem(name)}") }`, outcomes: ownRunner },
      ],
    ]),
  ),
  'Mutation.saveHealthConnection': {
    text: () => `mutation { saveHealthConnection(runnerId: "${runner.id}", input: { name: "watch" }) { id } }`,
    outcomes: ownRunner,
  },
  'Mutation.createContextLink': {
    text: () => `mutation { createContextLink(runnerId: "${runner.id}", input: { label: "${crypto.randomUUID()}" }) { id } }`,
    outcomes: ownRunner,
  },
  'Mutation.updateContextLink': {
    text: async () => `mutation { updateContextLink(runnerId: "${runner.id}", id: "${await newLink()}", input: { labs: true }) { id } }`,
    outcomes: ownRunner,
  },
  'Mutation.rotateContextLink': {
    text: async () => `mutation { rotateContextLink(runnerId: "${runner.id}", id: "${await newLink()}") { url } }`,
    outcomes: ownRunner,
  },
  'Mutation.deleteContextLink': {
    text: async () => `mutation { deleteContextLink(runnerId: "${runner.id}", id: "${await newLink()}") }`,
    outcomes: ownRunner,
  },
  'Mutation.deleteRunner': {
    text: async () => `mutation { deleteRunner(id: "${(await createSharedRunner(gateway)).id}") }`,
    outcomes: ofAnotherRunner,
  },
  'Mutation.updateContextSharing': {
    text: () => `mutation { updateContextSharing(runnerId: "${runner.id}", input: { labs: true }) { id } }`,
    outcomes: ownRunner,
  },
  'Mutation.rotateContextToken': {
    text: async () => `mutation { rotateContextToken(runnerId: "${(await createSharedRunner(gateway)).id}") { url } }`,
    outcomes: ofAnotherRunner,
  },
  'Mutation.importCatalogue': {
    text: () => 'mutation { importCatalogue(input: { workoutTemplates: [], trainingPlanTemplates: [] }) { __typename } }',
    outcomes: operatorsOnly,
  },
  'Mutation.createPartner': {
    text: () => `mutation { createPartner(input: { name: "partner-${crypto.randomUUID()}" }) { id } }`,
    outcomes: operatorsOnly,
  },
  'Mutation.createApiKey': {
    text: () => `mutation { createApiKey(input: { partnerId: "${partnerId}", environment: TEST }) { plaintext } }`,
    outcomes: operatorsOnly,
  },
  'Mutation.revokeApiKey': { text: async () => `mutation { revokeApiKey(id: "${await newId('key')}") { id } }`, outcomes: operatorsOnly },
  'Mutation.createWorkoutTemplate': {
    text: () => `mutation { createWorkoutTemplate(input: { name: "New", category: EASY, blocks: ${blocks} }) { id } }`,
    outcomes: authors,
  },
  'Mutation.updateWorkoutTemplate': {
    text: async () => `mutation { updateWorkoutTemplate(id: "${await newId('workout')}", expectedVersion: 1, input: {}) { id } }`,
    outcomes: authorsOfTheirOwn,
  },
  'Mutation.deleteWorkoutTemplate': {
    text: async () => `mutation { deleteWorkoutTemplate(id: "${await newId('workout')}") }`,
    outcomes: authorsOfTheirOwn,
  },
  'Mutation.createTrainingPlanTemplate': {
    text: () => 'mutation { createTrainingPlanTemplate(input: { name: "New", durationWeeks: 1, weeks: [] }) { id } }',
    outcomes: authors,
  },
  'Mutation.updateTrainingPlanTemplate': {
    text: async () => `mutation { updateTrainingPlanTemplate(id: "${await newId('plan')}", expectedVersion: 1, input: {}) { id } }`,
    outcomes: authorsOfTheirOwn,
  },
  'Mutation.deleteTrainingPlanTemplate': {
    text: async () => `mutation { deleteTrainingPlanTemplate(id: "${await newId('plan')}") }`,
    outcomes: authorsOfTheirOwn,
  },
};

/** Every documented REST path, with a path that exists. */
const endpoints: Record<string, { path: string; outcomes: Outcomes }> = {
  '/workout-templates': { path: '/api/workout-templates', outcomes: needsWorkoutScope },
  '/workout-templates/:id': { path: `/api/workout-templates/${workout.id}`, outcomes: needsWorkoutScope },
  '/training-plan-templates': { path: '/api/training-plan-templates', outcomes: needsPlanScope },
  '/training-plan-templates/:id': { path: `/api/training-plan-templates/${plan.id}`, outcomes: needsPlanScope },
  '/key': { path: '/api/key', outcomes: needsKey },
  '/runner-context/:token': { path: runner.path, outcomes: needsToken },
  '/runner-context/:token/health': { path: `${runner.path}/health`, outcomes: needsToken },
};

const kinds = Object.keys(callers) as CallerKind[];
const everyCaller = (names: string[]) => names.flatMap((name) => kinds.map((kind) => [name, kind] as const));

describe('the table of refusals', () => {
  it('knows every root field and every documented path', () => {
    const rootFields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
    );
    expect(Object.keys(operations).toSorted()).toEqual(rootFields.toSorted());
    const paths = Object.values(publicSchema.getQueryType()?.getFields() ?? {}).map((field) => restViewOf(field.extensions)?.path);
    expect(Object.keys(endpoints).toSorted()).toEqual(paths.map(String).toSorted());
  });

  it.each(everyCaller(Object.keys(operations)))('%s asked over GraphQL by %s', async (name, kind) => {
    const { text, outcomes } = operations[name]!;
    const { data, errors } = await gateway.graphql<Record<string, unknown> | null>(await text(), {}, callers[kind]);
    if (outcomes[kind] === 'ok') {
      expect(errors).toBeUndefined();
      expect(data?.[name.split('.')[1]!]).toBeTruthy();
      return;
    }
    if (outcomes[kind] === 'null') {
      expect({ data, errors }).toEqual({ data: { [name.split('.')[1]!]: null }, errors: undefined });
      return;
    }
    expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    expect(errors?.[0]?.extensions.code).toBe(outcomes[kind] === 'UNKNOWN' ? 'INVALID' : outcomes[kind]);
    if (outcomes[kind] === 'UNKNOWN')
      expect(errors?.[0]?.message).toMatch(/^Cannot query field|^Schema is not configured to execute mutation/);
  });

  it.each(everyCaller(Object.keys(endpoints)))('%s asked over REST by %s', async (name, kind) => {
    const { path, outcomes } = endpoints[name]!;
    for (const method of ['GET', 'HEAD']) {
      const response = await gateway.get(path, null, { method, headers: callers[kind] });
      const status = { ok: 200, null: 404, UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, UNKNOWN: 404 }[outcomes[kind]];
      expect(response.status).toBe(status);
      if (method === 'GET' && status !== 200) expect(await response.json()).toMatchObject({ status, code: outcomes[kind] });
    }
  });
});

describe('what is not theirs to know', () => {
  const internals = ['visibility', 'status', 'authorId', 'revokedAt', 'partner', 'secretHash', 'searchText', 'removedVersion'];

  it.each(['nobody', 'workoutsKey'] as const)('is not in the schema that %s introspects', async (kind) => {
    const { data } = await gateway.graphql<IntrospectionQuery>(getIntrospectionQuery(), {}, callers[kind]);
    const seen = buildClientSchema(data);
    expect(seen.getMutationType() ?? null).toBeNull();
    expect(Object.keys(seen.getQueryType()?.getFields() ?? {}).toSorted()).toEqual(
      Object.keys(publicSchema.getQueryType()?.getFields() ?? {}).toSorted(),
    );
    const names = Object.keys(seen.getTypeMap());
    for (const name of ['Visibility', 'TemplateStatus', 'Partner', 'CreatedApiKey', 'AuditEvent']) expect(names).not.toContain(name);
    expect(names.filter((name) => name.endsWith('Input') || name === 'Mutation')).toEqual([]);
    for (const type of Object.values(seen.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      expect(Object.keys(type.getFields()).filter((field) => internals.includes(field))).toEqual([]);
    }
  });

  it.each([
    ['nobody', 'visibility'],
    ['workoutsKey', 'visibility'],
    ['workoutsKey', 'status'],
    ['workoutsKey', 'authorId'],
  ] as const)('cannot be asked for: by %s, %s, whoever asked the same before', async (kind, field) => {
    const text = `{ workoutTemplate(id: "${workout.id}") { ${field} } }`;
    expect((await gateway.graphql(text)).errors).toBeUndefined();
    expect((await gateway.graphql(text, {}, callers[kind])).errors?.[0]?.message).toContain('Cannot query field');
  });

  it('is there for operators', async () => {
    const { data } = await gateway.graphql<IntrospectionQuery>(getIntrospectionQuery());
    expect(buildClientSchema(data).getMutationType()?.getFields()).toHaveProperty('createPartner');
  });
});
