/** A node of a deployment: a process of its own on a Postgres and a Redis that it shares with others. */
import type { TestDatabase } from './databases.ts';
import { adminToken, secretKey } from './gateway.ts';
import { type RunningProcess, startServerProcess } from './processes.ts';

export interface Node {
  url: string;
  start(): Promise<void>;
  /** Everything that its processes have logged, the present one and those before it. */
  logged(): string;
  /** Asks it to end, by this and further signals. Gives its exit code and how many milliseconds that took. */
  stop(...signals: NodeJS.Signals[]): Promise<{ code: number | null; ms: number }>;
}

/** Always at the same address, as behind a balancer. Its keys are those of `startGateway` on the same database. */
export function createNode(database: TestDatabase, redisUrl: string, port: number): Node {
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    DATABASE_URL: database.url ?? '',
    REDIS_URL: redisUrl,
    PUBLIC_URL: url,
    PORT: String(port),
    SECRET_KEY: secretKey,
    ADMIN_TOKEN: adminToken,
    KEY_ENVIRONMENTS: 'live,test',
    LOG_LEVEL: 'warn',
  };
  const processes: RunningProcess[] = [];
  return {
    url,
    async start() {
      processes.push(await startServerProcess(['serve'], environment));
    },
    logged: () => processes.map(({ output }) => output.stderr).join(''),
    async stop(first = 'SIGTERM', ...others) {
      const running = processes.at(-1);
      const startedAt = performance.now();
      const ended = running?.end(first) ?? Promise.resolve(null);
      for (const signal of others) process.kill(running?.pid ?? 0, signal);
      return { code: await ended, ms: performance.now() - startedAt };
    },
  };
}
