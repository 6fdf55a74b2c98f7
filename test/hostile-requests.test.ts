import { expect, it } from 'vitest';
import { hostileRequests } from './support/hostile-run.ts';

const { HOSTILE_SEED } = process.env;
const seed = HOSTILE_SEED ? Number(HOSTILE_SEED) : Math.floor(Math.random() * 2 ** 31);

/** Every twentieth is right, so that not all is refused at the door. */
it(`3 000 requests that mean harm are each answered as documented, with no 5xx: again by HOSTILE_SEED=${seed}`, {
  timeout: 400_000,
}, async () => {
  const { sent, statuses } = await hostileRequests({ count: 3_000, seed });
  expect(sent).toBe(3_000);
  for (const status of [200, 400, 401, 404, 405, 431]) expect(statuses[status], `answers with ${status}`).toBeGreaterThan(10);
});
