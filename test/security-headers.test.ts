import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { adminToken, publicUrl, startFailingGateway, startGateway } from './support/gateway.ts';
import { createSharedRunner } from './support/runners.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'ekiden-console-'));
afterAll(() => rm(folder, { recursive: true }));
await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>The console</title>');
await writeFile(path.join(folder, 'start.js'), 'start();');

const gateway = await startGateway({ consoleFolder: folder });
const broken = await startFailingGateway(gateway.database, new Error('a defect'));
const cutOff = await startFailingGateway(gateway.database, Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
const key = (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext;
const spentKey = (await gateway.mintKey({ requestsPerMinute: 1 })).plaintext;
await gateway.get('/api/key', spentKey);
const runner = await createSharedRunner(gateway);
const closed = await createSharedRunner(gateway, {}, { enabled: false });
const etag = (await gateway.get('/api/workout-templates', key)).headers.get('etag') ?? '';

interface Sent {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  at?: typeof gateway;
}

const partner = { 'X-API-Key': key };
const json = { 'Content-Type': 'application/json' };
const listTools = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const question = JSON.stringify({ query: '{ workoutTemplates { total } }' });
const mcp = (request: Partial<Sent> = {}): Sent => ({
  path: `${runner.path}/mcp`,
  method: 'POST',
  body: listTools,
  ...request,
  headers: { ...json, Accept: 'application/json, text/event-stream', ...request.headers },
});
const graphql = (request: Partial<Sent> = {}): Sent => ({
  path: '/graphql',
  method: 'POST',
  body: question,
  ...request,
  headers: { ...json, ...partner, ...request.headers },
});

/** Every door, and every status that it can be brought to give. */
const answers: [door: string, status: number, request: Sent][] = [
  ['health', 200, { path: '/livez' }],
  ['health', 200, { path: '/readyz' }],
  ['docs', 200, { path: '/api/docs' }],
  ['docs', 200, { path: '/api/docs/start.js' }],
  ['docs', 200, { path: '/api/openapi.json' }],
  ['docs', 404, { path: '/api/docs/nothing' }],
  ['docs', 405, { path: '/api/docs', method: 'POST' }],
  ['guides', 200, { path: '/llms.txt' }],
  ['guides', 200, { path: '/developers.md' }],
  ['robots', 200, { path: '/robots.txt' }],
  ['console', 200, { path: '/' }],
  ['console', 200, { path: '/partners/some' }],
  ['console', 200, { path: '/console/start.js' }],
  ['console', 404, { path: '/console/nothing.js' }],
  ['console', 405, { path: '/', method: 'DELETE' }],
  ['session', 200, { path: '/session' }],
  ['session', 204, { path: '/session', method: 'DELETE' }],
  ['session', 400, { path: '/session', method: 'POST', headers: { Authorization: 'Bearer x' } }],
  ['session', 401, { path: '/session', method: 'POST', headers: { ...json, Authorization: 'Bearer x' } }],
  ['session', 403, { path: '/session', method: 'DELETE', headers: { Origin: 'https://evil.example' } }],
  ['session', 405, { path: '/session', method: 'PUT' }],
  ['provider sign-in', 404, { path: '/session/start' }],
  ['rest', 200, { path: '/api/workout-templates', headers: partner }],
  ['rest', 304, { path: '/api/workout-templates', headers: { ...partner, 'If-None-Match': etag } }],
  ['rest', 400, { path: '/api/workout-templates?page=x', headers: partner }],
  ['rest', 401, { path: '/api/workout-templates' }],
  ['rest', 404, { path: '/api/workout-templates/none', headers: partner }],
  ['rest', 404, { path: '/api/nothing' }],
  ['rest', 405, { path: '/api/workout-templates', method: 'POST', headers: partner }],
  ['rest', 429, { path: '/api/key', headers: { 'X-API-Key': spentKey } }],
  ['rest', 500, { path: '/api/key', headers: partner, at: broken }],
  ['rest', 503, { path: '/api/key', headers: partner, at: cutOff }],
  ['context', 200, { path: runner.path }],
  ['context', 200, { path: `${runner.path}/runs?format=json` }],
  ['context', 400, { path: `${runner.path}/runs?before=x` }],
  ['context', 403, { path: closed.path }],
  ['context', 404, { path: `/api/runner-context/${'a'.repeat(43)}` }],
  ['context', 500, { path: runner.path, at: broken }],
  ['context', 503, { path: runner.path, at: cutOff }],
  ['mcp', 200, mcp()],
  ['mcp', 202, mcp({ body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }) })],
  ['mcp', 400, mcp({ body: '{' })],
  ['mcp', 403, mcp({ headers: { Origin: 'https://evil.example' } })],
  ['mcp', 404, mcp({ path: `/api/runner-context/${'a'.repeat(43)}/mcp` })],
  ['mcp', 405, mcp({ method: 'DELETE' })],
  ['mcp', 406, mcp({ headers: { Accept: 'text/html' } })],
  ['mcp', 413, mcp({ body: 'x'.repeat(100_001) })],
  ['mcp', 415, mcp({ headers: { 'Content-Type': 'text/plain' } })],
  ['mcp', 500, mcp({ at: broken })],
  ['mcp', 503, mcp({ at: cutOff })],
  ['graphiql', 200, { path: '/graphql', headers: { Accept: 'text/html' } }],
  ['graphql', 200, graphql()],
  ['graphql', 200, graphql({ headers: { Authorization: `Bearer ${adminToken}`, 'X-API-Key': '' } })],
  ['graphql', 400, graphql({ body: '{' })],
  ['graphql', 401, graphql({ headers: { 'X-API-Key': 'x' } })],
  ['graphql', 403, { path: '/graphql?query={__typename}', headers: { Cookie: '__Host-ekiden-session=x', Origin: 'https://evil.example' } }],
  ['graphql', 405, graphql({ method: 'PUT' })],
  ['graphql', 406, graphql({ headers: { Accept: 'image/png' } })],
  ['graphql', 413, graphql({ body: 'x'.repeat(100_001) })],
  ['graphql', 415, graphql({ headers: { 'Content-Type': 'text/plain' } })],
  ['graphql', 429, graphql({ headers: { 'X-API-Key': spentKey } })],
  ['graphql', 500, graphql({ at: broken })],
  ['graphql', 503, graphql({ at: cutOff })],
  ['no door', 404, { path: '/nothing' }],
];

function send({ path: asked, method = 'GET', headers = {}, body, at = gateway }: Sent, more: Record<string, string> = {}) {
  const sent = method === 'GET' || method === 'HEAD' ? {} : { body };
  const given = Object.entries({ ...headers, ...more }).filter(([, value]) => value !== '');
  return at.app.fetch(new Request(`${publicUrl}${asked}`, { method, headers: given, redirect: 'manual', ...sent }));
}

function expectCommonHeaders(headers: Headers): void {
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
    'strict-transport-security': 'max-age=31536000',
    'x-request-id': expect.stringMatching(/^[\w.:-]{1,64}$/),
  });
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/\*|https?:|script-src[^;]*'unsafe-inline'/);
  expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  for (const name of ['server', 'x-powered-by', 'via']) expect(headers.has(name)).toBe(false);
}

describe.each(answers)('%s, %i', (_door, status, request) => {
  it('has the headers that protect its reader, each once', async () => {
    const response = await send(request);
    expect(response.status).toBe(status);
    expectCommonHeaders(response.headers);
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    expect(response.headers.get('cross-origin-opener-policy')).toBe(isPage ? 'same-origin' : null);
    expect(response.headers.get('permissions-policy')).toEqual(isPage ? expect.stringContaining('geolocation=()') : null);
  });

  it.each(['https://evil.example', 'null', 'http://gateway.example.evil.example', publicUrl])(
    'gives no page at %s leave to read it, asked beforehand or not',
    async (origin) => {
      expectCommonHeaders((await send(request, { Origin: origin })).headers);
      const preflight = { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-api-key' };
      const asked = await send({ ...request, method: 'OPTIONS', body: undefined }, preflight);
      expectCommonHeaders(asked.headers);
      expect(asked.ok && !['/livez', '/readyz', '/robots.txt'].includes(request.path)).toBe(false);
    },
  );
});

it('a gateway that is reached over http does not ask browsers for https', async () => {
  const { gate } = gateway.parts;
  const app = createApp({ ...gateway.parts, gate: { ...gate, base: { ...gate.base, publicUrl: 'http://localhost:4000' } } });
  for (const asked of ['/livez', '/graphql?query={__typename}']) {
    const { headers } = await app.fetch(new Request(`http://localhost:4000${asked}`));
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});
