import { type GraphQLObjectType, getIntrospectionQuery } from 'graphql';
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
      .filter(({ args }) => args.every(({ name }) => name !== 'id'))
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

/** Texts that cost their sender little and would cost us much. `n` makes each one new, so that no cache knows it. */
const bombs: Record<string, (n: number) => string> = {
  'deep selections': (n) => `{ ${'a { '.repeat(20_000)} b${n}`,
  'deep selections of what exists': (n) => {
    const deep = 'fields { type { '.repeat(20);
    return `query Q${n} { __schema { types { ${deep} name ${'} '.repeat(40)} } } }`;
  },
  'deep lists': (n) => `{ workoutTemplates(search: ${'['.repeat(40_000)} ${n}`,
  'deep objects': (n) => `{ workoutTemplates(search: ${'{a:'.repeat(20_000)} ${n}`,
  aliases: (n) => `{ ${Array.from({ length: 100 }, (_, index) => `a${index}_${n}: workoutTemplates { total }`).join(' ')} }`,
  'aliases in fragments': (n) =>
    `{ ...A ...B } fragment A on Query { ${Array.from({ length: 40 }, (_, index) => `a${index}_${n}: apiKey { id }`).join(' ')} } fragment B on Query { ...A }`,
  directives: (n) => `query Q${n} { workoutTemplates { total ${'@skip(if: false) '.repeat(100)} } }`,
  'unknown directives': (n) => `query Q${n} { workoutTemplates { total ${'@a '.repeat(400)} } }`,
  tokens: (n) => `query Q${n} { workoutTemplates { ${'total '.repeat(16_000)} } }`,
  'equal fields': (n) => `query Q${n} { ${'workoutTemplates { data { id } } '.repeat(180)} }`,
  'fragments that double': (n) => {
    const chain = Array.from({ length: 60 }, (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`);
    return `query Q${n} { ...F0 } ${chain.join(' ')} fragment F60 on Query { workoutTemplates { total } }`;
  },
  'long comments': (n) => `{ nothing${n} } ${'#\n'.repeat(30_000)}`,
  'a long name': (n) => `{ ${'a'.repeat(90_000)}${n} }`,
  'a long string': (n) => `{ workoutTemplates(search: """${'\\"""'.repeat(12_000)} ${n}""") { total } }`,
};

describe('a bomb is refused within 100 ms and nothing of it is executed', () => {
  it.each(Object.entries(bombs))('%s', async (_name, bomb) => {
    const times: number[] = [];
    for (let n = 0; n < 4; n++) {
      const startedAt = performance.now();
      const { data, errors } = await ask(bomb(n));
      times.push(performance.now() - startedAt);
      expect(errors?.[0]?.extensions.code).toBe('INVALID');
      expect(data ?? null).toBeNull();
    }
    // The best of four: other work on the machine is not the bomb's.
    expect(Math.min(...times)).toBeLessThan(100);
  });

  it('what is nearly a bomb and allowed is answered within 100 ms too', async () => {
    const times: number[] = [];
    for (let n = 0; n < 6; n++) {
      const startedAt = performance.now();
      await ask(`query Q${n} { ${'workoutTemplates { total } '.repeat(245)} }`);
      times.push(performance.now() - startedAt);
    }
    expect(Math.min(...times)).toBeLessThan(100);
  });

  it('a mutation hidden in one changes nothing', async () => {
    const name = `partner-${crypto.randomUUID()}`;
    const aliases = Array.from({ length: 50 }, (_, index) => `a${index}: createPartner(input: { name: "${name} ${index}" }) { id }`);
    const { errors } = await gateway.graphql(`mutation { ${aliases.join(' ')} }`);
    expect(errors?.[0]?.extensions.code).toBe('INVALID');
    expect(await gateway.db.partner.count({ where: { name: { startsWith: name } } })).toBe(0);
  });
});
