/** A load balancer as deployments have one: it asks nodes whether they are ready, and keeps connections to them. */
import { once } from 'node:events';
import { Agent, request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const lookMs = 50;

export interface Balancer {
  url: string;
  /** What was seen of a node's readiness, each change of it: a status, or why there was none. */
  seen(nodeUrl: string): readonly string[];
  isReady(nodeUrl: string): boolean;
  close(): Promise<void>;
}

/**
 * Requests go to the nodes that are ready, in turn. One that could not even be connected goes to the next node; any other
 * fault is the client's 502, because a request that was sent may have been carried out.
 */
export async function startBalancer(nodeUrls: string[]): Promise<Balancer> {
  const nodes = nodeUrls.map((url) => ({ url, agent: new Agent({ keepAlive: true }), seen: [] as string[] }));
  const isReady = ({ seen }: (typeof nodes)[number]) => seen.at(-1) === '200';
  let turn = 0;
  let closing = false;

  async function watch({ url, seen }: (typeof nodes)[number]) {
    while (!closing) {
      const status = await statusOf(`${url}/readyz`);
      if (status !== seen.at(-1)) seen.push(status);
      await sleep(lookMs);
    }
  }

  function forward(request: IncomingMessage, body: Buffer, response: ServerResponse, untried: typeof nodes) {
    const ready = untried.filter(isReady);
    const node = ready[turn++ % ready.length];
    if (!node) {
      response.writeHead(502).end('no node is ready');
      return;
    }
    const { method, headers, url } = request;
    const { connection: _hop, ...passed } = headers;
    const upstream = ask(`${node.url}${url}`, { method, headers: passed, agent: node.agent });
    upstream.on('response', (answer) => {
      const { connection: _hop, 'keep-alive': _too, ...answered } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, answered);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') {
        const others = untried.filter((other) => other !== node);
        forward(request, body, response, others);
      } else if (response.headersSent) response.destroy();
      else response.writeHead(502).end(String(error));
    });
    upstream.end(body);
  }

  const server = createServer((request, response) => {
    void buffer(request).then((body) => forward(request, body, response, nodes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const watching = nodes.map(watch);
  const find = (url: string) => nodes.find((node) => node.url === url) ?? { url, agent: new Agent(), seen: [] };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: (url) => find(url).seen,
    isReady: (url) => isReady(find(url)),
    async close() {
      closing = true;
      await Promise.all(watching);
      for (const { agent } of nodes) agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Each time on a connection of its own. */
function statusOf(url: string): Promise<string> {
  return new Promise((resolve) => {
    ask(url, { agent: false }, (response) => {
      response.resume();
      resolve(String(response.statusCode));
    })
      .on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => resolve(code))
      .end();
  });
}
