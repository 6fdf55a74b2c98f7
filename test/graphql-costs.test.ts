import { type GraphQLObjectType, getIntrospectionQuery, isRequiredArgument } from 'graphql';
import { describe, expect, it } from 'vitest';
import { publicSchema } from '../schema/index.ts';
import { startGateway } from './support/gateway.ts';
import { everyField } from './support/selections.ts';
import { createPlan, createWorkout } from './support/templates.ts';

const gateway = await startGateway();
const headers = { 'X-API-Key': (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext };
const ask = (query: string) => gateway.graphql<Record<string, never> | undefined>(query, {}, headers);

const typeOf = (name: string) => publicSchema.getType(name) as GraphQLObjectType;

describe('a reasonable question passes', () => {
  it('100 workouts and 100 plans with every field there is', async () => {
    const step = { kind: 'RUN', durationSeconds: 60, target: { type: 'ZONE', min: 2 }, notes: 'easy' };
    const blocks = [{ name: 'main', repeat: 3, steps: [step, { kind: 'REST' }] }];
    for (let index = 0; index < 100; index++) {
      const { id } = await createWorkout(gateway, { blocks });
      await createPlan(gateway, [id]);
    }
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
