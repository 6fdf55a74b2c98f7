/** Storm after storm, each in a world of its own and with the next seed. */
import { runChaos } from '../support/chaos/run.ts';
import { givenPostgres } from './database-server.ts';
import type { SoakPiece } from './piece.ts';

/** Long enough for every fault to meet every other, short enough to walk the catalogue from the start. */
const roundSeconds = 150;

export const chaosSoak: SoakPiece = {
  name: 'chaos',
  share: 9,
  async run(minutes) {
    const serverUrl = givenPostgres();
    const endAt = performance.now() + minutes * 60_000;
    let seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e6));
    for (; performance.now() < endAt; seed++) {
      const seconds = Math.max(10, Math.min(roundSeconds, (endAt - performance.now()) / 1_000));
      console.log(`CHAOS_SEED=${seed}, ${Math.round(seconds)} s`);
      const { counts, faults } = await runChaos({ seed, seconds, answers: 0, serverUrl });
      console.log(counts);
      if (Object.keys(faults).length > 0) throw new Error(`CHAOS_SEED=${seed}: ${JSON.stringify(faults, null, 2)}`);
    }
  },
};
