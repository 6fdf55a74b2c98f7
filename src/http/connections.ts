/** How long a connection may take for what, and how much it may send before anybody looks at it. */
import { createServer, type Server, type ServerResponse } from 'node:http';

/** A server for which nothing lasts for ever: whoever is slow on purpose loses the connection. */
export function createHttpServer(): Server {
  const server = createServer({
    // A balancer keeps idle connections for about a minute (nginx, AWS: 60 s). It must be the first to close one: a request that
    // it sends while we close is lost. Clients are told by `Keep-Alive`.
    keepAliveTimeout: 75_000,
    // Headers are a few kB at most, so that the slowest line needs a second; Node's own 60 s are an attacker's.
    headersTimeout: 10_000,
    // The largest body is an import of 25 MB: at 1 Mbit/s that takes 210 s.
    requestTimeout: 240_000,
    // Node looks for those who exceed these two so often, and only every 30 s by itself.
    connectionsCheckingInterval: 1_000,
    // The longest things in a header are a query in an address, a session and the cookies of others on the same host.
    maxHeaderSize: 16_384,
    // The other end may be gone without a word: TCP finds out about it.
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  });
  // A client that takes nothing of its answer, or an answer that never comes: longer than any request may take (`requestTimeout`).
  server.setTimeout(300_000);
  return server;
}

/** For who asks between the opening of the port and the first answer: health checks of balancers do. */
export function refuseWhileStarting(response: ServerResponse): void {
  response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '1', Connection: 'close' });
  response.end('starting\n');
}
