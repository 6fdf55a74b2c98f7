/** A server that drains: what it owes its clients, and for how long. */
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createDrain } from '../../src/drain.ts';
import { createHttpServer } from '../../src/http/connections.ts';
import { createLog } from '../../src/platform/log.ts';
import { until } from '../support/until.ts';

async function startDraining(answer: RequestListener, close: () => Promise<void> = async () => undefined) {
  const lines: string[] = [];
  const server = createHttpServer();
  const drain = createDrain(server, close, createLog('info', { write: (line: string) => lines.push(line) }));
  server.on('request', answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, drain, logged: () => lines.join(''), port };
}

/** A client that writes this and keeps what it gets. */
async function startClient(port: number, text: string) {
  const socket = connect(port, '127.0.0.1');
  const client = { socket, received: 0, closed: false };
  socket.on('data', (chunk) => {
    client.received += chunk.length;
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    client.closed = true;
  });
  await once(socket, 'connect');
  socket.write(text);
  return client;
}

const get = 'GET / HTTP/1.1\r\nHost: gateway.example\r\n\r\n';

describe.concurrent('a server that drains', () => {
  it('sends the whole of a long answer to a client that reads slowly, and takes no new connection meanwhile', async () => {
    const length = 16_000_000;
    let asked = false;
    const { drain, port } = await startDraining((_request, response) => {
      asked = true;
      response.end(Buffer.alloc(length));
    });
    const slow = await startClient(port, get);
    slow.socket.pause();
    await until(() => asked);
    const ended = drain.begin();
    const accepts = () =>
      startClient(port, '').then(
        ({ socket }) => !socket.destroyed,
        () => false,
      );
    await until(async () => !(await accepts()));
    slow.socket.resume();
    await ended;
    await until(() => slow.closed);
    expect(slow.received).toBeGreaterThan(length);
  });

  it('closes connections that are idle or have never sent anything, as soon as its notice is over', async () => {
    const { drain, port, logged } = await startDraining((_request, response) => response.end('short'));
    const [silent, idle] = [await startClient(port, ''), await startClient(port, get)];
    await until(() => idle.received > 0);
    const startedAt = performance.now();
    await drain.begin();
    // Its patience with what has begun is 5 s longer.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await until(() => silent.closed && idle.closed);
    expect(logged()).toBe('');
  });

  it('gives up a request that never ends, and what cannot be closed, and says so', async () => {
    const unanswered = () => undefined;
    const { drain, port, logged } = await startDraining(unanswered, () => new Promise(() => undefined));
    const clients = [
      await startClient(port, get),
      await startClient(port, 'POST / HTTP/1.1\r\nHost: gateway.example\r\nContent-Length: 9\r\n\r\nhalf'),
      await startClient(port, 'GET / HTTP/1.1\r\nHo'),
    ];
    await sleep(50);
    const startedAt = performance.now();
    await Promise.all([drain.begin(), drain.begin()]);
    expect(performance.now() - startedAt).toBeLessThan(12_000);
    await until(() => clients.every(({ closed }) => closed));
    expect(logged()).toContain('"connections":3,"requests":2,');
    expect(logged()).toContain('could not be closed within 3000 ms');
  });
});
