import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';

const gateway = await startGateway();
const create = (input: unknown) =>
  gateway.graphql('mutation ($input: CreateWorkoutTemplateInput!) { createWorkoutTemplate(input: $input) { id } }', { input });

interface Fault {
  path: string;
  message: string;
}

/** The faults of the one error there is. */
async function faultsOf(input: unknown): Promise<Fault[]> {
  const { errors } = await create(input);
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions.code).toBe('INVALID');
  return errors?.[0]?.extensions.errors as Fault[];
}

const workout = (more: object) => ({ name: 'Form', category: 'EASY', blocks: [{ steps: [{ kind: 'RUN' }] }], ...more });

describe('what the types of the schema refuse is told to a form like what the rules refuse', () => {
  it('every fault at once, each by its path within the input', async () => {
    const faults = await faultsOf({
      category: 'BANANA',
      blocks: [{ repeat: 'four', steps: [{ kind: 'RUN' }, { kind: 'FLY', target: { type: 'PACE', min: 'fast' } }, {}] }, { steps: null }],
      level: 'EXPERT',
      colour: 'red',
      tags: [1],
    });
    expect(faults.map(({ path }) => path).toSorted()).toEqual([
      'blocks[0].repeat',
      'blocks[0].steps[1].kind',
      'blocks[0].steps[1].target.min',
      'blocks[0].steps[2].kind',
      'blocks[1].steps',
      'category',
      'colour',
      'level',
      'name',
      'tags[0]',
    ]);
    expect(faults.find(({ path }) => path === 'category')?.message).toContain('BANANA');
  });

  it.each([
    [null, 'input'],
    [[], 'input'],
    ['text', 'input'],
  ])('an input that is %j', async (input, path) => {
    expect((await faultsOf(input)).map((fault) => fault.path)).toContain(path);
  });

  it('other variables by their name', async () => {
    const { errors } = await gateway.graphql(
      'mutation ($id: ID!, $v: Int!) { publishWorkoutTemplate(id: $id, expectedVersion: $v) { id } }',
      { id: {}, v: 1.5 },
    );
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path: 'id' }, { path: 'v' }] });
  });

  it('a hundred of them, and no more', async () => {
    expect(await faultsOf(workout({ tags: Array(5_000).fill(1) }))).toHaveLength(100);
  });

  it('with the status that clients of GraphQL over HTTP expect, and without what looks like a token', async () => {
    const token = 'x'.repeat(43);
    const { errors } = await create(workout({ [token]: 1, level: token }));
    expect(JSON.stringify(errors)).not.toContain(token);
    const response = await gateway.app.fetch(
      new Request('https://gateway.example/graphql', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query: 'query ($size: Int) { workoutTemplates(per_page: $size) { total } }', variables: { size: 'x' } }),
      }),
    );
    expect(response.status).toBe(400);
  });
});

describe('what the rules refuse', () => {
  const plan = (input: object) =>
    gateway.graphql('mutation ($input: CreateTrainingPlanTemplateInput!) { createTrainingPlanTemplate(input: $input) { id } }', { input });

  it('is told all at once, workouts that are not there included', async () => {
    const { errors } = await plan({
      name: '',
      durationWeeks: 0,
      language: '?',
      weeks: [{ week: 1, days: [{ day: 1, sessions: [{ kind: 'RUN', workoutTemplate: 'not there' }] }] }],
    });
    expect(((errors?.[0]?.extensions.errors ?? []) as Fault[]).map(({ path }) => path).toSorted()).toEqual([
      'durationWeeks',
      'language',
      'name',
      'weeks[0].days[0].sessions[0].workoutTemplate',
    ]);
  });
});
