/** A server process, and on it a runner who shares everything: for clients that need a real socket. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { demoRunner } from '../../src/demo/runner.ts';
import { type RunningProcess, scratchFolder, startServerProcess } from './processes.ts';

export interface ServedContext {
  server: RunningProcess;
  runnerId: string;
  /** The address that the runner hands out. */
  url: string;
  /** GraphQL as the operator. */
  ask<T>(query: string, variables: object): Promise<T>;
  stop(): Promise<void>;
}

export async function serveSharedContext(): Promise<ServedContext> {
  const folder = scratchFolder();
  const server = await startServerProcess(['serve'], { DATA_DIR: folder.path });
  const adminToken = readFileSync(path.join(folder.path, 'admin-token'), 'utf8').trim();
  async function ask<T>(query: string, variables: object): Promise<T> {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${adminToken}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
  const input = demoRunner(new Date());
  await ask('mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { __typename } }', { input });
  const { runner } = await ask<{ runner: { id: string; contextLinks: { url: string }[] } }>(
    'query ($username: String) { runner(username: $username) { id contextLinks { url } } }',
    { username: input.username },
  );
  await ask('mutation ($id: ID!, $input: ContextSharingInput!) { updateContextSharing(runnerId: $id, input: $input) { id } }', {
    id: runner.id,
    input: { enabled: true, health: true, labs: true },
  });
  return {
    server,
    runnerId: runner.id,
    url: runner.contextLinks[0]?.url ?? '',
    ask,
    async stop() {
      await server.end('SIGKILL');
      folder.remove();
    },
  };
}
