import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { startServer } from '../src/main.ts';

const dataDir = await mkdtemp(path.join(tmpdir(), 'ekiden-bodies-'));
const server = await startServer(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterAll(async () => {
  agent.destroy();
  await server.stop();
  await rm(dataDir, { recursive: true });
});
const { port } = new URL(server.localUrl);

interface Asked {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

/** Over the one connection that there is, unless the gateway has closed it and said so. */
function ask({
  method,
  path: asked,
  headers = {},
  body,
}: Asked): Promise<{ status: number; text: string; clientPort: number | undefined }> {
  return new Promise((resolve, reject) => {
    const length = body && !headers['Transfer-Encoding'] ? { 'Content-Length': String(body.length) } : {};
    const sent = httpRequest({ host: '127.0.0.1', port, method, path: asked, agent, headers: { ...headers, ...length } }, (response) => {
      let text = '';
      const clientPort = sent.socket?.localPort;
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, clientPort }));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const json = { 'Content-Type': 'application/json' };
const mcp = `/api/runner-context/${'a'.repeat(43)}/mcp`;

it.each<[string, number, string, string, Record<string, string>]>([
  ['too large for GraphQL', 413, 'POST', '/graphql', json],
  ['too large, in chunks', 413, 'POST', '/graphql', { ...json, 'Transfer-Encoding': 'chunked' }],
  ['too large for MCP', 413, 'POST', mcp, json],
  ['too large for MCP, in chunks', 413, 'POST', mcp, { ...json, 'Transfer-Encoding': 'chunked' }],
  ['of another type', 415, 'POST', '/graphql', { 'Content-Type': 'text/plain' }],
  ['without a right to ask', 401, 'POST', '/graphql', { ...json, 'X-API-Key': 'x' }],
  ['of a method that is not taken', 405, 'PUT', '/graphql', json],
  ['of a method that MCP does not take', 405, 'PUT', mcp, json],
  ['of a page of another site', 403, 'POST', mcp, { ...json, Origin: 'https://evil.example' }],
  ['where none is read', 405, 'POST', '/api/key', json],
  ['with a question that reads none', 401, 'GET', '/api/key', json],
])(
  'a body of 5 MB %s is refused with %i, and the next request on the connection is answered',
  async (_what, status, method, asked, headers) => {
    const refused = await ask({ method, path: asked, headers, body: Buffer.alloc(5_000_000, 'x') });
    expect(refused.status).toBe(status);
    const next = await ask({ method: 'GET', path: '/livez' });
    expect(next).toEqual({ status: 200, text: 'alive\n', clientPort: refused.clientPort });
  },
);

it('a body that is packed is not unpacked: what would become 50 MB is refused as the few bytes that it is', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
  expect(bomb.length).toBeLessThan(100_000);
  for (const [asked, headers] of [
    ['/graphql', { Authorization: `Bearer ${server.adminToken}` }],
    [mcp, {}],
  ] as const) {
    const { status } = await ask({ method: 'POST', path: asked, headers: { ...json, ...headers, 'Content-Encoding': 'gzip' }, body: bomb });
    // Unpacked it would be 413: over the caps of both doors.
    expect(status).toBe(400);
  }
});
