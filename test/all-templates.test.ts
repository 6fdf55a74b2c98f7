import { describe, expect, it } from 'vitest';
import { authorWith, type Connection, createMany, type Kind, newCoach, visible } from './support/authors.ts';
import { startGateway } from './support/gateway.ts';
import { countStatements } from './support/statements.ts';

const gateway = await startGateway();
const operator = authorWith(gateway, undefined);
const idsOf = ({ edges }: Connection<{ id: string }>) => edges.map(({ node }) => node.id);

describe.each<Kind>(['workout', 'plan'])('the list of every %s', (kind) => {
  it('has a coach’s own, whatever their state, newest first; deleted ones are gone', async () => {
    const author = await newCoach(gateway);
    const ids = await createMany(author, kind, 4);
    await author.publish(kind, ids[0]!, 1);
    await author.archive(kind, ids[1]!, 1);
    await author.update(kind, ids[3]!, 1, { name: 'Changed last' });
    expect(idsOf(await author.list(kind, 'first: 10'))).toEqual(ids);
    await author.remove(kind, ids[2]!);
    const list = await author.list(kind, 'first: 10');
    expect(idsOf(list)).toEqual(ids.filter((id) => id !== ids[2]));
    expect(list.totalCount).toBe(3);
  });

  it('has of another author what partners see, and everything for operators', async () => {
    const [author, reader] = [await newCoach(gateway), await newCoach(gateway)];
    const [published, draft] = await createMany(author, kind, 2);
    await author.publish(kind, published!, 1);
    const by = `first: 10, author: "${author.subject}"`;
    expect(idsOf(await reader.list(kind, by))).toEqual([published]);
    expect(idsOf(await reader.list(kind, `${by}, status: DRAFT`))).toEqual([]);
    expect(idsOf(await author.list(kind, by))).toEqual([published, draft]);
    expect(idsOf(await operator.list(kind, by))).toEqual([published, draft]);
    expect(idsOf(await operator.list(kind, 'first: 2'))).toEqual([published, draft]);
    expect(idsOf(await reader.list(kind, 'first: 10, author: "nobody"'))).toEqual([]);
  });

  it('is filtered by visibility, status, text and what its kind adds, all at once', async () => {
    const author = await newCoach(gateway);
    const special = kind === 'workout' ? { category: 'HILLS' } : { goalDistance: 'MARATHON' };
    const bySpecial = kind === 'workout' ? 'category: HILLS' : 'goalDistance: MARATHON';
    const [two, one] = await createMany(author, kind, 2, { ...special, ...visible, description: '100% uphill' });
    const [draft] = await createMany(author, kind, 1, { description: 'uphill' });
    await author.archive(kind, one!, 1);
    const filtered = async (filter: string) => idsOf(await author.list(kind, `first: 10, ${filter}`));
    expect(await filtered('visibility: PUBLIC')).toEqual([two, one]);
    expect(await filtered('status: DRAFT')).toEqual([draft]);
    expect(await filtered('search: "UPHILL number"')).toEqual([draft, two, one]);
    expect(await filtered('search: "100%"')).toEqual([two, one]);
    expect(await filtered(bySpecial)).toEqual([two, one]);
    expect(await filtered(`${bySpecial}, visibility: PUBLIC, status: ACTIVE, search: "uphill"`)).toEqual([two]);
    expect((await author.list(kind, `first: 1, ${bySpecial}`)).totalCount).toBe(2);
  });

  it('gives 20 at once unless told, and 100 at most', async () => {
    const author = await newCoach(gateway);
    const data = Array.from({ length: 103 }, (_, index) => ({
      ...{
        slug: crypto.randomUUID(),
        name: `Row ${index}`,
        authorId: author.subject,
        visibility: 'PRIVATE' as const,
        status: 'DRAFT' as const,
      },
    }));
    if (kind === 'workout') {
      await gateway.db.workoutTemplate.createMany({ data: data.map((row) => ({ ...row, category: 'EASY', tags: [], blocks: [] })) });
    } else await gateway.db.trainingPlanTemplate.createMany({ data: data.map((row) => ({ ...row, durationWeeks: 1, weeks: [] })) });
    expect((await author.list(kind, 'visibility: PRIVATE')).edges).toHaveLength(20);
    expect(await author.list(kind, 'first: 100000')).toMatchObject({
      totalCount: 103,
      edges: { length: 100 },
      pageInfo: { hasNextPage: true },
    });
    expect((await author.list(kind, 'last: 101')).edges).toHaveLength(100);
    expect(await author.list(kind, 'first: 0')).toMatchObject({ edges: [], pageInfo: { startCursor: null, endCursor: null } });
  });

  it('asks the database once, however many it gives, and once more when they are to be counted', async () => {
    const author = await newCoach(gateway);
    await createMany(author, kind, 5);
    const field = kind === 'workout' ? 'allWorkoutTemplates' : 'allTrainingPlanTemplates';
    const inside = kind === 'workout' ? 'blocks { steps { kind } }' : 'weeks { days { sessions { kind } } }';
    const statementsFor = async (selection: string) => {
      const { statements, result } = await countStatements(() => author.ask(`{ ${field}(first: 5) { ${selection} } }`));
      expect(result.errors).toBeUndefined();
      return statements;
    };
    expect(await statementsFor(`edges { node { id version ${inside} } } pageInfo { hasNextPage }`)).toHaveLength(1);
    expect(await statementsFor(`totalCount edges { node { id ${inside} } }`)).toHaveLength(2);
  });

  it.each([
    ['after: "x"', 'after'],
    ['before: ""', 'before'],
    ['after: "R1BDOlM6MQ=="', 'after'],
    ['after: "\\u0000"', 'after'],
    ['search: "\\u0000"', 'search'],
    ['author: "\\u0000"', 'author'],
  ])('refuses %s as INVALID', async (args, path) => {
    const field = kind === 'workout' ? 'allWorkoutTemplates' : 'allTrainingPlanTemplates';
    const { errors } = await operator.ask(`{ ${field}(${args}) { edges { cursor } } }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path }] });
  });
});
