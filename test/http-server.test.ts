import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { startServer } from '../src/main.ts';

/** The server as a process starts it, asked byte by byte as no HTTP client would. */
const dataDir = await mkdtemp(path.join(tmpdir(), 'ekiden-wire-'));
const server = await startServer(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true });
});
const port = Number(new URL(server.localUrl).port);

/** Sends the text and gives everything that comes back. */
async function exchange(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
  });
  socket.write(text);
  await once(socket, 'close');
  return received;
}

const request = (line: string, headers: string[] = [], body = '') =>
  [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', body].join('\r\n');

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

it.each([
  ['GET /livez', 200],
  ['GET /api/../livez', 404],
  ['GET /api/workout-templates/%2e%2e', 401],
  ['GET /api/workout-templates/%00', 401],
  ['GET //api/workout-templates', 404],
  ['GET http://evil.example/api/workout-templates', 404],
  ['OPTIONS *', 404],
  ['TRACE /api/workout-templates', 405],
  ['TRACE /graphql', 404],
  ['GET /graphql/', 404],
  ['GET /graphql#x', 404],
  ['POST /livez', 200],
  ['PROPFIND /graphql', 405],
  ['GET /api/workout-templates?%', 401],
  ['GET /graphql?%', 200],
])('%s is %i, never a fault', async (line, status) => {
  expect(statusOf(await exchange(request(line)))).toBe(status);
});

it('two keys in one request are refused, however they are written', async () => {
  for (const names of [
    ['X-API-Key', 'X-API-Key'],
    ['X-API-Key', 'x-api-key'],
    ['X-API-Key', 'Authorization'],
  ]) {
    for (const target of ['GET /api/key', 'GET /graphql?query={__typename}']) {
      const answer = await exchange(
        request(
          target,
          names.map((name) => `${name}: ${randomUUID()}`),
        ),
      );
      expect(statusOf(answer)).toBe(401);
    }
  }
  const token = `Authorization: Bearer ${server.adminToken}`;
  expect(statusOf(await exchange(request('GET /graphql?query={__typename}', [token])))).toBe(200);
  for (const second of ['X-API-Key: x', 'Authorization: Bearer x', token])
    expect(statusOf(await exchange(request('GET /graphql?query={__typename}', [token, second])))).toBe(401);
});

it('HEAD has the length of GET and no body', async () => {
  const get = await exchange(request('GET /api/openapi.json'));
  const head = await exchange(request('HEAD /api/openapi.json'));
  const lengthOf = (answer: string) => /content-length: (\d+)/i.exec(answer)?.[1];
  expect(lengthOf(head)).toBe(lengthOf(get));
  expect(head.endsWith('\r\n\r\n')).toBe(true);
});

it('a body over the cap is refused, and the server goes on', async () => {
  const body = JSON.stringify({ query: '{ __typename }', variables: { x: 'y'.repeat(200_000) } });
  const headers = ['Content-Type: application/json', `Content-Length: ${body.length}`];
  expect(statusOf(await exchange(request('POST /graphql', headers, body)))).toBe(413);
  expect(statusOf(await exchange(request('GET /readyz')))).toBe(200);
});
