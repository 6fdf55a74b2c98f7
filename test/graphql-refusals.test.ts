import { describe, expect, it } from 'vitest';
import { adminToken, startGateway } from './support/gateway.ts';
import { createWorkout } from './support/templates.ts';

const gateway = await startGateway();
const key = (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext;
await createWorkout(gateway);

const partner = { 'X-API-Key': key };
const operator = { Authorization: `Bearer ${adminToken}` };

interface Sent {
  method?: string;
  search?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
}

async function send({ method = 'POST', search = '', headers = {}, body }: Sent) {
  const init = { method, headers: { 'Content-Type': 'application/json', ...headers }, body, duplex: 'half' };
  const response = await gateway.app.fetch(new Request(`https://gateway.example/graphql${search}`, init as RequestInit));
  const text = await response.text();
  return {
    response,
    text,
    answer: JSON.parse(text) as { data?: object | null; errors?: { message: string; extensions: { code: string; requestId: string } }[] },
  };
}

const ask = (query: unknown, variables?: unknown, headers: Record<string, string> = partner) =>
  send({ headers, body: JSON.stringify({ query, variables }) });

type Reply = Awaited<ReturnType<typeof send>>;

function expectRefusal({ response, answer }: Reply, status: number, code: string) {
  expect([response.status, answer.errors?.[0]]).toEqual([status, expect.objectContaining({ message: expect.stringMatching(/\w/) })]);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toEqual([]);
  for (const { extensions } of answer.errors ?? []) {
    expect(extensions).toMatchObject({ code, requestId: response.headers.get('x-request-id') });
  }
}

const question = '{ workoutTemplates { total } }';

describe('every refusal is GraphQL JSON with a code and the request id', () => {
  it.each<[string, unknown, unknown?]>([
    ['a syntax error', '{'],
    ['an unknown field', '{ nothing }'],
    ['a missing selection', '{ workoutTemplates }'],
    ['an unknown argument', '{ workoutTemplates(updated_since: "x") { total } }'],
    ['a literal of the wrong type', '{ workoutTemplates(page: "x") { total } }'],
    ['a literal date that is none', '{ workoutTemplates(updatedSince: "yesterday") { total } }'],
    ['an unknown enum value', '{ workoutTemplates(category: BANANA) { total } }'],
    ['null where a default was', 'query ($id: ID = "x") { workoutTemplate(id: $id) { id } }', { id: null }],
    ['a cursor that is not ours', '{ workoutTemplates(cursor: "x") { total } }'],
    ['NUL in a search', '{ workoutTemplates(search: "a\\u0000") { total } }'],
    ['NUL in a cursor', '{ workoutTemplates(cursor: "\\u0000") { total } }'],
    ['a lone surrogate in a search', 'query ($search: String) { workoutTemplates(search: $search) { total } }', { search: '\ud800' }],
    ['a search that is too long', `{ workoutTemplates(search: "${'x'.repeat(201)}") { total } }`],
    ['a mutation by a partner', 'mutation { revokeApiKey(id: "x") { id } }'],
    ['a subscription', 'subscription { nothing }'],
    ['an unknown fragment', '{ ...Nothing }'],
    ['a fragment cycle', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
  ])('%s: INVALID under 200', async (_name, query, variables) => {
    expectRefusal(await ask(query, variables), 200, 'INVALID');
  });

  it.each<[string, string, unknown?]>([
    ['a variable of the wrong type', 'query ($page: Int) { workoutTemplates(page: $page) { total } }', { page: 'x' }],
    ['a number beyond Int', 'query ($page: Int) { workoutTemplates(page: $page) { total } }', { page: 2 ** 31 }],
    [
      'a variable date that is none',
      'query ($since: DateTime) { workoutTemplates(updatedSince: $since) { total } }',
      { since: '2026-02-30T00:00:00Z' },
    ],
    ['a variable that is missing', 'query ($id: ID!) { workoutTemplate(id: $id) { id } }'],
  ])('%s: INVALID under 400', async (_name, query, variables) => {
    expectRefusal(await ask(query, variables), 400, 'INVALID');
  });

  it.each<[string, BodyInit | undefined]>([
    ['nothing', undefined],
    ['an empty body', ''],
    ['no JSON', 'query { workoutTemplates }'],
    ['null', 'null'],
    ['a string', '"{ __typename }"'],
    ['a batch', JSON.stringify([{ query: question }, { query: question }])],
    ['an empty batch', '[]'],
    ['a query that is no text', '{"query":{}}'],
    ['variables that are no object', JSON.stringify({ query: question, variables: 'x' })],
    ['variables in an array', JSON.stringify({ query: question, variables: [1] })],
    ['a member that is unknown', JSON.stringify({ query: question, nothing: 1 })],
    ['an operation that is not in it', JSON.stringify({ query: 'query A { __typename }', operationName: 'B' })],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe])],
  ])('%s: INVALID under 400', async (_name, body) => {
    expectRefusal(await send({ headers: partner, body }), 400, 'INVALID');
  });

  it('a body without a query: INVALID', async () => {
    expectRefusal(await send({ headers: partner, body: '{}' }), 200, 'INVALID');
  });

  it.each<[string, BodyInit]>([
    ['text/plain', JSON.stringify({ query: question })],
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(question)}`],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--'],
    ['application/graphql', question],
    ['application/jsonx', JSON.stringify({ query: question })],
    ['', JSON.stringify({ query: question })],
  ])('a body of the type "%s": 415, not even read', async (type, body) => {
    expectRefusal(await send({ headers: { ...partner, 'Content-Type': type }, body }), 415, 'INVALID');
  });

  it.each(['variables=x', 'variables=%7B', 'extensions=x'])('a GET with %s: 400', async (parameter) => {
    expectRefusal(await send({ method: 'GET', headers: partner, search: `?query=${question}&${parameter}` }), 400, 'INVALID');
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s: 405 with what is allowed', async (method) => {
    const reply = await send({ method, headers: partner, search: `?query=${question}` });
    expectRefusal(reply, 405, 'METHOD_NOT_ALLOWED');
    expect(reply.response.headers.get('allow')).toBe('GET, POST');
  });

  it('a mutation by GET: 405, and nothing is changed', async () => {
    const name = `partner-${crypto.randomUUID()}`;
    const mutation = `mutation { createPartner(input: { name: "${name}" }) { id } }`;
    const reply = await send({ method: 'GET', headers: operator, search: `?query=${encodeURIComponent(mutation)}` });
    expectRefusal(reply, 405, 'METHOD_NOT_ALLOWED');
    expect(reply.response.headers.get('allow')).toBe('POST');
    expect(await gateway.db.partner.count({ where: { name } })).toBe(0);
  });

  it.each<[string, (mutation: string) => BodyInit]>([
    ['application/x-www-form-urlencoded', (mutation) => `query=${encodeURIComponent(mutation)}`],
    ['multipart/form-data; boundary=x', (mutation) => `--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n${mutation}\r\n--x--`],
    ['text/plain', (mutation) => JSON.stringify({ query: mutation })],
    ['application/graphql', (mutation) => mutation],
  ])('a mutation in a body of the type %s, as a form of another site sends it: 415, and nothing is changed', async (type, body) => {
    const name = `partner-${crypto.randomUUID()}`;
    const mutation = `mutation { createPartner(input: { name: "${name}" }) { id } }`;
    const reply = await send({ headers: { ...operator, 'Content-Type': type }, body: body(mutation) });
    expectRefusal(reply, 415, 'INVALID');
    expect(await gateway.db.partner.count({ where: { name } })).toBe(0);
  });

  it('an Accept that cannot be met: 406', async () => {
    const body = JSON.stringify({ query: question });
    expectRefusal(await send({ headers: { ...partner, Accept: 'image/png' }, body }), 406, 'INVALID');
  });

  it('a credential that is not valid: 401 with WWW-Authenticate, before the body is looked at', async () => {
    const candidates: Record<string, string>[] = [{ 'X-API-Key': 'x' }, { Authorization: 'Bearer x' }, { ...partner, ...operator }];
    for (const headers of candidates) {
      const reply = await send({ headers, body: 'not JSON' });
      expectRefusal(reply, 401, 'UNAUTHENTICATED');
      expect(reply.response.headers.get('www-authenticate')).toContain('ApiKey');
    }
  });

  it('nobody asking for templates: UNAUTHENTICATED; a key without the scope: FORBIDDEN', async () => {
    expectRefusal(await ask(question, {}, {}), 200, 'UNAUTHENTICATED');
    const { plaintext } = await gateway.mintKey({ scopes: ['training-plan-templates:read'] });
    expectRefusal(await ask(question, {}, { 'X-API-Key': plaintext }), 200, 'FORBIDDEN');
  });

  it('a key over its limit: 429 with Retry-After', async () => {
    const headers = { 'X-API-Key': (await gateway.mintKey({ requestsPerMinute: 1 })).plaintext };
    expect((await ask(question, {}, headers)).response.status).toBe(200);
    const reply = await ask(question, {}, headers);
    expectRefusal(reply, 429, 'RATE_LIMITED');
    expect(reply.response.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe('a body', () => {
  const padded = (bytes: number, query = question) => {
    const empty = JSON.stringify({ query, variables: { x: '' } });
    return JSON.stringify({ query, variables: { x: 'y'.repeat(bytes - empty.length) } });
  };
  const chunked = (text: string) => new Blob([text]).stream();

  it.each([
    ['nobody', {}],
    ['a partner', partner],
  ])('of %s may have 100 kB and not one byte more', async (_who, headers) => {
    const inside = await send({ headers, body: padded(100_000, '{ __typename }') });
    expect(inside.answer).toEqual({ data: { __typename: 'Query' } });
    expectRefusal(await send({ headers, body: padded(100_001) }), 413, 'PAYLOAD_TOO_LARGE');
    expectRefusal(await send({ headers, body: chunked(padded(100_001)) }), 413, 'PAYLOAD_TOO_LARGE');
    expectRefusal(await send({ headers: { ...headers, 'Content-Length': '1' }, body: chunked(padded(100_001)) }), 413, 'PAYLOAD_TOO_LARGE');
  });

  it('that breaks off is no fault of the database', async () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })) });
    expectRefusal(await send({ body }), 400, 'INVALID');
  });

  it('of an operator may be larger for imports only, and never over 25 MB', async () => {
    const mutation = 'mutation ($x: String!) { createPartner(input: { name: "capped", notes: $x }) { id } }';
    for (const query of [question, mutation, `query A { __typename } ${mutation.replace('mutation', 'mutation B')}`]) {
      const body = padded(100_001, query).replace(
        '"variables"',
        query.startsWith('query A') ? '"operationName":"B","variables"' : '"variables"',
      );
      expectRefusal(await send({ headers: operator, body }), 413, 'PAYLOAD_TOO_LARGE');
    }
    expect(await gateway.db.partner.count({ where: { name: 'capped' } })).toBe(0);
    const file = 'mutation ($file: ImportCatalogueInput!) { importCatalogue(input: $file) { __typename } }';
    const workout = { name: 'Large', description: 'y'.repeat(19_000), category: 'EASY', blocks: [{ steps: [{ kind: 'RUN' }] }] };
    const workoutTemplates = Array.from({ length: 10 }, (_, index) => ({ ...workout, name: `Large ${index}` }));
    const body = JSON.stringify({ query: file, variables: { file: { workoutTemplates, trainingPlanTemplates: [] } } });
    expect(body.length).toBeGreaterThan(100_000);
    expect((await send({ headers: operator, body })).answer).toEqual({ data: { importCatalogue: { __typename: 'ImportReport' } } });
    expectRefusal(await send({ headers: operator, body: chunked(padded(25_000_001)) }), 413, 'PAYLOAD_TOO_LARGE');
  });
});
