/** One row: the contenders in turn, several rounds, and the ratios of each round. */
import { type ContenderName, type Contenders, contenderTitles } from './contenders.ts';
import type { LoadResult } from './load-plan.ts';
import type { LoadProcess } from './load-process.ts';
import type { Material, Row } from './rows.ts';
import { cpuSeconds } from './running-process.ts';
import { requireSameRows, send, sendAll } from './same-rows.ts';

/** Of one contender in one row, the medians of its turns. */
interface Figures {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Processor time of the contender's process for one request. */
  cpuMsPerRequest: number;
  /** Part of one core that the load process took: near 1, it is what limits. */
  loadCpu: number;
}

export interface MeasuredRow {
  name: string;
  title: string;
  connections: number;
  figures: Partial<Record<ContenderName, Figures>>;
  ratios: Record<string, number>;
}

export interface Bench {
  contenders: Contenders;
  load: LoadProcess;
  /** What a contender is asked with; of the embedded database its own keys. */
  materialFor(contender: ContenderName): Promise<Material>;
  /** Changes workouts until the promise's function is called. */
  startWriter(): Promise<() => Promise<void>>;
}

type TurnResult = LoadResult & { cpuMsPerRequest: number };

/** @throws when contenders answer differently, or one of them refuses under load. */
export async function measureRow(bench: Bench, row: Row, connections: number, { rounds, seconds }: { rounds: number; seconds: number }) {
  await requireSame(bench, row);
  const etags = await etagsOf(bench, row);
  const turns = new Map<ContenderName, TurnResult[]>(row.contenders.map((contender) => [contender, []]));
  const takeTurn = async (contender: ContenderName, round: number, forSeconds: number) => {
    const { url, pid } = await bench.contenders.get(contender);
    const traffic = row.traffic(await bench.materialFor(contender), { contender, round, etag: etags.get(contender) ?? '' });
    const cpu = cpuSeconds(pid);
    const result = await bench.load.run({ url, connections, seconds: forSeconds, traffic });
    requireAnswered(row, contender, result);
    return { ...result, cpuMsPerRequest: ((cpuSeconds(pid) - cpu) * 1000) / result.requests };
  };
  const stopWriter = row.manyPartners ? await bench.startWriter() : undefined;
  try {
    for (const contender of row.contenders) {
      await askOnce(bench, row, contender);
      await takeTurn(contender, rounds, seconds / 2);
    }
    for (let round = 0; round < rounds; round++) {
      for (const contender of row.contenders) turns.get(contender)?.push(await takeTurn(contender, round, seconds));
    }
  } finally {
    await stopWriter?.();
  }
  return summarise(row, connections, turns);
}

async function requireSame(bench: Bench, row: Row): Promise<void> {
  const asked = [];
  for (const contender of row.contenders) {
    const { url } = await bench.contenders.get(contender);
    asked.push({ contender, url, requests: row.sample(await bench.materialFor(contender), contender) });
  }
  await requireSameRows(row.title, asked);
}

/** The tag that each contender gives to the row's first request. */
async function etagsOf(bench: Bench, row: Row): Promise<Map<ContenderName, string>> {
  const etags = new Map<ContenderName, string>();
  for (const contender of row.contenders) {
    const [request] = row.sample(await bench.materialFor(contender), contender);
    const { url } = await bench.contenders.get(contender);
    if (request) etags.set(contender, (await send(url, request)).headers.get('etag') ?? '');
  }
  return etags;
}

/**
 * Where the traffic is many requests in turn, each is asked once before, and each key is shown once, since a turn may be too
 * short to come to all: what bcrypt takes for a key's first request would be most of what is measured.
 */
async function askOnce(bench: Bench, row: Row, contender: ContenderName): Promise<void> {
  const { url } = await bench.contenders.get(contender);
  const traffic = row.traffic(await bench.materialFor(contender), { contender, round: 0, etag: '' });
  if (traffic.kind === 'repeat') await sendAll(url, traffic.requests);
  if (traffic.kind === 'mix')
    await sendAll(
      url,
      traffic.keys.map((key) => ({ path: '/api/workout-templates', headers: { 'x-api-key': key } })),
    );
}

function requireAnswered({ title, name }: Row, contender: ContenderName, { statuses, errors, requests }: LoadResult): void {
  const expected = name === 'notModified' ? '304' : '200';
  const others = Object.entries(statuses).filter(([status]) => status !== expected);
  if (errors > 0 || requests === 0 || others.length > 0) {
    throw new Error(`${title}: ${contenderTitles[contender]} did not answer all with ${expected}: ${JSON.stringify({ statuses, errors })}`);
  }
}

function summarise(row: Row, connections: number, turns: Map<ContenderName, TurnResult[]>): MeasuredRow {
  const figures: MeasuredRow['figures'] = {};
  for (const [contender, results] of turns) {
    const middle = (figure: keyof Figures) => median(results.map((result) => result[figure]));
    figures[contender] = {
      requestsPerSecond: middle('requestsPerSecond'),
      p50Ms: middle('p50Ms'),
      p99Ms: middle('p99Ms'),
      cpuMsPerRequest: middle('cpuMsPerRequest'),
      loadCpu: middle('loadCpu'),
    };
  }
  const speed = ({ requestsPerSecond, p50Ms }: LoadResult) => (row.speedOf === 'latency' ? 1 / p50Ms : requestsPerSecond);
  const ratios = Object.entries(row.ratios).map(([name, { of, over }]): [string, number] => {
    const others = turns.get(over) ?? [];
    return [name, median((turns.get(of) ?? []).map((turn, round) => speed(turn) / speed(others[round] as TurnResult)))];
  });
  return { name: row.name, title: row.title, connections, figures, ratios: Object.fromEntries(ratios) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
