import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { isJSONRPCErrorResponse, isJSONRPCResultResponse } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, describe, expect, it } from 'vitest';
import { type AnswerMessage, createMcpDoor } from '../src/http/mcp/door.ts';
import { exchangeMessage } from '../src/http/mcp/exchange.ts';
import { observationOf } from '../src/http/observation.ts';
import { startGateway } from './support/gateway.ts';
import { createFixtureServer } from './support/mcp-fixtures.ts';
import { hasMcpTools, runScenario, serverScenarios } from './support/mcp-tools.ts';
import { createSharedRunner } from './support/runners.ts';

/** Those that ask nothing of a server but the protocol: a runner's own server passes them as it is. */
const withoutFixtures = [
  'server-initialize',
  'logging-set-level',
  'ping',
  'tools-list',
  'server-sse-polling',
  'server-sse-multiple-streams',
  'resources-list',
  'prompts-list',
  'dns-rebinding-protection',
];

/** The door as it is, with the fixtures behind it. A client's answers to a server's questions find the server that waits. */
function answerWithFixtures(): AnswerMessage {
  let waiting: McpServer | undefined;
  return async (request, _ctx, _token, message) => {
    if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) {
      waiting?.server.transport?.onmessage?.(message);
      return new Response(null, { status: 202 });
    }
    waiting = createFixtureServer();
    return exchangeMessage(waiting, request, message, { streamed: true });
  };
}

/** A socket for a function from request to response, which sends on what comes as it comes. */
async function listen(respond: (request: Request) => Promise<Response>): Promise<string> {
  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url, headers } = incoming;
    const body = method === 'POST' ? { body: Readable.toWeb(incoming) as unknown as BodyInit, duplex: 'half' } : {};
    const response = await respond(new Request(`http://${headers.host}${url}`, { method, headers: headers as HeadersInit, ...body }));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).flushHeaders();
    if (response.body) Readable.fromWeb(response.body as ReadableStream).pipe(outgoing);
    else outgoing.end();
  }
  const server = createServer((incoming, outgoing) => void serve(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => server.closeAllConnections());
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** The protocol is the same on either database, and each scenario starts a process. */
const isLeftOut = !hasMcpTools || process.env.TEST_DATABASE === 'postgres';

describe.skipIf(isLeftOut)('the official MCP conformance suite', async () => {
  const gateway = await startGateway();
  const { path } = await createSharedRunner(gateway);
  const real = await listen((request) => gateway.app.fetch(request));
  const door = createMcpDoor(gateway.parts.gate, answerWithFixtures());
  const fixtures = await listen((request) => {
    const header = (name: string) => request.headers.get(name);
    return door(request, {
      method: request.method,
      path: new URL(request.url).pathname,
      query: '',
      header,
      address: null,
      requestId: 'test',
      observed: observationOf('context'),
    });
  });
  const known = isLeftOut ? [] : await serverScenarios();

  it('is wholly covered here', () => expect(known).toEqual(expect.arrayContaining(withoutFixtures)));

  it.each(known)('%s', async (scenario) => {
    const { passed, output } = await runScenario(`${withoutFixtures.includes(scenario) ? real : fixtures}${path}/mcp`, scenario);
    expect(passed, output).toBe(true);
  });
});
