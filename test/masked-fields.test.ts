import { GraphQLError, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { publicSchema, schema } from '../schema/index.ts';
import { restViewOf } from '../schema/rest-view.ts';
import { adminToken, publicUrl, startGateway } from './support/gateway.ts';
import { callTool, connectGatewayMcp } from './support/mcp.ts';
import { operationsOf } from './support/operations.ts';
import { createSharedRunner, fullDocument } from './support/runners.ts';
import { subjectsOf } from './support/subjects.ts';

const gateway = await startGateway();
const runner = await createSharedRunner(gateway, fullDocument);
const subjects = subjectsOf(gateway);
const operations = operationsOf(runner);
const operator = { Authorization: `Bearer ${adminToken}` };

const sentinel = 'sentinel-c41d';
/** Defects as libraries have them: with the row, the request and an answer of their own hanging on them. */
const defects = [
  Object.assign(new TypeError(`${sentinel} at /srv/ekiden/node_modules/x`), { detail: sentinel, status: 418, statusCode: 418 }),
  new GraphQLError(sentinel, { extensions: { code: sentinel, http: { status: 418, headers: { 'X-Sentinel': sentinel } } } }),
];

const undo: (() => void)[] = [];
afterEach(() => {
  for (const restore of undo.splice(0).toReversed()) restore();
});

/** Has the field throw, in both schemas, until the test is done. */
function breakField(name: string, defect: unknown): void {
  const [type = '', field = ''] = name.split('.');
  for (const one of [schema, publicSchema]) {
    const broken = fieldsOf(one, type)[field];
    if (!broken) continue;
    const { resolve } = broken;
    broken.resolve = () => {
      throw defect;
    };
    undo.push(() => {
      broken.resolve = resolve;
    });
  }
}

const fieldsOf = (one: GraphQLSchema, type: string): Record<string, GraphQLField<unknown, unknown>> =>
  (one.getType(type) as GraphQLObjectType | undefined)?.getFields() ?? {};

const rootFields = ['Query', 'Mutation'].flatMap((type) => Object.keys(fieldsOf(schema, type)).map((name) => `${type}.${name}`));

function expectNothingInside(text: string, headers: Headers): void {
  expect(text).not.toContain(sentinel);
  expect(text).not.toMatch(/node_modules|TypeError/);
  expect(JSON.stringify([...headers])).not.toMatch(/sentinel/i);
}

async function overGraphql(query: string) {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json', ...operator }, body: JSON.stringify({ query }) };
  const response = await gateway.app.fetch(new Request(`${publicUrl}/graphql`, init));
  const text = await response.text();
  expectNothingInside(text, response.headers);
  return (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors?.map(({ extensions }) => extensions.code);
}

it('every root field has a question here', () => {
  expect(
    rootFields.filter((name) => !operations[name]),
    'add a row in test/support/operations.ts',
  ).toEqual([]);
});

describe.each(rootFields)('what %s throws', (name) => {
  it('reaches nobody over GraphQL or REST', async () => {
    const { on, text } = operations[name]!;
    const id = on ? await subjects[on].another() : '';
    const view = restViewOf(fieldsOf(schema, name.split('.')[0]!)[name.split('.')[1]!]?.extensions ?? {});
    for (const defect of defects) {
      breakField(name, defect);
      expect(await overGraphql(text(id))).toEqual(['INTERNAL']);
      if (!view) continue;
      const response = await gateway.get(`/api${view.path.replace(':token', runner.token).replace(':id', id)}`, null, {
        headers: operator,
      });
      expect(response.status).toBe(500);
      expectNothingInside(await response.text(), response.headers);
    }
  });
});

it('what any field below throws reaches nobody either', async () => {
  const ids: Record<string, string> = {};
  for (const [kind, subject] of Object.entries(subjects)) ids[kind] = await subject.another();
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
  for (const { name: type } of types) {
    if (type === 'Query' || type === 'Mutation' || type === 'Subscription') continue;
    for (const field of Object.keys(fieldsOf(schema, type))) breakField(`${type}.${field}`, defects[0]);
  }
  const asked = rootFields.filter(
    (name) => /\{[^{}]*\w[^{}]*\}\s*\}$/.test(operations[name]!.text('x')) && !operations[name]!.text('x').includes('__typename'),
  );
  expect(asked.length).toBeGreaterThan(rootFields.length / 2);
  const masked: string[] = [];
  for (const name of asked) {
    const { on, text } = operations[name]!;
    const codes = (await overGraphql(text(ids[on ?? ''] ?? ''))) ?? [];
    // What is deleted, and its own words about itself, have no field below that could break.
    for (const code of codes) expect(code, name).toMatch(/^(INTERNAL|UNAUTHENTICATED|NOT_FOUND|CONFLICT)$/);
    if (codes.includes('INTERNAL')) masked.push(name);
  }
  expect(masked.length, `broken below: ${masked}`).toBeGreaterThan(asked.length / 2);
});

it('what a tool of MCP meets reaches nobody', async () => {
  const client = await connectGatewayMcp(gateway, runner.path);
  const tools = {
    get_context: 'runnerContext',
    get_health: 'runnerHealth',
    get_runs: 'runnerRuns',
    get_personal_bests: 'runnerPersonalBests',
  };
  expect((await client.listTools()).tools.map(({ name }) => name).toSorted()).toEqual(Object.keys(tools).toSorted());
  for (const [tool, field] of Object.entries(tools)) {
    for (const defect of defects) {
      breakField(`Query.${field}`, defect);
      const answer = await callTool(client, tool);
      expect(answer.isError).toBe(true);
      expect(answer.text).toMatch(/on the gateway’s side/);
      expect(JSON.stringify(answer)).not.toContain(sentinel);
    }
  }
});
