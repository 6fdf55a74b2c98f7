/** The promise "a partner that polls never misses a change", held against writers on connections of their own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { publicUrl, startGateway } from '../support/gateway.ts';
import { type Expected, lists, writeAtOnce } from '../support/hostile-writers.ts';
import { randomFrom } from '../support/random.ts';
import { drainClient, mirrorClient } from '../support/sync-clients.ts';

const gateway = await startGateway();
const unlimited = { requestsPerMinute: 2_147_483_647, requestsPerDay: 2_147_483_647 };
const { plaintext: key } = await gateway.mintKey(unlimited);

/** Everything that has left, as a newcomer is told. */
async function listRemoved(list: string): Promise<Expected['removed']> {
  const removed: Expected['removed'] = {};
  let next: string | undefined = `/api/${list}?includeRemoved=true&per_page=100`;
  while (next) {
    const page = (await (await gateway.get(next, key)).json()) as {
      removed: { id: string; version: number; reason: string }[];
      next?: string;
    };
    for (const { id, version, reason } of page.removed) removed[id] = { version, reason };
    next = page.next?.slice(publicUrl.length);
  }
  return removed;
}

describe('a partner that polls while six others write', () => {
  it('misses nothing, at any page size, killed anywhere and started again', async () => {
    const seed = 1;
    const clients = [1, 7, 100].flatMap((perPage) => [
      mirrorClient(gateway, key, perPage, publicUrl),
      drainClient(gateway, key, perPage, publicUrl),
    ]);
    let writing = true;
    const polling = clients.map(async (client, index) => {
      const killer = randomFrom(seed * 100 + index);
      // Without a pause the polls would leave the writers no processor.
      while (writing) await client.poll(killer).then(() => sleep(50));
    });
    const [expected] = await Promise.all([
      writeAtOnce(gateway.database.url ?? '', { seed, writers: 6, transactions: 20 }).finally(() => {
        writing = false;
      }),
      ...polling,
    ]);

    for (const client of clients) {
      expect(await client.poll()).toBe(true);
      const deliveredBefore = client.delivered();
      await client.poll();
      expect(client.delivered() - deliveredBefore).toBe(0);
    }
    for (const list of lists) {
      const { live, removed } = expected[list];
      expect(Object.keys(live).length).toBeGreaterThan(5);
      expect(Object.keys(removed).length).toBeGreaterThan(2);
      for (const client of clients) expect(client.versions(list)).toEqual(live);
      expect(await listRemoved(list)).toEqual(removed);
    }
  }, 120_000);
});
