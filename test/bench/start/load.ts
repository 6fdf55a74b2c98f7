/** Requests in numbers from this process, and the memory of another. */
import { readFileSync } from 'node:fs';
import http from 'node:http';

const connections = 16;

/** Lists, polls and searches, each a little different from the one before. */
const paths = [
  () => '/api/workout-templates',
  () => '/api/training-plan-templates',
  () => '/api/key',
  (index: number) => `/api/workout-templates?per_page=${1 + (index % 100)}`,
  (index: number) => `/api/workout-templates?updatedSince=${new Date(Date.UTC(2020, 0, 1) + index * 1_000).toISOString()}`,
  (index: number) => `/api/workout-templates?search=word${index % 5_000}`,
];

/** Asks that many times over a few connections that are kept. @throws for any status but 200. */
export async function ask(url: string, apiKey: string, requests: number): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const askInTurn = async () => {
    for (let index = next++; index < requests; index = next++) {
      await askOnce(agent, `${url}${paths[index % paths.length]?.(index)}`, apiKey);
    }
  };
  await Promise.all(Array.from({ length: connections }, askInTurn));
  agent.destroy();
}

function askOnce(agent: http.Agent, url: string, apiKey: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent, headers: { 'X-API-Key': apiKey, 'Accept-Encoding': 'gzip' } }, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${response.statusCode}`))));
    });
    request.on('error', reject);
  });
}

/** What the process holds in memory, as Linux counts it. */
export function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (!kilobytes) throw new Error(`the memory of process ${pid} is not known`);
  return Math.round(Number(kilobytes) / 1_024);
}
