/** How long a partner waits whose key is warm, while sixteen clients send keys that are none. */
import { randomBytes } from 'node:crypto';
import { type ContenderName, loadProgram } from './contenders.ts';
import { startLoadProcess } from './load-process.ts';
import { type Bench, median } from './measure.ts';
import { unchangedList } from './rows.ts';

export interface WrongKeys {
  contender: ContenderName;
  p50Ms: number;
  p99Ms: number;
  /** How many wrong keys were refused meanwhile. */
  refusedPerSecond: number;
}

const attackers = 16;

/** Each in a load process of its own, so that the partner's time is not the attackers' queue. */
export async function measureWrongKeys(bench: Bench, contender: ContenderName, { rounds, seconds }: { rounds: number; seconds: number }) {
  const { url } = await bench.contenders.get(contender);
  const material = await bench.materialFor(contender);
  const attack = startLoadProcess(loadProgram);
  const results: Omit<WrongKeys, 'contender'>[] = [];
  try {
    const requests = wrongKeys(material.keys).map((key) => ({ ...unchangedList(material), headers: { 'x-api-key': key } }));
    for (let round = 0; round <= rounds; round++) {
      const [partner, refused] = await Promise.all([
        bench.load.run({ url, connections: 1, seconds, traffic: { kind: 'repeat', requests: [unchangedList(material)] } }),
        attack.run({ url, connections: attackers, seconds: seconds * 1.2, traffic: { kind: 'repeat', requests } }),
      ]);
      const wrong = { partner: partner.statuses, refused: refused.statuses };
      if (partner.requests !== partner.statuses[200] || refused.requests !== refused.statuses[401])
        throw new Error(`wrong keys: ${JSON.stringify(wrong)}`);
      // The first round is for warming up.
      if (round > 0) results.push({ p50Ms: partner.p50Ms, p99Ms: partner.p99Ms, refusedPerSecond: refused.requestsPerSecond });
    }
  } finally {
    await attack.stop();
  }
  const middle = (figure: 'p50Ms' | 'p99Ms' | 'refusedPerSecond') => median(results.map((result) => result[figure]));
  return { contender, p50Ms: middle('p50Ms'), p99Ms: middle('p99Ms'), refusedPerSecond: middle('refusedPerSecond') };
}

/** Well-formed keys that were never made: half of them name a key that there is, half name none. */
function wrongKeys(keys: readonly string[]): string[] {
  const text = (length: number) =>
    randomBytes(length * 2)
      .toString('base64')
      .replace(/[^0-9A-Za-z]/g, '')
      .slice(0, length);
  return Array.from({ length: 400 }, (_, index) => {
    const lookup = index % 2 === 0 ? (keys[index % keys.length]?.split('_')[2] ?? '') : text(12);
    return `sr_live_${lookup}_${text(51)}`;
  });
}
