import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database.ts';
import { createLog } from '../../src/platform/log.ts';
import { scratchFolder, startServerProcess } from '../support/processes.ts';

it('a running server never writes a context token to its log, and keeps the counts of reads when it stops', async () => {
  const folder = scratchFolder();
  const server = await startServerProcess(['serve'], { DATA_DIR: folder.path, LOG_LEVEL: 'trace' });
  try {
    const adminToken = readFileSync(path.join(folder.path, 'admin-token'), 'utf8').trim();
    const ask = async (query: string, variables: object) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${adminToken}` },
        body: JSON.stringify({ query, variables }),
      });
      return ((await response.json()) as { data: Record<string, { id: string; contextLinks: { url: string }[] }> }).data;
    };
    const { createRunner } = await ask('mutation { createRunner(input: { username: "runner-a" }) { id contextLinks { url } } }', {});
    const url = createRunner!.contextLinks[0]!.url;
    const token = url.split('/').at(-1)!;
    const statuses: number[] = [];
    const read = async (address: string) => statuses.push((await fetch(address)).status);
    await read(url);
    await ask('mutation ($id: ID!) { updateContextSharing(runnerId: $id, input: { enabled: true }) { id } }', { id: createRunner!.id });
    for (const rest of ['', '?format=json', '/health', '/health?before=x', '/nowhere', '.']) await read(`${url}${rest}`);
    statuses.push((await fetch(url, { method: 'POST', body: token })).status);
    await ask('query ($token: String!) { runnerContext(token: $token) { source nonsense } }', { token });
    await ask('query ($token: Int!) { runnerContext(token: $token) { source } }', { token });
    await ask(`{ runnerHealth(token: "${token}") { page { count } } }`, {});
    await ask('query ($token: String!) { runnerHealth(token: $token, before: "x") { page { count } } }', { token });
    expect(statuses).toEqual([403, 200, 200, 403, 403, 404, 404, 405]);
    expect(await server.end()).toBe(0);
    const printed = server.output.stdout + server.output.stderr;
    expect(printed).toContain('/api/runner-context/:token');
    expect(printed).not.toContain(token);
    const database = await openDatabase({ dataDir: folder.path }, createLog('silent'));
    const reads = await database.db.contextRead.findMany({ select: { section: true, count: true }, orderBy: { section: 'asc' } });
    await database.close();
    expect(reads).toEqual([
      { section: 'profile', count: 2n },
      { section: 'training', count: 2n },
    ]);
  } finally {
    await server.end('SIGKILL');
    folder.remove();
  }
}, 90_000);
