/** A hundred thousand requests that mean harm, as far as the time allows, each answer held against the OpenAPI document. */
import { hostileRequests } from '../support/hostile-run.ts';
import type { SoakPiece } from './piece.ts';

const requestsMax = 100_000;
/** Each part has a gateway of its own. */
const requestsPerPart = 5_000;

export const hostileSoak: SoakPiece = {
  name: 'hostile-requests',
  share: 5,
  async run(minutes) {
    const endAt = performance.now() + minutes * 60_000;
    let seed = Number(process.env.HOSTILE_SEED ?? Math.floor(Math.random() * 1e6));
    let sentInAll = 0;
    for (; performance.now() < endAt && sentInAll < requestsMax; seed++) {
      const { sent, statuses, slowestMs } = await hostileRequests({ count: requestsPerPart, seed });
      sentInAll += sent;
      console.log(`HOSTILE_SEED=${seed}: ${sent} requests, slowest ${Math.round(slowestMs)} ms`, statuses);
    }
    console.log(`${sentInAll} requests in all`);
  },
};
