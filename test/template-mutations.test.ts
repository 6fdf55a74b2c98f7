import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createPlan, createWorkout, updatePlan, updateWorkout } from './support/templates.ts';

const gateway = await startGateway();

const blocks = [{ steps: [{ kind: 'RUN', durationSeconds: 60 }] }];

type Document = Record<string, unknown> & { id: string; slug: string; version: number };

const kinds = {
  workout: {
    type: 'WorkoutTemplate',
    field: 'workoutTemplate',
    least: { name: 'Least', category: 'EASY', blocks },
    fields: 'id slug version name description level language attribution tags category visibility status',
  },
  plan: {
    type: 'TrainingPlanTemplate',
    field: 'trainingPlanTemplate',
    least: { name: 'Least', durationWeeks: 4, weeks: [] },
    fields: 'id slug version name description level language attribution goalDistance durationWeeks visibility status',
  },
};

/** Creates, updates and deletes one kind, over GraphQL as the operator. */
function writerOf({ type, field, fields, least }: (typeof kinds)['workout'] | (typeof kinds)['plan']) {
  const run = async (operation: string, declared: string, call: string, variables: object, selection = `{ ${fields} }`) => {
    const { data, errors } = await gateway.graphql<Record<string, Document>>(
      `mutation (${declared}) { ${operation}${type}(${call}) ${selection} }`,
      variables,
    );
    return { document: data?.[`${operation}${type}`] as Document, error: errors?.[0] };
  };
  return {
    create: (input: object) => run('create', `$input: Create${type}Input!`, 'input: $input', { input: { ...least, ...input } }),
    update: (id: string, expectedVersion: number, input: object) =>
      run('update', `$id: ID!, $v: Int!, $input: Update${type}Input!`, 'id: $id, expectedVersion: $v, input: $input', {
        id,
        v: expectedVersion,
        input,
      }),
    remove: (id: string, expectedVersion?: number) =>
      run('delete', '$id: ID!, $v: Int', 'id: $id, expectedVersion: $v', { id, v: expectedVersion }, ''),
    find: async (id: string) =>
      (await gateway.graphql<Record<string, Document | null>>(`query ($id: ID!) { ${field}(id: $id) { ${fields} } }`, { id })).data[field],
  };
}

describe.each(Object.entries(kinds))('a %s', (_name, kind) => {
  const { create, update, remove, find } = writerOf(kind);

  it('is a private draft at first, at version 1', async () => {
    const { document } = await create({});
    expect(document).toMatchObject({ version: 1, name: 'Least', visibility: 'PRIVATE', status: 'DRAFT', description: null });
    expect(await find(document.id)).toEqual(document);
  });

  it('keeps what a change leaves out and clears what it nulls', async () => {
    const { document } = await create({ description: 'text', level: 'BEGINNER', language: 'en-gb', attribution: 'someone' });
    expect(document.language).toBe('en-GB');
    const renamed = (await update(document.id, 1, { name: 'Other' })).document;
    expect(renamed).toEqual({ ...document, name: 'Other', version: 2 });
    const cleared = (await update(document.id, 2, { description: null, level: null, language: null, attribution: null })).document;
    expect(cleared).toEqual({ ...renamed, version: 3, description: null, level: null, language: null, attribution: null });
  });

  it('keeps its version when a change changes nothing', async () => {
    const { document } = await create({ description: 'text' });
    expect((await update(document.id, 1, {})).document).toEqual(document);
    expect((await update(document.id, 1, { ...kind.least, description: ' text ' })).document).toEqual(document);
  });

  it('refuses to null what every template has', async () => {
    const { document } = await create({});
    for (const name of ['name', ...(kind.type === 'WorkoutTemplate' ? ['category', 'blocks'] : ['durationWeeks', 'weeks'])]) {
      const { error } = await update(document.id, 1, { [name]: null });
      expect(error?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path: name }] });
    }
    expect(await find(document.id)).toEqual(document);
  });

  it('that has changed since it was read is a CONFLICT that says its version, and nothing is written', async () => {
    const { document } = await create({});
    const changed = (await update(document.id, 1, { name: 'First' })).document;
    for (const { error } of [await update(document.id, 1, { name: 'Second' }), await remove(document.id, 1)]) {
      expect(error?.extensions).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    }
    expect(await find(document.id)).toEqual(changed);
  });

  it('is written by one of two who saw the same version', async () => {
    const { document } = await create({});
    const answers = await Promise.all([1, 2, 3, 4].map((number) => update(document.id, 1, { name: `Writer ${number}` })));
    expect(answers.filter(({ error }) => !error)).toHaveLength(1);
    for (const { error } of answers) if (error) expect(error.extensions).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
  });

  it('is gone for everyone when it is deleted, and once only', async () => {
    const { document } = await create({ visibility: 'PUBLIC', status: 'ACTIVE' });
    expect((await remove(document.id, 1)).document).toBe(document.id);
    expect(await find(document.id)).toBeNull();
    expect((await remove(document.id)).error?.extensions.code).toBe('NOT_FOUND');
    expect((await update(document.id, 2, {})).error?.extensions.code).toBe('NOT_FOUND');
  });

  it.each(['00000000-0000-7000-8000-000000000000', 'malformed', '', '\0', '\ud800'])('with the id %j is NOT_FOUND', async (id) => {
    expect((await update(id, 1, {})).error?.extensions.code).toBe('NOT_FOUND');
    expect((await remove(id)).error?.extensions.code).toBe('NOT_FOUND');
    expect(await find(id)).toBeNull();
  });

  it('gets its slug from its name, with a number when that is taken, and keeps it', async () => {
    const name = `Über 5 km & ${crypto.randomUUID().slice(0, 8)}`;
    const first = (await create({ name })).document;
    expect(first.slug).toMatch(/^ueber-5-km-and-[0-9a-f-]+$/);
    expect((await create({ name })).document.slug).toBe(`${first.slug}-2`);
    await remove(first.id);
    expect((await create({ name })).document.slug).toBe(`${first.slug}-3`);
    expect((await update((await create({ name })).document.id, 1, { name: 'Renamed' })).document.slug).toBe(`${first.slug}-4`);
    const { error } = await create({ slug: first.slug });
    expect(error?.extensions.code).toBe('CONFLICT');
    const { error: unknown } = await update(first.id, 1, { slug: 'another' });
    expect(unknown?.extensions.code).toBe('INVALID');
  });

  it.each(['走る', '🏃', 'x'.repeat(120), '---', 'A'.repeat(119) + '🏃'.slice(0, 1)])(
    'named %s gets a slug or a refusal, never a fault',
    async (name) => {
      const { document, error } = await create({ name });
      if (error) expect(error.extensions.code).toBe('INVALID');
      else expect(document.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    },
  );

  it.each(['Upper', 'a b', '-a', 'a--b', 'a-', '', 'é', 'a/b', 'a\0', 'x'.repeat(121)])('is refused the slug %j', async (slug) => {
    const { error } = await create({ slug });
    expect(error?.extensions.code).toBe('INVALID');
    expect([...new Set((error?.extensions.errors as { path: string }[] | undefined)?.map(({ path }) => path))]).toEqual(['slug']);
  });

  it.each(['name', 'description', 'attribution', 'language'])('is refused NUL and lone surrogates in %s', async (field) => {
    for (const bad of ['a\0b', 'a\ud800b', '\udfff']) {
      expect((await create({ [field]: bad })).error?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path: field }] });
    }
    expect((await create({ [field]: 'x'.repeat(20_001) })).error?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path: field }] });
  });
});

describe('a workout that a plan uses', () => {
  const { update, remove } = writerOf(kinds.workout);

  it('cannot be hidden or deleted while partners see the plan; the CONFLICT lists the plans', async () => {
    const workout = await createWorkout(gateway, { name: 'Needed' });
    const plans = [await createPlan(gateway, [workout.id], { name: 'One' }), await createPlan(gateway, [workout.id], { name: 'Two' })];
    const listed = plans.map(({ id, slug }, index) => expect.objectContaining({ id, slug, name: ['One', 'Two'][index] }));
    const refusals = [
      await update(workout.id, 1, { visibility: 'PRIVATE' }),
      await update(workout.id, 1, { status: 'ARCHIVED' }),
      await update(workout.id, 1, { status: 'DRAFT', name: 'Also renamed' }),
      await remove(workout.id),
    ];
    for (const { error } of refusals) {
      expect(error?.extensions.code).toBe('CONFLICT');
      expect(error?.extensions.plans).toHaveLength(2);
      expect(error?.extensions.plans).toEqual(expect.arrayContaining(listed));
      expect(error?.message).toContain('"One"');
    }
    expect((await update(workout.id, 1, { name: 'Renamed while used' })).document.version).toBe(2);
  });

  it('can be hidden once the plan is', async () => {
    const workout = await createWorkout(gateway);
    const plan = await createPlan(gateway, [workout.id]);
    await updatePlan(gateway, plan.id, { visibility: 'PRIVATE' });
    await updateWorkout(gateway, workout.id, { visibility: 'PRIVATE' });
    await expect(updatePlan(gateway, plan.id, { visibility: 'PUBLIC' })).rejects.toThrow('CONFLICT');
    await updateWorkout(gateway, workout.id, { visibility: 'PUBLIC' });
    await updatePlan(gateway, plan.id, { visibility: 'PUBLIC' });
  });
});
