import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createWorkout } from './support/templates.ts';

const gateway = await startGateway();

const step = (more: object = {}) => ({ kind: 'RUN', ...more });
const workoutWith = (more: object) => ({ name: 'Faulty', category: 'EASY', blocks: [{ steps: [step()] }], ...more });
const withStep = (more: object) => workoutWith({ blocks: [{ steps: [step()] }, { steps: [step(), step(more)] }] });
const planWith = (more: object) => ({ name: 'Faulty', durationWeeks: 2, weeks: [], ...more });
const withSession = (more: object) => planWith({ weeks: [{ week: 1, days: [{ day: 2, sessions: [{ kind: 'RUN', ...more }] }] }] });

async function faultsOf(type: string, input: object) {
  const { errors } = await gateway.graphql(`mutation ($input: Create${type}Input!) { create${type}(input: $input) { id } }`, { input });
  expect(errors?.[0]?.extensions.code).toBe('INVALID');
  return (errors?.[0]?.extensions.errors as { path: string; message: string }[] | undefined)?.map(({ path }) => path);
}

describe('a fault is named by its path', () => {
  it.each<[string, object]>([
    ['name', workoutWith({ name: '' })],
    ['name', workoutWith({ name: ' \n' })],
    ['name', workoutWith({ name: 'x'.repeat(121) })],
    ['blocks', workoutWith({ blocks: [] })],
    ['blocks', workoutWith({ blocks: [{ repeat: 2, steps: [step({ durationSeconds: 180_001 })] }] })],
    ['blocks[0].steps', workoutWith({ blocks: [{ steps: [] }] })],
    ['blocks[0].repeat', workoutWith({ blocks: [{ repeat: 0, steps: [step()] }] })],
    ['blocks[0].repeat', workoutWith({ blocks: [{ repeat: -1, steps: [step()] }] })],
    ['blocks[0].repeat', workoutWith({ blocks: [{ repeat: 201, steps: [step()] }] })],
    ['blocks[1].steps[1].distanceMeters', withStep({ durationSeconds: 1, distanceMeters: 1 })],
    ['blocks[1].steps[1].durationSeconds', withStep({ durationSeconds: 0 })],
    ['blocks[1].steps[1].distanceMeters', withStep({ distanceMeters: 0 })],
    ['blocks[1].steps[1].distanceMeters', withStep({ distanceMeters: -0.5 })],
    ['blocks[1].steps[1].notes', withStep({ notes: 'a\0' })],
    ['blocks[1].steps[1].target.min', withStep({ target: { type: 'ZONE', min: 3, max: 2 } })],
    ['blocks[1].steps[1].target.min', withStep({ target: { type: 'ZONE', min: 0 } })],
    ['blocks[1].steps[1].target.max', withStep({ target: { type: 'RPE', max: 11 } })],
    ['blocks[1].steps[1].target.min', withStep({ target: { type: 'ZONE', min: 1.5 } })],
    ['blocks[1].steps[1].target.min', withStep({ target: { type: 'PACE' } })],
    ['blocks[1].steps[1].target.unit', withStep({ target: { type: 'PACE', min: 200, unit: 'min/km' } })],
    ['blocks[1].steps[1].target.reference', withStep({ target: { type: 'RACE_PACE' } })],
    ['blocks[1].steps[1].target.reference', withStep({ target: { type: 'DANIELS', reference: 'TEN_K' } })],
    ['blocks[1].steps[1].target.reference', withStep({ target: { type: 'ZONE', min: 1, reference: 'E' } })],
    ['tags[1]', workoutWith({ tags: ['good', ''] })],
    ['tags[0]', workoutWith({ tags: ['\0'] })],
    ['language', workoutWith({ language: 'english!' })],
    ['status', workoutWith({ status: 'DELETED' })],
  ])('%s of a workout %#', async (path, input) => {
    expect(await faultsOf('WorkoutTemplate', input)).toEqual([path]);
  });

  it.each<[string, object]>([
    ['durationWeeks', planWith({ durationWeeks: 0 })],
    ['durationWeeks', planWith({ durationWeeks: 105 })],
    ['durationWeeks', planWith({ durationWeeks: 1, weeks: [{ week: 2, days: [] }] })],
    ['weeks[0].week', planWith({ weeks: [{ week: 0, days: [] }] })],
    [
      'weeks[1].week',
      planWith({
        weeks: [
          { week: 1, days: [] },
          { week: 1, days: [] },
        ],
      }),
    ],
    [
      'weeks[0].days[1].day',
      planWith({
        weeks: [
          {
            week: 1,
            days: [
              { day: 2, sessions: [] },
              { day: 1, sessions: [] },
            ],
          },
        ],
      }),
    ],
    ['weeks[0].days[0].day', planWith({ weeks: [{ week: 1, days: [{ day: 8, sessions: [] }] }] })],
    ['weeks[0].focus', planWith({ weeks: [{ week: 1, focus: '\ud800', days: [] }] })],
    ['weeks[0].days[0].sessions[0].distanceMeters', withSession({ distanceMeters: 0 })],
    ['weeks[0].days[0].sessions[0].description', withSession({ description: 'x\0' })],
    ['weeks[0].days[0].sessions[0].workoutTemplateId', withSession({ workoutTemplateId: 'x' })],
    ['weeks[0].days[0].sessions[0].workoutTemplateId', withSession({ workoutTemplateId: crypto.randomUUID() })],
    ['weeks[0].days[0].sessions[0].workoutTemplate', withSession({ workoutTemplate: 'no such workout' })],
    ['weeks[0].days[0].sessions[0].workoutTemplate', withSession({ workoutTemplate: 'a\0b' })],
    ['weeks[0].days[0].sessions[0].workoutTemplate', withSession({ workoutTemplate: 'x', workoutTemplateId: crypto.randomUUID() })],
  ])('%s of a plan %#', async (path, input) => {
    expect(await faultsOf('TrainingPlanTemplate', input)).toEqual([path]);
  });

  it('and all of them at once', async () => {
    const input = { name: '', category: 'EASY', blocks: [{ repeat: 0, steps: [step({ durationSeconds: 0 })] }], language: '?' };
    expect((await faultsOf('WorkoutTemplate', input))?.toSorted()).toEqual([
      'blocks[0].repeat',
      'blocks[0].steps[0].durationSeconds',
      'language',
      'name',
    ]);
  });

  it('in partners and keys as well', async () => {
    const create = async (input: object) =>
      (await gateway.graphql('mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { id } }', { input })).errors?.[0];
    for (const [path, input] of [
      ['name', { name: '' }],
      ['name', { name: 'a\0b' }],
      ['name', { name: 'a\ud800b' }],
      ['notes', { name: 'Noted', notes: '\0' }],
      ['contactEmail', { name: 'Mailed', contactEmail: 'x' }],
    ] as const) {
      expect((await create(input))?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path }] });
    }
    const { partnerId } = await gateway.mintKey();
    const mint = async (input: object) =>
      (
        await gateway.graphql('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext } }', {
          input: { partnerId, environment: 'LIVE', ...input },
        })
      ).errors?.[0];
    for (const [path, input] of [
      ['label', { label: 'a\0b' }],
      ['label', { label: '\udfff' }],
      ['label', { label: '' }],
      ['scopes', { scopes: [] }],
      ['scopes[0]', { scopes: ['\0'] }],
      ['requestsPerMinute', { requestsPerMinute: 0 }],
      ['requestsPerDay', { requestsPerDay: -1 }],
      ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
    ] as const) {
      expect((await mint(input))?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path }] });
    }
    for (const unknown of [crypto.randomUUID(), 'x', '\0']) expect((await mint({ partnerId: unknown }))?.extensions.code).toBe('NOT_FOUND');
  });
});

it('one name goes to one partner, however many ask for it at once', async () => {
  const name = `partner-${crypto.randomUUID()}`;
  const create = () => gateway.graphql('mutation ($name: String!) { createPartner(input: { name: $name }) { id } }', { name });
  const codes = (await Promise.all([create(), create(), create(), create()])).map(({ errors }) => errors?.[0]?.extensions.code ?? 'ok');
  expect(codes.toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'ok']);
  const { id: partnerId } = await gateway.db.partner.findUniqueOrThrow({ where: { name } });
  expect((await create()).errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', partnerId });
});

it.each([
  'after: "x"',
  'before: "\\u0000"',
  'after: "R1BDOlM6AA=="',
  'after: "R1BDOk46MQ=="',
  'after: "R1BDOlM6eA=="',
  'first: -1',
  'last: -1',
])('a connection refuses %s as INVALID', async (args) => {
  const { errors } = await gateway.graphql(`{ partners(${args}) { edges { cursor } } }`);
  expect(errors?.[0]?.extensions.code).toBe('INVALID');
});

it('a plan may name a workout by slug or name, and the session keeps the id', async () => {
  const name = `Named ${crypto.randomUUID()}`;
  const workout = await createWorkout(gateway, { name });
  for (const workoutTemplate of [workout.slug, name]) {
    const { data } = await gateway.graphql<{ createTrainingPlanTemplate: unknown }>(
      `mutation ($input: CreateTrainingPlanTemplateInput!) {
        createTrainingPlanTemplate(input: $input) { weeks { days { sessions { workoutTemplateId } } } } }`,
      { input: withSession({ workoutTemplate }) },
    );
    expect(data.createTrainingPlanTemplate).toEqual({ weeks: [{ days: [{ sessions: [{ workoutTemplateId: workout.id }] }] }] });
  }
  await createWorkout(gateway, { name });
  expect(await faultsOf('TrainingPlanTemplate', withSession({ workoutTemplate: name }))).toEqual([
    'weeks[0].days[0].sessions[0].workoutTemplate',
  ]);
});
