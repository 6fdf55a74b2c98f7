/** A gateway as a process of its own, on a Postgres or with its own database. */
import type { Send } from './doors.ts';
import { freePort } from './free-port.ts';
import { type Ask, operatorOf } from './operator.ts';
import { type RunningProcess, startServerProcess } from './processes.ts';

export const nodeToken = 'test-admin-token-of-32-characters-or-more';

/** What a node is started with: every other one with the same is a second node, or the same again. */
export async function nodeEnvironment(place: { databaseUrl: string } | { dataDir: string }): Promise<Record<string, string>> {
  const common = { ADMIN_TOKEN: nodeToken, SECRET_KEY: '11'.repeat(32), LOG_LEVEL: 'info' };
  if ('dataDir' in place) return { ...common, DATA_DIR: place.dataDir };
  const port = await freePort();
  return { ...common, DATABASE_URL: place.databaseUrl, PORT: `${port}`, PUBLIC_URL: `http://localhost:${port}` };
}

export interface NodeProcess {
  process: RunningProcess;
  send: Send;
  ask: Ask;
}

export async function startNode(environment: Record<string, string>): Promise<NodeProcess> {
  const process = await startServerProcess(['serve'], environment);
  const send: Send = (path, init) => fetch(`${process.url}${path}`, init);
  return { process, send, ask: operatorOf(send, nodeToken) };
}
