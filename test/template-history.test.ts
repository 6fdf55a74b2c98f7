import { describe, expect, it } from 'vitest';
import { authorWith, type Change, coach, type Kind, weekOf } from './support/authors.ts';
import { startGateway } from './support/gateway.ts';

const gateway = await startGateway();
const [alma, boris] = [await coach(gateway, 'coach-alma'), await coach(gateway, 'coach-boris')];
const operator = authorWith(gateway, undefined);

const historyOf = async (id: string, author = alma): Promise<Change[]> => ((await author.changes(id))?.edges ?? []).map(({ node }) => node);

describe.each<Kind>(['workout', 'plan'])('the history of a %s', (kind) => {
  it('says of every version who made it, when, and what changed', async () => {
    const since = Date.now();
    const { id } = (await alma.create(kind, { name: 'First', description: 'Text' })).template;
    await alma.update(kind, id, 1, { name: 'Second', description: null, level: 'BEGINNER' });
    await alma.publish(kind, id, 2);
    await operator.archive(kind, id, 3);
    const history = await historyOf(id);
    expect(history).toMatchObject([
      { version: 4, actorKind: 'operator', actorId: 'admin', summary: 'status: “ACTIVE” → “ARCHIVED”' },
      {
        version: 3,
        actorKind: 'coach',
        actorId: 'coach-alma',
        changes: [
          { path: 'visibility', before: 'PRIVATE', after: 'PUBLIC' },
          { path: 'status', before: 'DRAFT', after: 'ACTIVE' },
        ],
      },
      { version: 2, actorKind: 'coach', actorId: 'coach-alma' },
      { version: 1, actorKind: 'coach', actorId: 'coach-alma', summary: 'created' },
    ]);
    expect(history[2]?.summary.split('; ').toSorted()).toEqual([
      'description: “Text” → none',
      'level: none → “BEGINNER”',
      'name: “First” → “Second”',
    ]);
    expect(history[3]?.changes).toContainEqual({ path: 'name', before: null, after: 'First' });
    const instants = history.map(({ at }) => Date.parse(at));
    expect(instants).toEqual(instants.toSorted((one, other) => other - one));
    for (const instant of instants) expect(Math.abs(instant - since)).toBeLessThan(60_000);
  });

  it('has no entry for what changes nothing, nor for what was refused', async () => {
    const { id } = (await alma.create(kind, { name: 'Same' })).template;
    await alma.update(kind, id, 1, { name: ' Same ' });
    await alma.update(kind, id, 7, { name: 'Stale' });
    await boris.update(kind, id, 1, { name: 'Stolen' });
    expect(await historyOf(id)).toHaveLength(1);
  });

  it('is for whoever may write it: for other coaches there is none, of deleted ones only operators read it', async () => {
    const { id } = (await alma.create(kind, { visibility: 'PUBLIC', status: 'ACTIVE' })).template;
    for (const unseen of [id, crypto.randomUUID(), 'malformed', '\0']) expect(await boris.changes(unseen)).toBeNull();
    expect(await historyOf(id, operator)).toHaveLength(1);
    await alma.remove(kind, id);
    expect(await alma.changes(id)).toBeNull();
    expect(await historyOf(id, operator)).toMatchObject([
      { version: 2, actorId: 'coach-alma', summary: 'status: “ACTIVE” → “DELETED”' },
      {},
    ]);
    const deleted = await operator.list(kind, 'status: DELETED, author: "coach-alma", first: 1');
    expect(deleted.edges.map(({ node }) => node.id)).toEqual([id]);
    expect((await alma.list(kind, 'status: DELETED')).edges).toEqual([]);
  });

  it('is paged, newest first, and from the end', async () => {
    const { id } = (await alma.create(kind)).template;
    for (let version = 1; version < 7; version++) await alma.update(kind, id, version, { name: `Version ${version + 1}` });
    const versions: number[] = [];
    let args = 'first: 3';
    for (;;) {
      const page = await alma.changes(id, args);
      expect(page?.totalCount).toBe(7);
      versions.push(...(page?.edges ?? []).map(({ node }) => node.version));
      if (!page?.pageInfo.hasNextPage) break;
      args = `first: 3, after: "${page.pageInfo.endCursor}"`;
    }
    expect(versions).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect((await alma.changes(id, 'last: 2'))?.edges.map(({ node }) => node.version)).toEqual([2, 1]);
    for (const cursor of ['x', '', 'LTE', 'OTk5OTk5OTk5OTk5OTk5']) {
      const { errors } = await alma.ask(`{ changes(id: "${id}", after: "${cursor}") { totalCount } }`);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path: 'after' }] });
    }
  });

  it('records what is changed past the gateway too, and gives nobody’s name to it', async () => {
    const { id } = (await alma.create(kind)).template;
    const table = kind === 'workout' ? 'WorkoutTemplate' : 'TrainingPlanTemplate';
    await gateway.db.$executeRawUnsafe(`UPDATE "${table}" SET "name" = 'By hand' WHERE "id" = '${id}'`);
    await gateway.db.$executeRawUnsafe(`UPDATE "${table}" SET "name" = "name", "authorId" = 'someone' WHERE "id" = '${id}'`);
    expect((await historyOf(id, operator))[0]).toMatchObject({
      version: 2,
      actorKind: null,
      actorId: null,
      summary: 'name: “Least” → “By hand”',
    });
    expect(await historyOf(id, operator)).toHaveLength(2);
  });
});

it('an import is in the history of each template it changes, under the name of who imported', async () => {
  const file = (description: string) => ({
    workoutTemplates: ['One', 'Two'].map((name) => ({
      name: `Imported ${name}`,
      description,
      category: 'EASY',
      blocks: [{ steps: [{ kind: 'RUN' }] }],
    })),
    trainingPlanTemplates: [{ name: 'Imported plan', description, ...weekOf({ workoutTemplate: 'Imported One' }) }],
  });
  await boris.importCatalogue(file('First'));
  await operator.importCatalogue(file('Second'));
  for (const kind of ['workout', 'plan'] as const) {
    for (const { node } of (await boris.list(kind, 'search: "imported"')).edges) {
      expect(await historyOf(node.id, boris)).toMatchObject([
        { version: 2, actorKind: 'operator', summary: 'description: “First” → “Second”' },
        { version: 1, actorKind: 'coach', actorId: 'coach-boris' },
      ]);
    }
  }
});

it.each(['UPDATE "TemplateChange" SET "actorId" = NULL', 'DELETE FROM "TemplateChange"', 'TRUNCATE "TemplateChange"'])(
  'the database refuses %s',
  async (statement) => {
    const before = await gateway.db.templateChange.count();
    await expect(gateway.db.$executeRawUnsafe(statement)).rejects.toThrow('only ever added to');
    expect(await gateway.db.templateChange.count()).toBe(before);
  },
);

it('a writer that says strange things of itself still writes', async () => {
  const { id } = (await alma.create('workout')).template;
  for (const [index, actor] of ['no colon', ':', 'a:b:c', '{"'].entries()) {
    await gateway.db.$transaction([
      gateway.db.$executeRaw`SELECT set_config('ekiden.actor', ${actor}, true)`,
      gateway.db.$executeRaw`UPDATE "WorkoutTemplate" SET "name" = ${`Name ${index}`} WHERE "id" = ${id}::uuid`,
    ]);
  }
  expect((await historyOf(id)).map(({ actorKind, actorId }) => [actorKind, actorId])).toEqual([
    [null, null],
    ['a', 'b:c'],
    [null, null],
    [null, null],
    ['coach', 'coach-alma'],
  ]);
});
