/** The promise "a partner that polls never misses a change", held while everything fails that can. */
import { expect, it } from 'vitest';
import { runChaos } from '../support/chaos/run.ts';

const { CHAOS_SEED, CHAOS_SECONDS = '30', TEST_DATABASE_URL = '' } = process.env;

it('partners lose nothing, see nothing that was not so, and get nothing after their key has ended, whatever fails', async () => {
  const seed = Number(CHAOS_SEED ?? Math.floor(Math.random() * 1e6));
  console.log(`CHAOS_SEED=${seed}`);
  const { counts, faults } = await runChaos({ seed, seconds: Number(CHAOS_SECONDS), answers: 500, serverUrl: TEST_DATABASE_URL });
  console.log(counts);
  expect(faults, `CHAOS_SEED=${seed} makes the same choices again`).toEqual({});
  expect(counts['answers judged']).toBeGreaterThan(100);
  expect(counts['rows compared in the end']).toBeGreaterThan(0);
  // A machine that is busy with other things gets to few of the faults, but to some of either kind.
  const happened = Object.keys(counts).join('\n');
  expect(happened).toMatch(/^[ab] is (killed|restarted)$/m);
  expect(happened).toMatch(/database$|^Redis/m);
}, 240_000);
