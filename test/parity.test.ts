import { describe, expect, it } from 'vitest';
import { publicSchema } from '../schema/index.ts';
import { withoutNulls } from '../src/domain/json.ts';
import { startGateway } from './support/gateway.ts';
import { everyField } from './support/selections.ts';
import { createPlan, createWorkout, updateWorkout } from './support/templates.ts';

const gateway = await startGateway();
const limits = { requestsPerMinute: 100_000 };
const key = (await gateway.mintKey(limits)).plaintext;

const workoutsOnly = (await gateway.mintKey({ ...limits, scopes: ['workout-templates:read'] })).plaintext;
const plansOnly = (await gateway.mintKey({ ...limits, scopes: ['training-plan-templates:read'] })).plaintext;

const step = { kind: 'RUN', distanceMeters: 400, target: { type: 'PACE', min: 200, max: 240 }, notes: 'fast' };
const hills = await createWorkout(gateway, { name: 'Hills', category: 'HILLS', level: 'ADVANCED', blocks: [{ repeat: 8, steps: [step] }] });
await createWorkout(gateway, { name: 'Hills again', category: 'HILLS', description: 'more *hills*', tags: ['a', 'b'], language: 'en-GB' });
const easy = await createWorkout(gateway, { name: 'Easy' });
const hidden = await createWorkout(gateway, { name: 'Hidden', visibility: 'PRIVATE' });
const gone = await createWorkout(gateway, { name: 'Gone' });
await updateWorkout(gateway, gone.id, { status: 'ARCHIVED' });
const plan = await createPlan(gateway, [hills.id], { name: 'Half', goalDistance: 'HALF_MARATHON' });
await createPlan(gateway, [], { name: 'Half again', goalDistance: 'HALF_MARATHON' });

type Arguments = Record<string, string | number | boolean>;

/** The same question in both styles. */
async function askBoth(field: string, args: Arguments, apiKey: string | null) {
  const { args: known, type } = publicSchema.getQueryType()!.getFields()[field]!;
  const declared = known.filter(({ name }) => name in args).map(({ name, type: of }) => `$${name}: ${of}`);
  const passed = Object.keys(args).map((name) => `${name}: $${name}`);
  const list = (items: string[]) => (items.length === 0 ? '' : `(${items.join(', ')})`);
  const query = `query ${list(declared)} { ${field}${list(passed)} { ${everyField(type)} } }`;
  const headers: Record<string, string> = apiKey === null ? {} : { 'X-API-Key': apiKey };
  const graphql = await gateway.graphql<Record<string, unknown> | null>(query, args, headers);

  const { id, ...others } = args;
  const path = { workoutTemplates: 'workout-templates', trainingPlanTemplates: 'training-plan-templates', apiKey: 'key' }[`${field}`];
  const parent = field === 'workoutTemplate' ? 'workout-templates' : 'training-plan-templates';
  const search = new URLSearchParams(Object.entries(others).map(([name, value]) => [name, String(value)]));
  const rest = await gateway.get(`/api/${path ?? `${parent}/${id}`}?${search}`, apiKey);
  return { rest: { status: rest.status, body: (await rest.json()) as Record<string, unknown> }, graphql };
}

describe('the same question gives the same data', () => {
  it.each<[string, Arguments]>([
    ['workoutTemplates', {}],
    ['workoutTemplates', { per_page: 2 }],
    ['workoutTemplates', { per_page: 2, page: 2 }],
    ['workoutTemplates', { per_page: 0, page: -1 }],
    ['workoutTemplates', { per_page: 1_000, page: 99 }],
    ['workoutTemplates', { search: 'HILLS' }],
    ['workoutTemplates', { search: 'nothing of the kind' }],
    ['workoutTemplates', { category: 'HILLS', per_page: 1 }],
    ['workoutTemplates', { updatedSince: hills.updatedAt }],
    ['workoutTemplates', { updatedSince: '2020-01-01T02:00:00+02:00', per_page: 1 }],
    ['workoutTemplates', { updatedSince: '2020-01-01T00:00:00Z', includeRemoved: true, search: 'easy', category: 'EASY' }],
    ['trainingPlanTemplates', {}],
    ['trainingPlanTemplates', { goalDistance: 'HALF_MARATHON', per_page: 1 }],
    ['trainingPlanTemplates', { goalDistance: 'MILE' }],
    ['trainingPlanTemplates', { includeRemoved: true }],
    ['workoutTemplate', { id: hills.id }],
    ['workoutTemplate', { id: easy.id }],
    ['trainingPlanTemplate', { id: plan.id }],
    ['apiKey', {}],
  ])('%s %o', async (field, args) => {
    const { rest, graphql } = await askBoth(field, args, key);
    expect(graphql.errors).toBeUndefined();
    expect(rest.status).toBe(200);
    // What is absent in REST is null in GraphQL.
    expect(withoutNulls(graphql.data?.[field])).toEqual(rest.body);
  });

  it('and next leads on to the same page', async () => {
    const first = await askBoth('workoutTemplates', { per_page: 2 }, key);
    const cursor = new URL(String(first.rest.body.next)).searchParams.get('cursor') ?? '';
    const second = await askBoth('workoutTemplates', { per_page: 2, cursor }, key);
    expect(second.rest.body).toMatchObject({ page: 2, data: [{ id: hills.id }] });
    expect(withoutNulls(second.graphql.data?.workoutTemplates)).toEqual(second.rest.body);
  });
});

describe('the same question gives the same refusal', () => {
  const statuses = { INVALID: 400, UNAUTHENTICATED: 401, FORBIDDEN: 403 } as const;
  it.each<[string, Arguments, string | null, keyof typeof statuses]>([
    ['workoutTemplates', {}, null, 'UNAUTHENTICATED'],
    ['workoutTemplate', { id: hills.id }, null, 'UNAUTHENTICATED'],
    ['trainingPlanTemplates', {}, 'rubbish', 'UNAUTHENTICATED'],
    ['apiKey', {}, null, 'UNAUTHENTICATED'],
    ['workoutTemplates', {}, plansOnly, 'FORBIDDEN'],
    ['workoutTemplate', { id: hills.id }, plansOnly, 'FORBIDDEN'],
    ['workoutTemplate', { id: 'malformed' }, plansOnly, 'FORBIDDEN'],
    ['trainingPlanTemplates', {}, workoutsOnly, 'FORBIDDEN'],
    ['trainingPlanTemplate', { id: plan.id }, workoutsOnly, 'FORBIDDEN'],
    ['workoutTemplates', { cursor: 'rubbish' }, key, 'INVALID'],
    ['workoutTemplates', { search: '\0' }, key, 'INVALID'],
    ['workoutTemplates', { search: 'x'.repeat(201) }, key, 'INVALID'],
    ['workoutTemplates', { updatedSince: 'yesterday' }, key, 'INVALID'],
    ['workoutTemplates', { category: 'BANANA' }, key, 'INVALID'],
    ['workoutTemplates', { per_page: 1.5 }, key, 'INVALID'],
    ['trainingPlanTemplates', { goalDistance: 'BANANA' }, key, 'INVALID'],
  ])('%s %o', async (field, args, apiKey, code) => {
    const { rest, graphql } = await askBoth(field, args, apiKey);
    expect([rest.status, rest.body.code]).toEqual([statuses[code], code]);
    expect(graphql.errors?.[0]?.extensions.code).toBe(code);
    expect(graphql.data?.[field] ?? null).toBeNull();
    // Types and credentials are looked at by each door itself, in words of its own; the rest says the same twice.
    if (graphql.errors?.[0]?.path && code !== 'UNAUTHENTICATED') expect(graphql.errors[0].message).toBe(rest.body.detail);
  });

  it.each([hidden.id, gone.id, crypto.randomUUID(), 'malformed'])('404 over REST is null over GraphQL: %s', async (id) => {
    const { rest, graphql } = await askBoth('workoutTemplate', { id }, key);
    expect(rest).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(graphql).toMatchObject({ status: 200, data: { workoutTemplate: null } });
    expect(graphql.errors).toBeUndefined();
  });
});
