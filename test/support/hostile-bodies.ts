/** Bodies for the doors that read one: GraphQL, JSON-RPC, JSON and what is none of them. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { hostileText, weighted } from './hostile-texts.ts';

/** JSON with names and values that objects have of themselves, as deep as JSON.parse takes it. */
export const hostileJson = weighted<string>(
  [4, fc.json({ maxDepth: 3, noUnicodeString: false })],
  [
    1,
    fc.constantFrom(
      '{"__proto__":{"admin":true}}',
      '{"constructor":{"prototype":{"x":1}}}',
      'null',
      '[]',
      '""',
      '{',
      '\ufeff{}',
      '{"a":1e999}',
    ),
  ],
  [1, fc.integer({ min: 1, max: 30_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth))],
  [1, hostileText.map((text) => JSON.stringify({ token: text, id: text, input: text, cursor: text }))],
);

/** Questions about what is there, with variables to fill. */
export const questions = [
  '{ __typename }',
  '{ workoutTemplates(per_page: 2) { total data { id name } } }',
  'query ($id: ID!) { workoutTemplate(id: $id) { id } }',
  'query ($token: String!) { runnerContext(token: $token) { source } }',
  'query ($input: String) { workoutTemplates(search: $input) { total next } }',
  'query ($cursor: String) { workoutTemplates(cursor: $cursor) { total } }',
  'query ($token: String!, $cursor: String) { runnerHealth(token: $token, before: $cursor) { page { count } } }',
  '{ ...A } fragment A on Query { ...A }',
  'subscription { x }',
  '{ __type(name: "__proto__") { name } }',
];

const messages = ['initialize', 'tools/list', 'tools/call', 'resources/list', 'resources/read', 'prompts/get', 'ping', '__proto__'];
const tools = ['get_context', 'get_health', 'get_runs', 'get_personal_bests', '__proto__', 'constructor'];

export const bodyOf: fc.Arbitrary<Buffer> = weighted<string | Buffer>(
  [2, hostileJson],
  [
    4,
    fc
      .tuple(weighted([5, fc.constantFrom(...questions)], [1, hostileText]), hostileJson)
      .map(([query, variables]) => `{"query":${JSON.stringify(query)},"variables":${variables}}`),
  ],
  [
    3,
    fc
      .tuple(fc.constantFrom(...messages), fc.constantFrom(...tools), hostileJson)
      .map(
        ([method, name, args]) =>
          `{"jsonrpc":"2.0","id":1,"method":"${method}","params":{"name":"${name}","uri":"ekiden://context","arguments":${args}}}`,
      ),
  ],
  [1, fc.constantFrom('x'.repeat(99_999), 'x'.repeat(300_000), gzipSync(Buffer.alloc(5_000_000)))],
  [1, fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes))],
).map((body) => Buffer.from(body as string));
