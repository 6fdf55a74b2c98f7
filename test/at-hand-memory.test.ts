/** What a poll leaves behind in memory when its answer is at hand. */
import { getHeapSpaceStatistics } from 'node:v8';
import { expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createWorkout } from './support/templates.ts';

const gateway = await startGateway();
const polls = 4_000;

/** Of what has survived long enough to be moved out of the young generation. */
const oldBytes = () =>
  getHeapSpaceStatistics()
    .filter(({ space_name }) => space_name === 'old_space' || space_name === 'map_space')
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);

it('is next to nothing: an object that gets a property after it was spread has a hidden class of its own, which lasts', async () => {
  await createWorkout(gateway);
  const { plaintext } = await gateway.mintKey({ requestsPerMinute: 1_000_000, requestsPerDay: 1_000_000 });
  const header = (name: string) => (name === 'x-api-key' ? plaintext : null);
  const poll = async () => {
    const answer = await gateway.app.read({
      method: 'GET',
      path: '/api/workout-templates',
      query: 'updatedSince=2100-01-01T00:00:00Z',
      header,
      address: '127.0.0.1',
      requestId: crypto.randomUUID(),
    });
    expect(answer?.status).toBe(200);
  };
  const pollAll = async () => {
    for (let count = 0; count < polls; count += 16) await Promise.all(Array.from({ length: 16 }, poll));
  };
  // What is made once, and the code that is compiled for it.
  await pollAll();
  const growths: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = oldBytes();
    await pollAll();
    growths.push((oldBytes() - before) / polls);
  }
  // The least of three: a collection of the old generation may fall into any of them, and so may what others of this process do.
  expect(Math.min(...growths.map(Math.abs))).toBeLessThan(700);
});
