/** Two gateways as processes of their own, each behind a network to its database that can fail, and the balancer before them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startFaultProxy } from '../fault-proxy.ts';
import { freePort } from '../free-port.ts';
import { type RunningProcess, startServerProcess } from '../processes.ts';

/** Where `next` links lead; the balancer sends it to either node. */
export const publicUrl = 'http://gateway.example';
export const adminToken = 'chaos-admin-token-of-32-characters-or-more';
const secretKey = '5a'.repeat(32);

export interface Node {
  name: string;
  url: string;
  /** The network between it and its database. */
  network: Awaited<ReturnType<typeof startFaultProxy>>;
  /** Ends it with the signal, and starts it again until it runs. */
  restart(signal: NodeJS.Signals): Promise<void>;
  /** Whether it was going down, gone or coming up at any time since that moment. */
  wasAwaySince(moment: number): boolean;
  printed(): string;
  stop(): Promise<void>;
}

/** What came of a request, or of the attempt. */
export interface Answer {
  node: Node;
  beganAt: number;
  endedAt: number;
  status: number;
  headers: Headers;
  text: string;
}

/** Nobody answered; `excused` when the node was away meanwhile. */
export class Unanswered extends Error {
  excused: boolean;
  constructor(node: Node, beganAt: number, cause: unknown) {
    super(`${node.name} did not answer: ${(cause as Error).cause ?? cause}`);
    this.excused = node.wasAwaySince(beganAt);
  }
}

/** How long a node may take to come up; more than any fault lasts. */
const startMs = 60_000;

export async function startNode(name: string, databaseUrl: string, redisUrl: string): Promise<Node> {
  const address = new URL(databaseUrl);
  const network = await startFaultProxy({ host: address.hostname, port: Number(address.port) });
  address.port = String(network.port);
  const port = await freePort();
  const environment = {
    DATABASE_URL: address.href,
    REDIS_URL: redisUrl,
    PUBLIC_URL: publicUrl,
    ADMIN_TOKEN: adminToken,
    SECRET_KEY: secretKey,
    PORT: String(port),
    LOG_LEVEL: 'error',
  };
  let earlier = '';
  let lastAwayAt = Number.POSITIVE_INFINITY;

  async function start(): Promise<RunningProcess> {
    const giveUpAt = performance.now() + startMs;
    for (;;) {
      try {
        return await startServerProcess(['serve'], environment);
      } catch (error) {
        // Without its database a node does not start; whoever runs it tries again.
        if (performance.now() > giveUpAt) throw error;
        await sleep(100);
      }
    }
  }

  let running = await start();
  lastAwayAt = performance.now();
  const printed = () => earlier + running.output.stderr + running.output.stdout;

  return {
    name,
    url: `http://127.0.0.1:${port}`,
    network,
    async restart(signal) {
      lastAwayAt = Number.POSITIVE_INFINITY;
      await running.end(signal);
      earlier = printed();
      running = await start();
      lastAwayAt = performance.now();
    },
    wasAwaySince: (moment) => lastAwayAt >= moment,
    printed,
    async stop() {
      await running.end('SIGKILL');
      await network.close();
    },
  };
}

/** Longer than any request may take: a transaction gives up after 30 s. */
const requestMs = 40_000;

/** Sends each request to the next node in turn, and to the other one when that does not even listen. */
export function createBalancer(nodes: readonly [Node, Node]) {
  let turn = 0;

  async function send(node: Node, path: string, init: RequestInit): Promise<Answer> {
    const beganAt = performance.now();
    try {
      const response = await fetch(`${node.url}${path}`, { ...init, signal: AbortSignal.timeout(requestMs) });
      const text = await response.text();
      return { node, beganAt, endedAt: performance.now(), status: response.status, headers: response.headers, text };
    } catch (error) {
      throw new Unanswered(node, beganAt, error);
    }
  }

  return async (path: string, init: RequestInit = {}): Promise<Answer> => {
    turn += 1;
    const [first, second] = turn % 2 === 0 ? [nodes[0], nodes[1]] : [nodes[1], nodes[0]];
    try {
      return await send(first, path, init);
    } catch (error) {
      if (!String(error).includes('ECONNREFUSED')) throw error;
      return send(second, path, init);
    }
  };
}

export type Ask = ReturnType<typeof createBalancer>;
