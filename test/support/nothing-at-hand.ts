/** A place where nothing is kept, so that every answer is made anew: what gateways that keep theirs are held against. */
import type { AtHand } from '../../src/platform/at-hand.ts';

export const nothingAtHand: AtHand = {
  get: () => undefined,
  keep: () => undefined,
  getOrMake: async (_key, make) => make(),
  forget: () => undefined,
  load: () => ({ entries: 0, bytes: 0, hits: 0, misses: 0 }),
};
