/** Requests that each come after a change, so that nothing made before can be used. */
import { Agent, request } from 'node:http';
import pg from 'pg';
import type { Load, LoadResult, Traffic, WireRequest } from '../load-plan.ts';
import { summarise } from './summary.ts';

/** One client, on one connection: the change and its commit, then the request, which alone is timed. */
export async function loadAfterChanges(
  { url, seconds }: Load,
  { request: asked, databaseUrl, change }: Extract<Traffic, { kind: 'after-change' }>,
): Promise<LoadResult> {
  const writer = new pg.Client({ connectionString: databaseUrl });
  await writer.connect();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const latenciesMs: number[] = [];
  const statuses: Record<string, number> = {};
  const cpu = process.cpuUsage();
  const begin = performance.now();
  try {
    while (performance.now() - begin < seconds * 1000) {
      await writer.query(change);
      const sent = performance.now();
      const status = await send(url, asked, agent);
      latenciesMs.push(performance.now() - sent);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    return summarise({ latenciesMs, statuses, errors: 0, elapsedMs: performance.now() - begin, cpu: process.cpuUsage(cpu) });
  } finally {
    agent.destroy();
    await writer.end();
  }
}

function send(url: string, { method = 'GET', path, headers }: WireRequest, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { method, headers, agent }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end();
  });
}
