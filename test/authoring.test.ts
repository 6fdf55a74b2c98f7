import { describe, expect, it } from 'vitest';
import { type Author, authorWith, coach, type Kind, visible, weekOf } from './support/authors.ts';
import { startGateway } from './support/gateway.ts';

const gateway = await startGateway();
const [alma, boris] = [await coach(gateway, 'coach-alma'), await coach(gateway, 'coach-boris')];
const operator = authorWith(gateway, undefined);
const { plaintext: key } = await gateway.mintKey({ requestsPerMinute: 100_000 });
const word = () => `w${crypto.randomUUID().slice(0, 8)}`;

const pathOf = { workout: '/api/workout-templates', plan: '/api/training-plan-templates' };
const partnerSees = async (kind: Kind, id: string) => (await gateway.get(`${pathOf[kind]}/${id}`, key)).status === 200;
const faultsOf = async (outcome: Promise<{ error: { extensions: Record<string, unknown> } | undefined }>) =>
  ((await outcome).error?.extensions.errors as { path: string }[] | undefined)?.map(({ path }) => path);
const publishedWorkout = async (author: Author, input: object = {}) => (await author.create('workout', { ...visible, ...input })).template;

describe.each<Kind>(['workout', 'plan'])('the life of a %s', (kind) => {
  it('goes from draft to published, back, archived and published again, each a version that partners follow', async () => {
    const { template } = await alma.create(kind);
    expect(template).toMatchObject({ version: 1, visibility: 'PRIVATE', status: 'DRAFT', authorId: 'coach-alma' });
    expect(await partnerSees(kind, template.id)).toBe(false);
    expect((await alma.publish(kind, template.id, 1)).template).toMatchObject({ version: 2, ...visible });
    expect(await partnerSees(kind, template.id)).toBe(true);
    const drafted = (await alma.unpublish(kind, template.id, 2)).template;
    expect(drafted).toMatchObject({ version: 3, visibility: 'PRIVATE', status: 'DRAFT' });
    expect(await partnerSees(kind, template.id)).toBe(false);
    await alma.publish(kind, template.id, 3);
    expect((await alma.archive(kind, template.id, 4)).template).toMatchObject({ version: 5, visibility: 'PUBLIC', status: 'ARCHIVED' });
    expect(await partnerSees(kind, template.id)).toBe(false);
    expect(await alma.find(kind, template.id)).toMatchObject({ status: 'ARCHIVED' });
    expect((await alma.publish(kind, template.id, 5)).template).toMatchObject({ version: 6, ...visible });
  });

  it('takes a step that is taken already without a new version', async () => {
    const { id } = (await alma.create(kind)).template;
    await alma.publish(kind, id, 1);
    expect((await alma.publish(kind, id, 2)).template.version).toBe(2);
  });

  it('refuses a step from a version that is not the current one, and takes none', async () => {
    const { id } = (await alma.create(kind)).template;
    await alma.update(kind, id, 1, { name: 'Changed' });
    for (const step of [alma.publish, alma.unpublish, alma.archive]) {
      expect((await step(kind, id, 1)).error?.extensions).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    }
    expect(await alma.find(kind, id)).toMatchObject({ version: 2, status: 'DRAFT' });
  });

  it('is in its author’s hands and the operator’s: for another coach there is no such template, not even a published one', async () => {
    const { id } = (await alma.create(kind, visible)).template;
    const refused = [
      await boris.update(kind, id, 1, { name: 'Mine now' }),
      await boris.publish(kind, id, 1),
      await boris.unpublish(kind, id, 1),
      await boris.archive(kind, id, 1),
      await boris.remove(kind, id),
    ];
    const unknown = crypto.randomUUID();
    const absent = await boris.publish(kind, unknown, 1);
    for (const { error } of refused) {
      expect(error?.extensions.code).toBe('NOT_FOUND');
      expect(error?.message.replace(id, unknown)).toBe(absent.error?.message);
    }
    expect(await alma.find(kind, id)).toMatchObject({ version: 1, ...visible });
    expect((await operator.unpublish(kind, id, 1)).template).toMatchObject({ authorId: 'coach-alma', version: 2 });
    expect((await boris.publish(kind, id, 2)).error?.extensions.code).toBe('NOT_FOUND');
  });

  it('begins again as a copy: private, the caller’s own, with a name and a slug that are free', async () => {
    const name = word();
    const { template } = await alma.create(kind, { ...visible, name, description: 'Text', attribution: 'Somebody' });
    const copies = [await alma.duplicate(kind, template.id), await alma.duplicate(kind, template.id)];
    const copyOfCopy = await alma.duplicate(kind, copies[0]!.template.id);
    expect([...copies, copyOfCopy].map((copy) => copy.template)).toMatchObject([
      { name: `${name} (copy)`, slug: `${name}-copy`, version: 1, visibility: 'PRIVATE', status: 'DRAFT', authorId: 'coach-alma' },
      { name: `${name} (copy 2)`, slug: `${name}-copy-2` },
      { name: `${name} (copy 3)`, slug: `${name}-copy-3` },
    ]);
    expect((await boris.duplicate(kind, template.id)).template).toMatchObject({ name: `${name} (copy)`, authorId: 'coach-boris' });
    const { workoutTemplates, trainingPlanTemplates } = await alma.exportCatalogue();
    const [original, copy] = [name, `${name}-copy`].map((slug) =>
      [...workoutTemplates, ...trainingPlanTemplates].find((document) => document.slug === slug),
    );
    expect(copy).toEqual({ ...original, name: `${name} (copy)`, slug: `${name}-copy`, visibility: 'PRIVATE', status: 'DRAFT' });
  });

  it('cannot be copied from what the caller may not see', async () => {
    const { id } = (await alma.create(kind)).template;
    for (const unseen of [id, crypto.randomUUID(), 'malformed']) {
      expect((await boris.duplicate(kind, unseen)).error?.extensions.code).toBe('NOT_FOUND');
    }
    await alma.remove(kind, id);
    expect((await alma.duplicate(kind, id)).error?.extensions.code).toBe('NOT_FOUND');
  });

  it.each(['x'.repeat(120), `${'x'.repeat(112)}🏃 more`, 'A (copy)', '(copy)'])('copies a template named %s', async (name) => {
    const { id } = (await alma.create(kind, { name })).template;
    const { template, error } = await alma.duplicate(kind, id);
    expect(error).toBeUndefined();
    expect(template.name).toMatch(/ \(copy( \d+)?\)$/);
    expect(template.name.length).toBeLessThanOrEqual(120);
  });
});

describe('a plan and the workouts of others', () => {
  it('may name what is its author’s own and what is published, by id, slug or name', async () => {
    const own = (await alma.create('workout', { name: word() })).template;
    const published = await publishedWorkout(boris, { name: word() });
    const sessions = [own, published].flatMap(({ id, slug, name }) => [
      { workoutTemplateId: id },
      { workoutTemplate: slug },
      { workoutTemplate: name },
    ]);
    expect((await alma.create('plan', weekOf(...sessions))).error).toBeUndefined();
  });

  it('is refused another’s draft at its place, in the words for a workout that is not there', async () => {
    const draft = (await boris.create('workout', { name: word() })).template;
    const place = 'weeks[0].days[0].sessions[1].';
    for (const [field, hidden, absent] of [
      ['workoutTemplateId', draft.id, crypto.randomUUID()],
      ['workoutTemplate', draft.slug, word()],
      ['workoutTemplate', draft.name, word()],
    ] as const) {
      const messages: unknown[] = [];
      for (const reference of [hidden, absent]) {
        const { error } = await alma.create('plan', weekOf({}, { [field]: reference }));
        expect(error?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path: `${place}${field}` }] });
        messages.push(error?.message.replace(reference, '…'));
      }
      expect(messages[0]).toBe(messages[1]);
    }
    const { id } = (await alma.create('plan')).template;
    expect(await faultsOf(alma.update('plan', id, 1, weekOf({ workoutTemplateId: draft.id })))).toEqual([
      'weeks[0].days[0].sessions[0].workoutTemplateId',
    ]);
    expect((await operator.create('plan', weekOf({ workoutTemplateId: draft.id }))).error).toBeUndefined();
  });

  it('keeps a workout that its author has hidden since, and cannot be published with it', async () => {
    const workout = await publishedWorkout(boris, { name: word() });
    const { template: plan } = await alma.create('plan', weekOf({ workoutTemplateId: workout.id }));
    const secret = word();
    await boris.update('workout', workout.id, 1, { name: secret, visibility: 'PRIVATE' });
    const changed = await alma.update('plan', plan.id, 1, { name: 'Renamed', ...weekOf({ workoutTemplateId: workout.id }, {}) });
    expect(changed.template).toMatchObject({ name: 'Renamed', version: 2 });
    expect((await alma.duplicate('plan', plan.id)).error).toBeUndefined();
    const { error } = await alma.publish('plan', plan.id, 2);
    expect(error?.extensions).toMatchObject({ code: 'CONFLICT', plans: [{ id: plan.id }], workouts: [{ id: workout.id }] });
    expect(JSON.stringify(error)).not.toContain(secret);
    expect(await faultsOf(alma.update('plan', plan.id, 2, weekOf({ workoutTemplate: secret })))).toHaveLength(1);
  });

  it('is told by name of its own workouts that partners cannot see, and published once they can', async () => {
    const workout = (await alma.create('workout', { name: word() })).template;
    const { template: plan } = await alma.create('plan', weekOf({ workoutTemplateId: workout.id }));
    const { error } = await alma.publish('plan', plan.id, 1);
    expect(error?.extensions).toMatchObject({ code: 'CONFLICT', workouts: [{ id: workout.id, name: workout.name }] });
    await alma.publish('workout', workout.id, 1);
    expect((await alma.publish('plan', plan.id, 1)).template).toMatchObject(visible);
    const hidden = await alma.archive('workout', workout.id, 2);
    expect(hidden.error?.extensions).toMatchObject({ code: 'CONFLICT', plans: [{ id: plan.id, name: plan.name }] });
  });

  it('keeps a workout from being deleted, and private plans of others are counted, not named', async () => {
    const workout = await publishedWorkout(boris, { name: word() });
    const [hidden, shown] = [word(), word()];
    await alma.create('plan', { name: hidden, ...weekOf({ workoutTemplateId: workout.id }) });
    const first = (await boris.remove('workout', workout.id)).error;
    expect(first?.extensions).toMatchObject({ code: 'CONFLICT', plans: [], otherPlans: 1 });
    await alma.create('plan', { name: shown, ...visible, ...weekOf({ workoutTemplateId: workout.id }) });
    const second = (await boris.remove('workout', workout.id)).error;
    expect(second?.extensions).toMatchObject({ plans: [{ name: shown }], otherPlans: 1 });
    expect(second?.message).toContain('1 other training plan of other authors');
    expect(JSON.stringify([first, second])).not.toContain(hidden);
    const ofOperator = (await operator.remove('workout', workout.id)).error;
    expect(ofOperator?.extensions).toMatchObject({ plans: [{ name: hidden }, { name: shown }], otherPlans: 0 });
  });
});

describe('a coach’s catalogue', () => {
  const workout = (name: string, more: object = {}) => ({ name, category: 'EASY', blocks: [{ steps: [{ kind: 'RUN' }] }], ...more });

  it('comes out as the coach’s own, drafts too, and goes in again without a change', async () => {
    const vera = await coach(gateway, `coach-${word()}`);
    const others = await publishedWorkout(boris, { name: word() });
    const draft = (await vera.create('workout', { name: word() })).template;
    await vera.create('plan', { name: word(), ...weekOf({ workoutTemplateId: draft.id }, { workoutTemplateId: others.id }) });
    const exported = await vera.exportCatalogue();
    expect(exported.workoutTemplates.map(({ slug }) => slug)).toEqual([draft.slug]);
    expect(exported.trainingPlanTemplates).toMatchObject([
      { weeks: [{ days: [{ sessions: [{ workoutTemplate: draft.slug }, { workoutTemplate: others.slug }] }] }] },
    ]);
    const again = (counts: number) => ({ created: 0, updated: 0, unchanged: counts });
    expect((await vera.importCatalogue(exported)).data?.importCatalogue.counts).toMatchObject([again(1), again(1)]);
    await boris.unpublish('workout', others.id, 1);
    const withHidden = await vera.exportCatalogue();
    expect(withHidden.trainingPlanTemplates).toMatchObject([{ weeks: [{ days: [{ sessions: [{}, { workoutTemplateId: others.id }] }] }] }]);
    expect((await vera.importCatalogue(withHidden)).data?.importCatalogue.counts).toMatchObject([again(1), again(1)]);
  });

  it('with slugs that others have is refused at every one of them, and nothing is written', async () => {
    const [taken, planned, free] = [word(), word(), word()];
    const secret = word();
    await boris.create('workout', { name: taken, description: secret });
    await boris.create('plan', { name: planned });
    await boris.remove('plan', (await boris.list('plan', 'first: 1')).edges[0]!.node.id);
    const { errors } = await alma.importCatalogue({
      workoutTemplates: [workout(free), workout(taken), workout('Other', { slug: taken.toUpperCase() }), workout('Third', { slug: taken })],
      trainingPlanTemplates: [{ name: planned, durationWeeks: 1, weeks: [] }],
    });
    const paths = ((errors?.[0]?.extensions.errors ?? []) as { path: string }[]).map(({ path }) => path);
    expect(paths.toSorted()).toEqual([
      'trainingPlanTemplates[0].name',
      'workoutTemplates[1].name',
      'workoutTemplates[2].slug',
      'workoutTemplates[3]',
      'workoutTemplates[3].slug',
    ]);
    expect(JSON.stringify(errors)).not.toContain(secret);
    expect(await gateway.db.workoutTemplate.count({ where: { slug: free } })).toBe(0);
    expect(await gateway.db.workoutTemplate.findUnique({ where: { slug: taken } })).toMatchObject({ version: 1, authorId: 'coach-boris' });
  });

  it('may name the workouts of the file, its author’s own and what is published, and no others', async () => {
    const [inFile, draft] = [word(), (await boris.create('workout', { name: word() })).template];
    const published = await publishedWorkout(boris, { name: word() });
    const plan = (...workouts: string[]) => ({ name: word(), ...weekOf(...workouts.map((workoutTemplate) => ({ workoutTemplate }))) });
    const importOf = (...workouts: string[]) =>
      alma.importCatalogue({ workoutTemplates: [workout(inFile)], trainingPlanTemplates: [plan(...workouts)] });
    expect((await importOf(inFile, published.slug, published.name)).errors).toBeUndefined();
    const { errors } = await importOf(inFile, draft.slug, draft.name);
    expect(errors?.[0]?.extensions.errors).toMatchObject([
      { path: 'trainingPlanTemplates[0].weeks[0].days[0].sessions[1].workoutTemplate' },
      { path: 'trainingPlanTemplates[0].weeks[0].days[0].sessions[2].workoutTemplate' },
    ]);
  });

  it('brings back what its author has deleted; an operator’s import leaves every author as they are', async () => {
    const { template } = await alma.create('workout', { name: word() });
    await alma.remove('workout', template.id);
    const file = { workoutTemplates: [workout(template.name, { description: 'Back' })] };
    expect((await alma.importCatalogue(file)).data?.importCatalogue.counts[0]).toMatchObject({ updated: 1 });
    expect(await alma.find('workout', template.id)).toMatchObject({ version: 3, authorId: 'coach-alma' });
    await operator.importCatalogue({ workoutTemplates: [workout(template.name, { description: 'By the operator' })] });
    expect(await alma.find('workout', template.id)).toMatchObject({ version: 4, authorId: 'coach-alma' });
  });
});
