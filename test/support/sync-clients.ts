/** Partners that keep a copy of the catalogue in memory, and may be killed anywhere. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mirror, type Parts } from '../../examples/mirror.ts';
import type { Gateway } from './gateway.ts';
import type { Random } from './random.ts';

type Store = Parts['store'];
type Copy = NonNullable<Awaited<ReturnType<Store['load']>>>;
type Fetch = NonNullable<Parts['fetch']>;
type List = 'workout-templates' | 'training-plan-templates';

/** What a process that is killed throws in these tests. */
class Killed extends Error {}

export interface SyncClient {
  /** Polls both lists once; it may be killed on the way when `killer` is given. True when it got to the end. */
  poll(killer?: Random): Promise<boolean>;
  /** id → version, as far as this client knows. */
  versions(list: List): Record<string, number>;
  /** Rows and removals that were delivered so far. */
  delivered(): number;
}

/** Asks the gateway in this process, counting what it delivers. */
function countingFetch(gateway: Gateway) {
  let delivered = 0;
  const fetch: Fetch = async (url, init) => {
    const response = await gateway.app.fetch(new Request(url, init));
    const page = (await response.clone().json()) as { data?: unknown[]; removed?: unknown[] };
    delivered += (page.data?.length ?? 0) + (page.removed?.length ?? 0);
    return response;
  };
  return { fetch, delivered: () => delivered };
}

/** Where a client keeps its copies, and what is in them. */
export function memoryStore() {
  const saved = new Map<string, string>();
  const load = (list: string) => JSON.parse(saved.get(list) ?? 'null') as Copy | null;
  const store: Store = {
    load: async (list) => load(list) ?? undefined,
    save: async (list, copy) => void saved.set(list, JSON.stringify(copy)),
  };
  const rows = (list: List) => Object.values(load(list)?.rows ?? {});
  const versions = (list: List) => Object.fromEntries(rows(list).map((row) => [row.id, row.version]));
  return { store, rows, versions };
}

/** The same function, whose caller may die before it begins or before its result arrives. */
function killable<Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>, killer: Random | undefined) {
  return async (...args: Args): Promise<Result> => {
    if (killer?.chance(0.04)) throw new Killed();
    const result = await call(...args);
    if (killer?.chance(0.04)) throw new Killed();
    return result;
  };
}

async function survives(run: Promise<void>): Promise<boolean> {
  try {
    await run;
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}

/** The loop that we give to partners. */
export function mirrorClient(gateway: Gateway, key: string, perPage: number, url: string): SyncClient {
  const { fetch, delivered } = countingFetch(gateway);
  const { store, versions } = memoryStore();
  return {
    poll: (killer) =>
      survives(
        mirror({ url, key, perPage, fetch: killable(fetch, killer), store: { load: store.load, save: killable(store.save, killer) } }),
      ),
    versions,
    delivered,
  };
}

/** The other loop that must work: page 1 again and again, with the highest updatedAt seen, until it is empty. */
export function drainClient(gateway: Gateway, key: string, perPage: number, url: string): SyncClient {
  const { fetch, delivered } = countingFetch(gateway);
  const { store, versions } = memoryStore();
  type Delivered = Record<'data' | 'removed', Copy['rows'][string][]>;
  const ask = async (url: string, killer: Random | undefined): Promise<Delivered> => {
    const response = await killable(fetch, killer)(url, { headers: { 'X-API-Key': key } });
    // Not just now, as a machine that does ten other things may say.
    if (response.headers.has('retry-after')) return sleep(100).then(() => ask(url, killer));
    if (response.status !== 200) throw new Error(await response.text());
    return (await response.json()) as Delivered;
  };
  async function drain(list: List, killer: Random | undefined) {
    for (;;) {
      const copy = (await store.load(list)) ?? { updatedSince: '1970-01-01T00:00:00Z', rows: {} };
      const query = new URLSearchParams({ updatedSince: copy.updatedSince, includeRemoved: 'true', per_page: String(perPage) });
      const { data, removed } = await ask(`${url}/api/${list}?${query}`, killer);
      if (data.length + removed.length === 0) return;
      for (const row of data) copy.rows[row.id] = row;
      for (const row of removed) delete copy.rows[row.id];
      copy.updatedSince =
        [...data, ...removed]
          .map((row) => row.updatedAt)
          .sort()
          .at(-1) ?? copy.updatedSince;
      await killable(store.save, killer)(list, copy);
    }
  }
  return {
    poll: (killer) => survives(drain('workout-templates', killer).then(() => drain('training-plan-templates', killer))),
    versions,
    delivered,
  };
}
