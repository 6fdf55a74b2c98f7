import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareDemoRunner } from './support/demo-runner.ts';
import { fillWithExamples } from './support/example-catalogue.ts';
import { publicUrl, startFailingGateway, startGateway } from './support/gateway.ts';
import { enumValuesOf, faultsBySchema, faultsOf, operations } from './support/openapi-document.ts';
import { createSharedRunner } from './support/runners.ts';

const gateway = await startGateway();
const ids = await fillWithExamples(gateway);
const broken = await startFailingGateway(gateway.database, new Error('a defect'));
const cutOff = await startFailingGateway(gateway.database, Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
const runner = await shareDemoRunner(gateway);
const { plaintext: key } = await gateway.mintKey({ label: 'documents', requestsPerMinute: 100_000, requestsPerDay: 100_000 });

/** With the status that each is meant to bring about where it can. `path` leads to something that is there. */
type Ways = [status: number, ask: (path: string, id: string) => Promise<Response>][];

const waysWithKey: Ways = [
  [200, (path) => gateway.get(path, key)],
  [
    304,
    async (path) => {
      const etag = (await gateway.get(path, key)).headers.get('etag') ?? '';
      return gateway.get(path, key, { headers: { 'If-None-Match': etag } });
    },
  ],
  [400, (path) => gateway.get(`${path}?perPage=5&catgory=easy`, key)],
  [401, (path) => gateway.get(path)],
  [403, (path) => askWithKey(path, { scopes: [path.includes('plan') ? 'workout-templates:read' : 'training-plan-templates:read'] })],
  [404, (path, id) => gateway.get(path.replace(id, randomUUID()), key)],
  [429, (path) => askWithKey(path, { requestsPerMinute: 1 }, 2)],
  [429, (path) => askWithKey(path, { requestsPerDay: 1 }, 2)],
  [500, (path) => broken.get(path, key)],
  [503, (path) => cutOff.get(path, key)],
];

/** A runner of whom this much is shared, asked for what `path` asks of another. */
async function askOf(sharing: object, path: string): Promise<Response> {
  const other = await createSharedRunner(gateway, {}, sharing);
  return gateway.get(path.replace(runner.path, other.path));
}

const unknownToken = (path: string) => path.replace(runner.token, 'n'.repeat(runner.token.length));

const waysWithToken: Ways = [
  [200, (path) => gateway.get(path)],
  [200, (path) => gateway.get(`${path}?format=json`)],
  [200, (path) => gateway.get(`${path}?limit=9999&before=1999-12-31`)],
  [200, (path) => gateway.get(`${path}?format=markdown&detail=full&max_chars=1`, null, { headers: { Accept: 'text/markdown' } })],
  [200, (path) => gateway.get(`${path}?format=json&detail=full&sections=training,health&links=path`)],
  [
    304,
    async (path) => {
      const etag = (await gateway.get(path)).headers.get('etag') ?? '';
      return gateway.get(path, null, { headers: { 'If-None-Match': etag } });
    },
  ],
  [400, (path) => gateway.get(`${path}?before=2026-2-3`)],
  [403, (path) => askOf({ enabled: false, health: true }, path)],
  [404, (path) => gateway.get(unknownToken(path))],
  [
    429,
    async (path) => {
      const guess = () =>
        gateway.app.fetch(new Request(`${publicUrl}${unknownToken(path)}`), path.endsWith('health') ? '192.0.2.1' : '192.0.2.2');
      for (let guesses = 1; guesses <= 60; guesses++) await guess();
      return guess();
    },
  ],
  [500, (path) => broken.get(path)],
  [503, (path) => cutOff.get(path)],
];

async function askWithKey(path: string, input: object, times = 1): Promise<Response> {
  const { plaintext } = await gateway.mintKey(input);
  for (let request = 1; request < times; request++) await gateway.get(path, plaintext);
  return gateway.get(path, plaintext);
}

describe.each(operations)('the OpenAPI document of GET $path', (operation) => {
  const id = ids[operation.path.includes('plan') ? 'four-weeks-to-5k' : 'cruise-4x1600'] ?? '';
  const path = `/api${operation.path.replace('{id}', id).replace('{token}', runner.token)}`;
  const ways = operation.path.includes('{token}') ? waysWithToken : waysWithKey;

  it('knows every answer: its status, its headers, its type and all of its body', async () => {
    const met = new Set<string>();
    for (const [status, ask] of ways) {
      const response = await ask(path, id);
      met.add(String(response.status));
      if (operation.responses[status]) expect(response.status).toBe(status);
      expect(await faultsOf(operation, response), `asking for ${status}`).toEqual([]);
    }
    expect([...met].sort()).toEqual(Object.keys(operation.responses).sort());
  });

  it('shows an example of every body, and each fits its schema', () => {
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      for (const { schema, examples } of Object.values(content)) {
        expect(Object.keys(examples), `examples of ${status}`).not.toEqual([]);
        for (const { value } of Object.values(examples)) expect(faultsBySchema(schema, value)).toEqual([]);
      }
    }
  });
});

/** Texts for the parameters of lists, most of them as the document allows. */
const texts: Record<string, fc.Arbitrary<string>> = {
  search: fc.oneof(...[0, 195].map((minLength) => fc.string({ minLength, maxLength: minLength + 10, unit: 'binary-ascii' }))),
  updatedSince: fc
    .tuple(
      fc.date({ min: new Date('0001-01-02'), max: new Date('9998-12-30'), noInvalidDate: true }),
      fc.constantFrom('Z', '+02:00', '-11:30'),
    )
    .map(([date, offset]) => date.toISOString().replace('Z', offset)),
  page: fc.integer().map(String),
  per_page: fc.integer({ min: -5, max: 120 }).map(String),
  includeRemoved: fc.boolean().map(String),
};

/** What the text is in JSON. */
const typed = (type: unknown, text: string) => (type === 'integer' ? Number(text) : type === 'boolean' ? text === 'true' : text);

it.each(operations.filter(({ path }) => path.endsWith('-templates')))(
  'a gateway takes every value that the document allows for the parameters of GET $path',
  async ({ path, parameters }) => {
    const documented = parameters.filter((parameter) => parameter.in === 'query' && parameter.name !== 'cursor');
    const choices = documented.map(({ name, schema }) => {
      const values = texts[name] ?? fc.constantFrom(...enumValuesOf(schema));
      const allowed = values.filter((text) => faultsBySchema(schema, typed(schema.type, text)).length === 0);
      return fc.option(allowed).map((text) => (text === null ? [] : [[name, text]]));
    });
    await fc.assert(
      fc.asyncProperty(fc.tuple(...choices), async (given) => {
        expect((await gateway.get(`/api${path}?${new URLSearchParams(given.flat())}`, key)).status).toBe(200);
      }),
      { numRuns: 60 },
    );
  },
);
