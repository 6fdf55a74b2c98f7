/** A gateway that makes every answer anew: what one that keeps answers is held against. */
import { createApp } from '../../src/app.ts';
import type { AtHand } from '../../src/platform/at-hand.ts';
import { type Gateway, startGateway } from './gateway.ts';

const nothingAtHand: AtHand = {
  get: () => undefined,
  keep: () => undefined,
  getOrMake: (_key, make) => make(),
  forget: () => undefined,
  load: () => ({ entries: 0, bytes: 0, hits: 0, misses: 0 }),
};

/** Another node on the same database, with the same time. */
export async function startForgetfulNode({ database, clock }: Gateway) {
  const node = await startGateway({ database });
  node.clock.now = clock.now;
  const { gate } = node.parts;
  return createApp({ ...node.parts, gate: { ...gate, base: { ...gate.base, atHand: nothingAtHand } } });
}
