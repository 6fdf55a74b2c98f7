import { describe, expect, it } from 'vitest';
import { type Gateway, publicUrl, startFailingGateway, startGateway } from './support/gateway.ts';
import { callTool, connectGatewayMcp } from './support/mcp.ts';
import { createSharedRunner, fullDocument, importRunner, share } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');
const runner = await createSharedRunner(gateway, fullDocument);

const listTools = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const callContext = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'get_context', arguments: {} } };

interface Sent {
  method?: string;
  path?: string;
  body?: string | object;
  headers?: Record<string, string>;
  address?: string;
  asked?: Gateway;
}

/** One message, as a plain script sends it. */
function send({ method = 'POST', path = runner.path, body = listTools, headers = {}, address, asked = gateway }: Sent): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const always = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
  const withBody = method === 'GET' || method === 'HEAD' ? {} : { body: text };
  return asked.app.fetch(new Request(`${publicUrl}${path}/mcp`, { method, headers: { ...always, ...headers }, ...withBody }), address);
}

const refusalOf = async (response: Response) => ({ status: response.status, code: (await response.json()).error.data?.code as unknown });

describe('the MCP door', () => {
  it('answers one message with one JSON document, which nobody is to keep', async () => {
    const response = await send({});
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(response.headers.get('mcp-session-id')).toBeNull();
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: 1, result: { tools: [{ name: 'get_context' }, {}, {}, {}] } });
  });

  it('takes notifications without an answer', async () => {
    const response = await send({ body: { jsonrpc: '2.0', method: 'notifications/initialized' } });
    expect([response.status, await response.text()]).toEqual([202, '']);
  });

  it.each(['GET', 'HEAD', 'DELETE', 'PUT', 'PATCH', 'OPTIONS'])('has neither streams nor sessions: %s is 405', async (method) => {
    const response = await send({ method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it.each<[string, Sent, number, string | undefined]>([
    ['a body that is no JSON', { body: '{' }, 400, 'INVALID'],
    ['an empty body', { body: '' }, 400, 'INVALID'],
    ['a batch', { body: [listTools, listTools] }, 400, 'INVALID'],
    ['JSON that is no message', { body: { hello: 1 } }, 400, undefined],
    ['another type', { headers: { 'Content-Type': 'text/plain' } }, 415, 'INVALID'],
    ['a body that is too large', { body: { ...listTools, params: { pad: 'x'.repeat(100_000) } } }, 413, 'PAYLOAD_TOO_LARGE'],
    ['a client that takes no JSON', { headers: { Accept: 'text/html' } }, 406, undefined],
    ['a version of MCP that nobody knows', { headers: { 'MCP-Protocol-Version': '1999-01-01' } }, 400, undefined],
    ['an unknown token', { path: `/api/runner-context/${'a'.repeat(43)}` }, 404, 'NOT_FOUND'],
    ['what cannot be a token', { path: '/api/runner-context/x' }, 404, 'NOT_FOUND'],
    ['a page of another site', { headers: { Origin: 'https://evil.example' } }, 403, 'FORBIDDEN'],
    ['a page without a site', { headers: { Origin: 'null' } }, 403, 'FORBIDDEN'],
    ['another name for this machine', { headers: { Host: 'evil.example' } }, 403, 'FORBIDDEN'],
    ['another name with a port', { headers: { Host: 'evil.example:4000' } }, 403, 'FORBIDDEN'],
  ])('refuses %s', async (_what, sent, status, code) => {
    expect(await refusalOf(await send(sent))).toEqual({ status, code });
  });

  it.each<Record<string, string>>([
    { Host: 'gateway.example' },
    { Host: 'gateway.example:8443', Origin: 'https://gateway.example' },
    { Host: 'localhost:4000', Origin: 'http://localhost:6274' },
    { Host: '127.0.0.1:4000' },
    { Host: '[::1]:4000' },
    { 'MCP-Protocol-Version': '2025-06-18' },
    { 'X-API-Key': 'not looked at', Authorization: 'Bearer not-looked-at' },
  ])('lets %o in', async (headers) => {
    expect((await send({ headers })).status).toBe(200);
  });

  it('says 403 while sharing is off, and nothing of the runner', async () => {
    const owner = await createSharedRunner(gateway, fullDocument);
    await share(gateway, owner.id, { enabled: false });
    const response = await send({ path: owner.path, body: callContext });
    const text = await response.text();
    expect(response.status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0', id: null, error: { message: 'This runner has turned sharing off.' } });
    expect(text).not.toContain(owner.username);
  });
});

describe('reads over MCP', () => {
  it('are counted per section and kind of client, once each', async () => {
    const owner = await createSharedRunner(gateway, fullDocument, { enabled: true, health: true, labs: false });
    const ask = (body: object) => send({ path: owner.path, body, headers: { 'User-Agent': 'Claude-User/1.0' } });
    const call = (name: string) => ({ ...callContext, params: { name, arguments: {} } });
    for (const name of ['get_context', 'get_health', 'get_runs', 'get_personal_bests']) await ask(call(name));
    await ask({ jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: 'ekiden://context/sections/training' } });
    await ask(listTools);
    await gateway.flushReads();
    const rows = await gateway.db.contextRead.findMany({ where: { link: { runnerId: owner.id } } });
    expect(rows.map(({ section, client, count }) => `${section} ${client} ${count}`).toSorted()).toEqual([
      'health anthropic 1',
      'health-history anthropic 1',
      'personal-bests anthropic 1',
      'profile anthropic 1',
      'run-history anthropic 1',
      'training anthropic 2',
    ]);
  });

  it('share the limit of 600 a minute with every other read of the link, one for each message', async () => {
    const owner = await createSharedRunner(gateway);
    const { id } = await gateway.db.contextLink.findFirstOrThrow({ where: { runnerId: owner.id } });
    for (let index = 0; index < 590; index++) await gateway.parts.gate.base.contextLinks.limits.countRead(id);
    for (let index = 0; index < 5; index++) {
      expect((await gateway.get(`${owner.path}/health?limit=1`)).status).toBe(200);
      expect((await send({ path: owner.path, body: callContext })).status).toBe(200);
    }
    const refused = await send({ path: owner.path });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refusalOf(refused)).toEqual({ status: 429, code: 'RATE_LIMITED' });
  });

  it('with wrong tokens stop the address that guesses', async () => {
    const guess = () => send({ path: `/api/runner-context/${'b'.repeat(43)}`, address: '198.51.100.9' });
    for (let index = 0; index < 60; index++) expect((await guess()).status).toBe(404);
    expect((await guess()).status).toBe(429);
    expect((await send({ address: '198.51.100.9' })).status).toBe(200);
  });
});

describe('the token', () => {
  it('is in no answer and no log, though the runner has written their address into their notes', async () => {
    const owner = await createSharedRunner(gateway, fullDocument);
    const address = `${publicUrl}${owner.path}`;
    await importRunner(gateway, {
      username: owner.username,
      goals: [{ name: `see ${address}`, notes: address }],
      runs: [{ startedOn: '2026-06-12', source: 'watch', name: address, distanceMeters: 5_000 }],
    });
    const client = await connectGatewayMcp(gateway, owner.path);
    const said: unknown[] = [await client.listTools(), await client.listPrompts(), client.getInstructions(), client.getServerVersion()];
    for (const name of ['get_context', 'get_health', 'get_runs', 'get_personal_bests']) said.push(await callTool(client, name, {}));
    for (const detail of ['brief', 'full']) said.push(await callTool(client, 'get_context', { detail }));
    const { resources } = await client.listResources();
    for (const { uri } of resources) said.push(await client.readResource({ uri }));
    const wrongs: Sent[] = [
      { method: 'GET' },
      { body: '{' },
      { headers: { Origin: 'https://evil.example' } },
      { headers: { 'MCP-Protocol-Version': 'x' } },
      { body: { ...callContext, params: { name: 'get_health', arguments: { before: 'x' } } } },
    ];
    for (const wrong of wrongs) said.push(await (await send({ path: owner.path, ...wrong })).text());
    const text = JSON.stringify(said);
    // Long texts are cut; what is left of a token is no business of anyone's either.
    expect(text).not.toContain(owner.token.slice(0, 10));
    expect(text).toContain('/api/runner-context/:token');
    expect(gateway.logged()).not.toContain(owner.token);
  });

  it('and what is in the data stay out of the log when something breaks, and the answer is masked', async () => {
    const broken = await startFailingGateway(gateway.database, new Error('a defect'));
    const response = await send({ asked: broken, body: callContext });
    expect(await refusalOf(response)).toEqual({ status: 500, code: 'INTERNAL' });
    const cutOff = await startFailingGateway(gateway.database, Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
    const unavailable = await send({ asked: cutOff, body: callContext });
    expect(unavailable.headers.get('retry-after')).toBe('2');
    expect(await refusalOf(unavailable)).toEqual({ status: 503, code: 'UNAVAILABLE' });
    for (const log of [broken.logged(), cutOff.logged(), gateway.logged()]) {
      expect(log).not.toContain(runner.token);
      // The seconds of a moment look like a reading now and then.
      const untimed = log.replaceAll(/"time":"[^"]*"/g, '');
      for (const value of ['39.17', '83.19', 'training-run', 'labs-ferritin']) expect(untimed).not.toContain(value);
    }
  });
});
