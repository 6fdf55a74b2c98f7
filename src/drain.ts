/**
 * Ends a server without its clients noticing. Signs come first: from the moment the drain has begun, `/readyz` says no and
 * every answer carries `Connection: close`, so that balancers and clients go elsewhere by themselves; requests are still
 * taken meanwhile. Then nothing new is accepted, connections on which nothing is under way are closed, and what has begun
 * is answered. At last what the process holds is closed. Each step has its time; what takes longer is given up, and logged.
 */
import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './platform/log.ts';

/** For how long requests are still taken after the signs: balancers look at `/readyz` about once a second. */
const noticeMs = 1_000;

/** For how long what has begun may go on after that. */
const finishMs = 5_000;

/** For how long counts may be written and other connections closed in the end. All three together are less than 10 s. */
const closeMs = 3_000;

/** Milliseconds between two looks at which connections have nothing to do any more. */
const lookMs = 50;

export interface Drain {
  hasBegun(): boolean;
  /** Resolves when no connection is left and `close` has ended, or in less than 10 s. Calling it again changes nothing. */
  begin(): Promise<void>;
}

interface Connection {
  /** Requests whose answers have not been handed over to the system as a whole. */
  underWay: number;
  /** What had been received when the last of them ended. More than that is the beginning of another request. */
  bytesRead: number;
}

/**
 * @param server must not have accepted a connection yet.
 * @param close closes what the requests needed.
 */
export function createDrain(server: Server, close: () => Promise<void>, log: Log): Drain {
  const connections = new Map<Socket, Connection>();
  server.on('connection', (socket) => {
    connections.set(socket, { underWay: 0, bytesRead: 0 });
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    const connection = connections.get(socket);
    if (!connection) return;
    connection.underWay++;
    response.once('close', () => {
      connection.underWay--;
      connection.bytesRead = socket.bytesRead;
    });
  });

  function closeIdle() {
    for (const [socket, { underWay, bytesRead }] of connections) {
      if (underWay === 0 && socket.bytesRead === bytesRead) socket.destroy();
    }
  }

  async function drain() {
    await sleep(noticeMs);
    // Not the close() of http.Server: that takes an answer that was written for one that was sent, and cuts off slow readers
    // (closeIdleConnections, Node 20). It knows nothing of connections that never sent anything either.
    const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
    const end = performance.now() + finishMs;
    for (closeIdle(); connections.size > 0 && performance.now() < end; closeIdle()) await sleep(lookMs);
    if (connections.size > 0) {
      const requests = [...connections.values()].reduce((sum, { underWay }) => sum + underWay, 0);
      log.warn({ connections: connections.size, requests }, `connections did not end within ${finishMs} ms and are given up`);
      for (const socket of connections.keys()) socket.destroy();
    }
    await closed;
    await closeInTime();
  }

  async function closeInTime() {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        log.warn(`what the process holds could not be closed within ${closeMs} ms; counts of the last seconds may be lost`);
        resolve();
      }, closeMs);
    });
    await Promise.race([close(), late]).finally(() => clearTimeout(timer));
  }

  let draining: Promise<void> | undefined;
  return {
    hasBegun: () => draining !== undefined,
    begin() {
      draining ??= drain();
      return draining;
    },
  };
}
