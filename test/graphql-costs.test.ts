import { type GraphQLObjectType, getIntrospectionQuery, isRequiredArgument } from 'graphql';
import { describe, expect, it } from 'vitest';
import { publicSchema } from '../schema/index.ts';
import { adminToken, startGateway } from './support/gateway.ts';
import { everyField } from './support/selections.ts';
import { countStatements } from './support/statements.ts';

const gateway = await startGateway();
const headers = { 'X-API-Key': (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext };
const ask = (query: string) => gateway.graphql<Record<string, never> | undefined>(query, {}, headers);

const typeOf = (name: string) => publicSchema.getType(name) as GraphQLObjectType;

describe('a reasonable question passes', () => {
  it('100 workouts and 100 plans with every field there is', async () => {
    const step = { kind: 'RUN', durationSeconds: 60, target: { type: 'ZONE', min: 2 }, notes: 'easy' };
    const blocks = [{ name: 'main', repeat: 3, steps: [step, { kind: 'REST' }] }];
    const visible = { visibility: 'PUBLIC', status: 'ACTIVE' };
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    const weeks = (index: number) => [{ week: 1, days: [{ day: 1, sessions: [{ kind: 'RUN', workoutTemplate: `workout-${index}` }] }] }];
    const input = {
      workoutTemplates: numbers.map((index) => ({ slug: `workout-${index}`, name: 'Workout', category: 'EASY', blocks, ...visible })),
      trainingPlanTemplates: numbers.map((index) => ({
        slug: `plan-${index}`,
        name: 'Plan',
        durationWeeks: 1,
        weeks: weeks(index),
        ...visible,
      })),
    };
    const imported = await gateway.graphql(
      'mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { created } } }',
      { input },
    );
    expect(imported.errors).toBeUndefined();
    for (const [field, type] of [
      ['workoutTemplates', 'WorkoutTemplatePage'],
      ['trainingPlanTemplates', 'TrainingPlanTemplatePage'],
    ] as const) {
      const { data, errors } = await ask(`{ ${field}(per_page: 100, includeRemoved: true) { ${everyField(typeOf(type))} } }`);
      expect(errors).toBeUndefined();
      expect(data?.[field]).toMatchObject({ total: 100, data: expect.objectContaining({ length: 100 }) });
    }
  });

  it("both lists and the key at once, and GraphiQL's introspection with everything it can ask for", async () => {
    const all = Object.values(publicSchema.getQueryType()?.getFields() ?? {})
      .filter(({ args }) => !args.some(isRequiredArgument))
      .map(({ name, type }) => `${name} { ${everyField(type)} }`);
    expect((await ask(`{ ${all.join(' ')} }`)).errors).toBeUndefined();
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const { data, errors } = await gateway.graphql(query, {}, {});
    expect(errors).toBeUndefined();
    expect(data).toHaveProperty('__schema.queryType.name', 'Query');
  });
});

const all = (field: string, type: string, args: string) => `${field}(${args}) { ${everyField(typeOf(type))} }`;
const allPlans = all('trainingPlanTemplates', 'TrainingPlanTemplatePage', 'per_page: 100, includeRemoved: true');
const allWorkouts = all('workoutTemplates', 'WorkoutTemplatePage', 'per_page: 100, includeRemoved: true');
const times = (count: number, text: string) => Array.from({ length: count }, (_, index) => `a${index}: ${text}`).join(' ');
const keysInKeys = (depth: number): string => (depth === 0 ? 'id' : `apiKeys { partner { ${keysInKeys(depth - 1)} } }`);

describe('what a question costs is its rows, times what is asked of them', () => {
  const operator = { Authorization: `Bearer ${adminToken}` };
  const runner = () => gateway.session('runner', 'nobody-known');

  it('and a partner may ask for a full page of everything of both lists at once', async () => {
    expect((await ask(`{ ${allPlans} ${allWorkouts} }`)).errors).toBeUndefined();
  });

  it.each<[string, string, object?]>([
    ['aliased pages', `{ ${times(14, 'trainingPlanTemplates(per_page: 100) { data { id } }')} }`],
    [
      'aliased pages that are beyond the limit of a page',
      `{ ${times(14, 'trainingPlanTemplates(per_page: 2000000000) { data { id } }')} }`,
    ],
    ['pages whose size is a variable', `query ($n: Int) { ${times(14, 'workoutTemplates(per_page: $n) { total }')} }`, { n: 100 }],
    ['pages whose size is a default', `query ($n: Int = 100) { ${times(14, 'workoutTemplates(per_page: $n) { total }')} }`],
    [
      'pages in fragments',
      `{ ...A ...B } fragment A on Query { ${times(7, 'workoutTemplates(per_page: 100) { total }')} }
        fragment B on Query { ${times(7, 'trainingPlanTemplates(per_page: 100) { total }').replace(/a(?=\d:)/g, 'b')} }`,
    ],
    ['two full pages of plans', `{ ${allPlans} again: ${allPlans} }`],
  ])('%s: refused with the cost and the limit, before the database is asked', async (_name, text, variables = {}) => {
    const { statements, result } = await countStatements(() => gateway.graphql(text, variables, headers));
    const [error] = result.errors ?? [];
    expect(error?.extensions).toMatchObject({ code: 'INVALID', costMax: 150_000, cost: expect.any(Number) });
    expect(error?.extensions.cost).toBeGreaterThan(150_000);
    expect(error?.message).toMatch(/costs \d+, and 150000 may be asked for at once\. Ask for smaller pages/);
    expect(result.data ?? null).toBeNull();
    expect(statements.filter((statement) => !statement.includes('"ApiKey"'))).toEqual([]);
  });

  it.each([
    ['connections in connections', `{ ${times(14, `partners(first: 100) { edges { node { ${keysInKeys(4)} } } }`)} }`],
    ['the last of a list', `{ ${times(14, `partners(last: 100) { edges { node { ${keysInKeys(4)} } } }`)} }`],
    ['a list without a size', `{ ${times(15, `partners { edges { node { ${keysInKeys(4)} } } }`)} }`],
  ])('%s: refused for an operator too', async (_name, text) => {
    const { extensions } = (await gateway.graphql(text, {}, operator)).errors![0]!;
    expect(extensions).toMatchObject({ code: 'INVALID', costMax: 500_000 });
  });

  it('and what a role works with decides how much it may be', async () => {
    const text = `{ ${allPlans} again: ${allPlans} }`;
    const codes = [headers, await runner(), operator].map(
      async (who) => (await gateway.graphql(text, {}, who)).errors?.[0]?.extensions.costMax,
    );
    expect(await Promise.all(codes)).toEqual([150_000, undefined, undefined]);
    const more = `{ ${allPlans} again: ${allPlans} third: ${allPlans} fourth: ${allPlans} }`;
    const limits = [headers, await runner(), operator].map(
      async (who) => (await gateway.graphql(more, {}, who)).errors?.[0]?.extensions.costMax,
    );
    expect(await Promise.all(limits)).toEqual([150_000, 300_000, undefined]);
  });

  it('and an import is no question, however large', async () => {
    const workoutTemplates = Array.from({ length: 2_000 }, (_, index) => ({
      name: `Imported ${index}`,
      category: 'EASY',
      blocks: [{ steps: [{ kind: 'RUN' }] }],
    }));
    const document = 'mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { created } } }';
    expect((await gateway.graphql(document, { input: { workoutTemplates } })).errors).toBeUndefined();
  });

  it('and variables that do not fit are refused in their own words', async () => {
    expect((await ask('query ($n: Int!) { workoutTemplates(per_page: $n) { total } }')).errors?.[0]?.message).toMatch(/^n: /);
  });
});

/** Texts that cost their sender little and would cost us much. */
const bombs: Record<string, string> = {
  'deep selections': `{ ${'a { '.repeat(20_000)} b`,
  'deep selections of what exists': `query { __schema { types { ${'fields { type { '.repeat(20)} name ${'} '.repeat(40)} } } }`,
  'deep lists': `{ workoutTemplates(search: ${'['.repeat(40_000)}`,
  'deep objects': `{ workoutTemplates(search: ${'{a:'.repeat(20_000)}`,
  aliases: `{ ${Array.from({ length: 100 }, (_, index) => `a${index}: workoutTemplates { total }`).join(' ')} }`,
  'aliases in fragments': `{ ...A ...B } fragment A on Query { ${Array.from({ length: 40 }, (_, index) => `a${index}: apiKey { id }`).join(' ')} } fragment B on Query { ...A }`,
  directives: `query { workoutTemplates { total ${'@skip(if: false) '.repeat(100)} } }`,
  'unknown directives': `query { workoutTemplates { total ${'@a '.repeat(400)} } }`,
  tokens: `query { workoutTemplates { ${'total '.repeat(16_000)} } }`,
  'equal fields': `query { ${'workoutTemplates { data { id } } '.repeat(180)} }`,
  'fragments that double': (() => {
    const chain = Array.from({ length: 60 }, (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`);
    return `query { ...F0 } ${chain.join(' ')} fragment F60 on Query { workoutTemplates { total } }`;
  })(),
  'fragments that multiply': (() => {
    const spread = (index: number) => `...F${index} `.repeat(20);
    const chain = Array.from({ length: 9 }, (_, index) => `fragment F${index} on Query { ${spread(index + 1)} }`);
    return `{ ...F0 } ${chain.join(' ')} fragment F9 on Query { workoutTemplates { total } }`;
  })(),
  'long comments': `{ nothing } ${'#\n'.repeat(30_000)}`,
  'a long name': `{ ${'a'.repeat(90_000)} }`,
  'a long string': `{ workoutTemplates(search: """${'\\"""'.repeat(12_000)}""") { total } }`,
};

describe('a bomb is refused and nothing of it is executed', () => {
  it.each(Object.entries(bombs))('%s', async (_name, bomb) => {
    const { data, errors } = await ask(bomb);
    expect(errors?.[0]?.extensions.code).toBe('INVALID');
    expect(data ?? null).toBeNull();
  });

  it('a mutation hidden in one changes nothing', async () => {
    const name = `partner-${crypto.randomUUID()}`;
    const aliases = Array.from({ length: 50 }, (_, index) => `a${index}: createPartner(input: { name: "${name} ${index}" }) { id }`);
    const { errors } = await gateway.graphql(`mutation { ${aliases.join(' ')} }`);
    expect(errors?.[0]?.extensions.code).toBe('INVALID');
    expect(await gateway.db.partner.count({ where: { name: { startsWith: name } } })).toBe(0);
  });
});
