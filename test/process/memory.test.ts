/** What a request leaves behind in memory. */
import { Agent, request } from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { scratchFolder, startServerProcess } from '../support/processes.ts';

const folder = scratchFolder();
// It says at each collection how many bytes it has moved out of the young generation.
const server = await startServerProcess(['serve'], { DATA_DIR: folder.path, LOG_LEVEL: 'error' }, ['--trace-gc-nvp']);
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
afterAll(async () => {
  agent.destroy();
  await server.end();
  folder.remove();
});

const ask = (path: string) =>
  new Promise<void>((resolve, reject) => {
    const asked = request(`${server.url}${path}`, { agent }, (response) => {
      response.resume().once('end', resolve);
    });
    asked.once('error', reject).end();
  });

async function askAll(path: string, requests: number): Promise<void> {
  for (let count = 0; count < requests; count += 16) await Promise.all(Array.from({ length: 16 }, () => ask(path)));
}

const movedBytes = () => [...server.output.stdout.matchAll(/gc=s .*? promoted=(\d+)/g)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);

const requests = 8_000;

it.each([
  ['/livez', 100],
  ['/api/workout-templates', 900],
])('%s: next to nothing, because no object of it has a hidden class of its own', async (path, bytesMax) => {
  // What is made once, and the code that is compiled for it.
  await askAll(path, requests);
  const before = movedBytes();
  await askAll(path, requests);
  const moved = (movedBytes() - before) / requests;
  expect(moved).toBeLessThan(bytesMax);
});
