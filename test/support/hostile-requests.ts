/** Requests made from the OpenAPI document, most of them wrong in some way: every path, parameter, header and method. */
import { METHODS } from 'node:http';
import fc from 'fast-check';
import { bodyOf, hostileJson, questions } from './hostile-bodies.ts';
import { headerOf } from './hostile-headers.ts';
import { encoded, headerText, hostileText, inAddress, weighted } from './hostile-texts.ts';
import { type DocumentedOperation, enumValuesOf, operations } from './openapi-document.ts';

export interface HostileRequest {
  method: string;
  /** Path and query string as they go over the wire. */
  target: string;
  headers: [name: string, value: string][];
  body: Buffer | null;
}

/** What there is to ask for. */
export interface Targets {
  key: string;
  adminToken: string;
  tokens: string[];
  ids: string[];
}

type Parameter = DocumentedOperation['parameters'][number];
type Query = [name: string, value: string][];

/** Other doors, which the document does not speak of. */
const otherPaths = [
  ...['/', '/livez', '/readyz', '/robots.txt', '/llms.txt', '/llms-full.txt', '/developers.md', '/nothing', '*'],
  ...['/session', '/session/start', '/session/return', '/console/index.html', '/console/../package.json', '/partners/x'],
  ...['/api', '/api/', '/api/openapi.json', '/api/docs', '/api/docs/start.js', '/api/docs/../../package.json', '/metrics', '/.env'],
];

/** Ways to write a path that is not quite the documented one. */
const pathChanges: ((path: string) => string)[] = [
  (path) => `/${path}`,
  (path) => `${path}/`,
  (path) => path.replace('/api/', '/api//'),
  (path) => path.replace('/api/', '/api/./'),
  (path) => path.replace('/api/', '/api/x/../'),
  (path) => path.replace('/api/', '/api/%2e%2e/api/'),
  (path) => path.replace('/api/', '/api%2f'),
  (path) => path.replaceAll('/', '\\'),
  (path) => path.replace('/api/', '/API/'),
  (path) => path.replace('api', '%61pi'),
  (path) => path.replace('api', 'ap%C1%A9'),
  (path) => `${path};a=b`,
  (path) => `${path}%00`,
  (path) => `${path}%00.json`,
  (path) => `${path}%0d%0aX-Injected:1`,
  (path) => `${path}.json`,
  (path) => `${path}.md`,
  (path) => `${path}/brief.md`,
  (path) => `${path}/sections/health.json`,
  (path) => `${path}/before/2026-01-01.json`,
  (path) => `${path}/before/%00`,
  (path) => `${path}/..%2f..%2fetc/passwd`,
  (path) => `${path}#fragment`,
  (path) => `http://evil.example${path}`,
  (path) => `https://gateway.example@evil.example${path}`,
  (path) => path.slice(1),
  (path) => path + '/x'.repeat(2_000),
];

/** What the document allows for a parameter. */
function fitting({ name, schema }: Parameter): fc.Arbitrary<string> {
  if ('$ref' in schema) return fc.constantFrom(...enumValuesOf(schema));
  if (schema.type === 'integer') return fc.integer({ min: 1, max: Number(schema.maximum) }).map(String);
  if (schema.type === 'boolean') return fc.boolean().map(String);
  if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (name === 'before') return fc.constantFrom('2026-03-15', '2026-03-15~00000000-0000-4000-8000-000000000000');
  const examples = schema.examples as string[] | undefined;
  return examples ? fc.constantFrom(...examples, 'json', 'markdown', 'full', 'brief') : hostileText;
}

function queryOf(parameters: Parameter[]): fc.Arbitrary<string> {
  const own = parameters.map((parameter) =>
    fc.tuple(
      weighted(
        [8, fc.constant(parameter.name)],
        [1, fc.constantFrom(parameter.name.toUpperCase(), `${parameter.name}[]`, `${parameter.name}%20`)],
      ),
      inAddress(weighted([2, fitting(parameter)], [3, hostileText])),
    ),
  );
  const foreign = fc.tuple(inAddress(hostileText), inAddress(hostileText));
  const pairs = fc.array(own.length > 0 ? weighted([6, fc.oneof(...own)], [1, foreign]) : foreign, { maxLength: 6 });
  const write = (query: Query) => query.map(([name, value]) => `${name}=${value}`).join('&');
  return weighted(
    [20, pairs.map(write)],
    [2, pairs.map((query) => write([...query, ...query]))],
    [1, pairs.map((query) => write(Array.from({ length: 60 }, () => query).flat()).slice(0, 12_000))],
    [1, pairs.map((query) => write(query).replaceAll('&', ';'))],
    [1, pairs.map((query) => `${'&'.repeat(500)}${write(query).replaceAll('=', '')}`)],
    [1, fc.constant(`${'a=1&'.repeat(3_000)}`)],
    [1, fc.constant('x'.repeat(20_000))],
  );
}

function targetOf({ path, parameters }: DocumentedOperation, { tokens, ids }: Targets): fc.Arbitrary<string> {
  const right = fc.constantFrom(...(path.includes('{token}') ? tokens : ids));
  const name = weighted(
    [7, right],
    [1, fc.uuid()],
    [1, fc.constant('a'.repeat(43))],
    [2, inAddress(hostileText)],
    [1, right.map((text) => text.toUpperCase())],
    [1, right.map((text) => text.slice(1))],
  );
  const asked = name.map((text) => `/api${path.replace(/\{\w+\}/, () => text)}`);
  const query = queryOf(parameters.filter((parameter) => parameter.in === 'query'));
  return fc
    .tuple(
      asked,
      weighted([3, fc.constant((text: string) => text)], [1, fc.constantFrom(...pathChanges)]),
      weighted([1, fc.constant('')], [3, query]),
    )
    .map(([text, change, rest]) => change(text) + (rest === '' ? '' : `?${rest}`));
}

const credentialsOf = ({ key, adminToken, tokens }: Targets): fc.Arbitrary<[string, string][]> => {
  const shown: [string, string] = ['X-API-Key', key];
  const operator: [string, string] = ['Authorization', `Bearer ${adminToken}`];
  return weighted(
    [9, fc.constant([shown])],
    [2, fc.constant([])],
    [1, fc.constantFrom([operator], [shown, operator], [shown, shown], [['X-API-Key', `${key}x`] as [string, string]])],
    [
      1,
      fc
        .constantFrom('Bearer', 'Bearer ', 'Basic eDp5', `Bearer ${tokens[0]}`, `Bearer ${key}`, 'Bearer a.b.c')
        .map((text) => [['Authorization', text] as [string, string]]),
    ],
    [1, headerText.map((text) => [['X-API-Key', text] as [string, string]])],
  );
};

const method = weighted(
  [12, fc.constant('GET')],
  [1, fc.constant('HEAD')],
  [2, fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')],
  // CONNECT asks for a tunnel, and Node gives it no answer at all.
  [1, fc.constantFrom(...METHODS.filter((name) => name !== 'CONNECT'), 'FOO')],
);

/** Any request, at these targets. Four in five are about what the document describes. */
export function hostileRequest(targets: Targets): fc.Arbitrary<HostileRequest> {
  const documented = fc.tuple(
    method,
    fc.constantFrom(...operations).chain((operation) => targetOf(operation, targets)),
  );
  const query = fc.constantFrom(...questions).map(encoded);
  const bodied = weighted<[string, string]>(
    [3, fc.constant(['POST', '/graphql'])],
    [
      1,
      fc.tuple(
        method,
        fc.tuple(query, inAddress(hostileJson)).map(([text, variables]) => `/graphql?query=${text}&variables=${variables.slice(0, 9_000)}`),
      ),
    ],
    [3, fc.constantFrom(...targets.tokens).map((token) => ['POST', `/api/runner-context/${token}/mcp`])],
    [1, fc.constant(['POST', `/api/runner-context/${'a'.repeat(43)}/mcp`])],
  );
  const other = fc.tuple(
    method,
    fc
      .tuple(fc.constantFrom(...otherPaths), weighted([1, fc.constant('')], [1, queryOf([]).map((text) => `?${text}`)]))
      .map((parts) => parts.join('')),
  );
  const anything = weighted([24, documented], [4, bodied], [2, other]);
  return fc
    .tuple(anything, credentialsOf(targets), fc.array(headerOf, { maxLength: 5 }), fc.option(bodyOf, { freq: 4 }), fc.boolean(), fc.ipV4())
    .map(([[verb, target], credentials, more, optionalBody, isChunked, address]) => {
      const isBodied = verb === 'POST';
      const body = optionalBody ?? (isBodied ? Buffer.from('{"query":"{ __typename }"}') : null);
      const length: [string, string][] = !body
        ? []
        : isChunked
          ? [['Transfer-Encoding', 'chunked']]
          : [['Content-Length', String(body.length)]];
      const usual: [string, string][] = [
        ['Host', 'gateway.example'],
        ['X-Forwarded-For', address],
      ];
      if (isBodied) usual.push(['Content-Type', 'application/json'], ['Accept', 'application/json, text/event-stream']);
      const named = usual.filter(([name]) => name !== 'Host' || !more.some(([other]) => other.toLowerCase() === 'host'));
      return { method: verb, target, headers: [...named, ...credentials, ...more, ...length], body };
    });
}
