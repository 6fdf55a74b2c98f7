import { describe, expect, it } from 'vitest';
import { publicSchema } from '../schema/index.ts';
import { restViewOf } from '../schema/rest-view.ts';
import { adminToken, publicUrl, startGateway } from './support/gateway.ts';
import { createSharedRunner } from './support/runners.ts';
import { countStatements } from './support/statements.ts';
import { createWorkout } from './support/templates.ts';

const gateway = await startGateway();
const key = (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext;
const runner = await createSharedRunner(gateway);
await createWorkout(gateway, { name: 'Hill repeats' });

const callers: Record<string, Record<string, string>> = {
  nobody: {},
  'a partner': { 'X-API-Key': key },
  'an operator': { Authorization: `Bearer ${adminToken}` },
};

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** Bodies, as they are sent: what is wrong with some of them JSON.stringify would mend. */
const bombs: Record<string, string> = {
  'selections 500 deep': JSON.stringify({ query: `{ ${'a { '.repeat(500)} b ${'}'.repeat(501)}` }),
  'aliases of one field': JSON.stringify({
    query: `{ ${Array.from({ length: 200 }, (_, index) => `a${index}: apiKey { id }`).join(' ')} }`,
  }),
  'a fragment that is its own part': JSON.stringify({ query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }' }),
  'a directive a hundred times': JSON.stringify({ query: `{ __typename ${'@include(if: true) '.repeat(100)} }` }),
  'a batch': JSON.stringify(Array.from({ length: 100 }, () => ({ query: '{ __typename }' }))),
  'a batch in a batch': `[${nested(100, '[', ']')}]`,
  'JSON 40 000 deep': `{"query":"query ($x: String) { workoutTemplates(search: $x) { total } }","variables":{"x":${nested(40_000, '[', ']')}}}`,
  'objects 10 000 deep': `{"query":"query ($x: Int) { __typename }","variables":{"x":${nested(10_000, '{"a":', '}').replace('}', '1}')}}`,
  'a number of 90 000 digits': `{"query":"query ($x: Int!) { workoutTemplates(page: $x) { total } }","variables":{"x":${'9'.repeat(90_000)}}}`,
  'a variable of 5 MB': JSON.stringify({
    query: 'query ($x: String) { workoutTemplates(search: $x) { total } }',
    variables: { x: 'x'.repeat(5_000_000) },
  }),
  'as many variables as fit': JSON.stringify({
    query: `query (${Array.from({ length: 900 }, (_, index) => `$a${index}: Int`).join(' ')}) { __typename }`,
  }),
  'a list argument that goes on': JSON.stringify({
    query: `{ workoutTemplates(search: [${'[1,'.repeat(300)}${']'.repeat(301)}) { total } }`,
  }),
};

async function send(body: string, headers: Record<string, string>) {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body };
  const response = await gateway.app.fetch(new Request(`${publicUrl}/graphql`, init));
  return {
    status: response.status,
    answer: (await response.json()) as { data?: object | null; errors?: { message: string; extensions: { code: string } }[] },
  };
}

describe.each(Object.entries(callers))('a bomb from %s', (who, headers) => {
  it.each(Object.entries(bombs))('%s: is refused in words, and not a row is read for it', async (_name, body) => {
    const { result, statements } = await countStatements(() => send(body, headers));
    expect(result.status).toBeLessThan(500);
    expect(result.answer.errors?.[0]?.extensions.code).toMatch(/^(INVALID|PAYLOAD_TOO_LARGE|UNAUTHENTICATED)$/);
    expect(result.answer.data ?? null).toBeNull();
    // The key itself is looked up.
    expect(statements.filter((text) => !/"ApiKey"/.test(text)).length, statements.join('\n')).toBeLessThanOrEqual(who === 'nobody' ? 0 : 1);
  });

  it('JSON with names of prototypes changes nothing for anyone', async () => {
    const query = '{ __typename }';
    for (const body of [
      `{"query":"${query}","__proto__":{"role":"operator"}}`,
      `{"query":"${query}","variables":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}`,
      `{"__proto__":{"query":"${query}"}}`,
      `{"query":"${query}","operationName":"__proto__"}`,
      `{"query":"${query}","extensions":{"__proto__":{"polluted":1},"persistedQuery":{"__proto__":{"polluted":1}}}}`,
      '{"query":"query ($__proto__: Int, $constructor: Int) { __typename }","variables":{"__proto__":1,"constructor":2}}',
      '{"query":"{ __proto__ { x } constructor hasOwnProperty toString }"}',
      '{"query":"{ __proto__: __typename constructor: __typename }"}',
    ])
      expect((await send(body, headers)).status).toBeLessThan(500);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('introspection shows the words that are documented to them, and a wrong word is answered with those alone', async () => {
    const { answer } = await send(JSON.stringify({ query: '{ __schema { mutationType { name } types { name } } }' }), headers);
    const { mutationType, types } = (answer.data as { __schema: { mutationType: object | null; types: { name: string }[] } }).__schema;
    const isOperator = who === 'an operator';
    expect(mutationType === null).toBe(!isOperator);
    expect(types.some(({ name }) => name === 'Partner')).toBe(isOperator);
    const said = await Promise.all(
      ['partnerz', 'createPartner', 'auditEvent', 'exportRunners', 'runnr'].map((field) =>
        send(JSON.stringify({ query: `{ ${field} }` }), headers),
      ),
    );
    const words = said.map(({ answer: { errors } }) => errors?.[0]?.message ?? '').join('\n');
    const suggested = [...words.matchAll(/Did you mean ([^?]+)\?/g)].flatMap(([, names = '']) =>
      [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name),
    );
    if (!isOperator) for (const name of suggested) expect(publicSchema.getQueryType()?.getFields()).toHaveProperty(name ?? '');
  });
});

/** What would leave the document that REST and MCP make of a request, if it came into it as text. */
const escapes = [
  '") { total } apiKey { id } workoutTemplates(search: "',
  '\\") { id } }',
  '"""',
  '\\u0022',
  '$id',
  '{ __typename }',
  '__proto__',
  'x\n}{',
  '}'.repeat(50),
];

describe('GraphQL in a value stays a value', () => {
  it.each(escapes.slice(0, 4))('over REST: %s', async (text) => {
    const fields = Object.values(publicSchema.getQueryType()?.getFields() ?? {}).flatMap(({ args, extensions }) => {
      const view = restViewOf(extensions);
      return view ? [{ view, args }] : [];
    });
    for (const { view, args } of fields) {
      const path = view.path.replace(':token', runner.token).replace(':id', () => encodeURIComponent(text));
      for (const { name } of args) {
        const response = await gateway.get(`/api${path}?${name}=${encodeURIComponent(text)}`, key);
        expect([200, 400, 404], `${path} ${name}`).toContain(response.status);
        const body = await response.text();
        expect(body).not.toContain('Query');
        if (response.status === 200 && name === 'search') expect(JSON.parse(body)).toMatchObject({ data: [], total: 0 });
      }
    }
  });

  it.each(escapes)('over MCP: %s', async (text) => {
    for (const name of ['get_context', 'get_health', 'get_runs', 'get_personal_bests', text]) {
      const args = JSON.parse(
        `{"__proto__":{"limit":1},"before":${JSON.stringify(text)},"detail":${JSON.stringify(text)},"sections":${JSON.stringify(text)}}`,
      ) as object;
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
      const headers = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
      const response = await gateway.app.fetch(new Request(`${publicUrl}${runner.path}/mcp`, { method: 'POST', headers, body }));
      expect(response.status).toBe(200);
      const { result, error } = (await response.json()) as { result?: { isError?: boolean }; error?: { code: number } };
      expect(result?.isError === true || error?.code === -32_602).toBe(true);
    }
  });

  it('over MCP, JSON as deep as it fits is refused or ignored, never a fault', async () => {
    for (const depth of [1_000, 40_000]) {
      for (const place of [
        '"params":X',
        '"params":{"name":"get_context","arguments":X}',
        '"params":{"name":"get_context","arguments":{"limit":X}}',
        '"x":X',
      ]) {
        const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call",${place.replace('X', nested(depth, '[', ']'))}}`;
        const headers = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
        const response = await gateway.app.fetch(new Request(`${publicUrl}${runner.path}/mcp`, { method: 'POST', headers, body }));
        expect(response.status).toBeLessThan(500);
        expect(await response.text()).not.toContain('-32603');
      }
    }
  });
});
