import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../src/http/exchange.ts';
import { startGateway } from './support/gateway.ts';
import { createPlan, createWorkout, updateWorkout } from './support/templates.ts';

const gateway = await startGateway();
const key = (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext;
const workouts: string[] = [];
for (let index = 0; index < 12; index++) workouts.push((await createWorkout(gateway, { name: `Hour ${index}` })).id);
const plan = await createPlan(gateway, [workouts[0]!]);

const documented = [
  '/api/workout-templates',
  '/api/workout-templates?per_page=2',
  `/api/workout-templates/${workouts[0]}`,
  '/api/training-plan-templates',
  `/api/training-plan-templates/${plan.id}`,
  '/api/key',
];

/** Asks with the path exactly as it is, as a client that does not tidy it up would. */
async function raw(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const all: Record<string, string> = { 'x-api-key': key, ...headers };
  const [pathname = '', ...query] = path.split('?');
  const answer = await gateway.app.read({
    method,
    path: pathname,
    query: query.join('?'),
    header: (name) => all[name] ?? null,
    address: null,
    requestId: 'the-request',
  });
  if (!answer) throw new Error(`no door reads ${path}`);
  return answer;
}

describe.each(documented)('GET %s', (path) => {
  it('is private to the key, asked for again every time, and differs by key and encoding', async () => {
    const { headers, status } = await gateway.get(path, key);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    const vary = headers.get('vary')?.split(', ');
    expect(vary).toEqual(expect.arrayContaining(['X-API-Key', 'Accept-Encoding']));
  });

  it('is 304 without a body for whoever has it already, in every form of If-None-Match', async () => {
    const first = await gateway.get(path, key);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    const opaque = etag.slice(2);
    for (const known of [etag, opaque, '*', `"other", ${etag}`, `W/"other",${opaque} , "x"`]) {
      const again = await gateway.get(path, key, { headers: { 'If-None-Match': known } });
      expect([known, again.status]).toEqual([known, 304]);
      expect(await again.text()).toBe('');
      for (const kept of ['etag', 'cache-control', 'vary', 'link', 'x-request-id', 'ratelimit', 'ratelimit-policy', 'x-ratelimit-limit']) {
        expect([kept, again.headers.has(kept)]).toEqual([kept, first.headers.has(kept)]);
      }
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('link')).toBe(first.headers.get('link'));
      expect(again.headers.has('content-length')).toBe(false);
    }
    for (const other of ['"other"', 'W/"other"', '""', opaque.slice(1, -1), '', 'W/*', `"x${opaque.slice(1)}`]) {
      expect([other, (await gateway.get(path, key, { headers: { 'If-None-Match': other } })).status]).toEqual([other, 200]);
    }
  });

  it('answers HEAD with the same status and headers and no body', async () => {
    for (const accepted of ['identity', 'gzip']) {
      const headers = { 'Accept-Encoding': accepted, 'X-Request-Id': 'same' };
      const got = await gateway.get(path, key, { headers });
      const head = await gateway.get(path, key, { method: 'HEAD', headers });
      expect(head.status).toBe(200);
      expect(await head.text()).toBe('');
      const comparable = ({ headers: all }: Response) => Object.fromEntries([...all].filter(([name]) => !name.includes('ratelimit')));
      expect(comparable(head)).toEqual(comparable(got));
      expect(head.headers.get('content-length')).toBe(String((await got.arrayBuffer()).byteLength));
    }
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('answers %s with 405 and what is allowed', async (method) => {
    const refused = await gateway.get(path, key, { method });
    expect(refused.status).toBe(405);
    expect(refused.headers.get('allow')).toBe('GET, HEAD');
    expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await refused.json()).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
  });

  it('gives the same bytes compressed and plain', async () => {
    const plain = await raw(path, { 'accept-encoding': 'identity' });
    const packed = await raw(path, { 'accept-encoding': 'br;q=1, gzip;q=0.5' });
    expect(plain.headers['Content-Encoding']).toBeUndefined();
    if (String(plain.body).length < 1_400) expect(String(packed.body)).toBe(String(plain.body));
    else {
      expect(packed.headers['Content-Encoding']).toBe('gzip');
      expect(gunzipSync(packed.body).toString()).toBe(String(plain.body));
    }
    expect(packed.headers.ETag).toBe(plain.headers.ETag);
    expect(String((await raw(path, { 'accept-encoding': 'gzip;q=0' })).body)).toBe(String(plain.body));
  });
});

it('gives a document a new ETag when it changes, and only then', async () => {
  const { id } = await createWorkout(gateway);
  const etag = async () => (await gateway.get(`/api/workout-templates/${id}`, key)).headers.get('etag');
  const before = await etag();
  await updateWorkout(gateway, id, { category: 'EASY' });
  expect(await etag()).toBe(before);
  await updateWorkout(gateway, id, { category: 'HILLS' });
  expect(await etag()).not.toBe(before);
});

describe('a path that is not documented', () => {
  const id = workouts[0];
  it.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/workout-templates/',
    `/api/workout-templates/${id}/`,
    `/api/workout-templates/${id}/blocks`,
    '/api//workout-templates',
    '/API/workout-templates',
    '/api/Workout-Templates',
    '/api/webhook',
    '/api/workout-templates/.',
    '/api/workout-templates/..',
    '/api/workout-templates/%2e%2e',
    '/api/workout-templates/%2E',
    '/api/workout-templates/.%2e',
    '/api/workout-templates/%00',
    '/api/workout-templates/%',
    '/api/workout-templates/%zz',
    '/api/workout-templates/%c0%ae',
    '/api/workout-templates/%ed%a0%80',
    '/api/workout-templates/%2f',
    `/api/workout-templates/${id}%2f`,
    `/api/workout-templates/${id}%00`,
    `/api/workout-templates/${id}%20`,
    `/api/workout-templates/${id}%0a`,
    `/api/workout-templates/${id}\\`,
    `/api/workout-templates/${id};x=1`,
    `/api/workout-templates/${id}#x`,
    '/api/workout-templates/\u{e9}',
    `/api/workout-templates/${'a'.repeat(7_000)}`,
    `/api/workout-templates/${'%61'.repeat(2_500)}`,
    '/api/%2e%2e/workout-templates',
    '/%61pi/workout-templates',
    '/api/%77orkout-templates',
    '/favicon.ico',
    '//evil.example/api/workout-templates',
  ])('%s is 404, the same as for any other', async (path) => {
    const answer = await raw(path);
    expect(answer.status).toBe(404);
    expect(JSON.parse(String(answer.body))).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such resource.',
      code: 'NOT_FOUND',
      requestId: 'the-request',
    });
  });
});

describe('an id', () => {
  it('is found in either letter case', async () => {
    expect((await raw(`/api/workout-templates/${workouts[0]!.toUpperCase()}`)).status).toBe(200);
  });
});

describe('X-Request-Id', () => {
  const idFor = async (given: string) => {
    const response = await gateway.get('/api/nothing', null, { headers: { 'X-Request-Id': given } });
    const { requestId } = (await response.json()) as { requestId: string };
    expect(requestId).toBe(response.headers.get('x-request-id'));
    return requestId;
  };

  it.each(['a', 'req-1.2:3_4', 'A'.repeat(64), crypto.randomUUID()])('repeats a harmless one: %s', async (given) => {
    expect(await idFor(given)).toBe(given);
  });

  it.each(['', ' ', 'two words', '<script>', '"', 'A'.repeat(65), 'a,b', '%0d%0aX: y', '\u{e9}'])(
    'replaces a harmful one: %s',
    async (given) => {
      expect(await idFor(given)).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    },
  );
});

describe('every door', () => {
  const paths = ['/', '/livez', '/readyz', '/api/docs', '/api/openapi.json', '/api/nothing', '/nothing', '/graphql', ...documented];

  it.each(paths)('%s says how browsers must treat it, and lets no other origin in', async (path) => {
    for (const [method, apiKey] of [
      ['GET', null],
      ['GET', key],
      ['OPTIONS', null],
      ['POST', key],
    ] as const) {
      const headers = {
        Origin: 'https://evil.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-api-key',
      };
      const response = await gateway.get(path, apiKey, { method, headers });
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('x-request-id')).toBeTruthy();
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(response.status).toBeLessThan(500);
    }
  });
});
