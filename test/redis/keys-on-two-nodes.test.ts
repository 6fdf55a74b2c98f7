/** A partner's keys on two gateways that share one Postgres and one Redis. */
import { afterAll, describe, expect, it } from 'vitest';
import { changeKey, rotate, seenKey, setArchived } from '../support/keys.ts';
import { startRedisNode } from '../support/redis-node.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { until } from '../support/until.ts';

const server = await startRedisServer();
afterAll(() => server.stop());

const a = await startRedisNode(server.url);
const b = await startRedisNode(server.url, a.database);
const nodes = [a, b];
const path = '/api/workout-templates';

const statuses = (key: string) => Promise.all(nodes.map(async (node) => (await node.get(path, key)).status));

describe('a partner who changes over to a new key', () => {
  it('uses both during the grace, on either node, and the new one alone from the second on at which the old one ends', async () => {
    const rotatedAt = new Date('2027-03-01T12:00:00.000Z');
    for (const node of nodes) node.clock.now = rotatedAt;
    const old = await a.mintKey();
    expect(await statuses(old.plaintext)).toEqual([200, 200]);
    const successor = await rotate(a, old.id, 3_600);
    const noticed = await b.get(path, old.plaintext);
    expect([noticed.status, noticed.headers.get('deprecation')]).toEqual([200, `@${rotatedAt.getTime() / 1000}`]);
    // The partner reads until when the old key works, and uses it up to the last moment.
    const sunsetAt = Date.parse(noticed.headers.get('sunset') ?? '');
    expect(sunsetAt).toBe(rotatedAt.getTime() + 3_600_000);
    for (const node of nodes) node.clock.now = new Date(sunsetAt - 1);
    expect(await statuses(old.plaintext)).toEqual([200, 200]);
    expect(await statuses(successor.plaintext)).toEqual([200, 200]);
    for (const node of nodes) node.clock.now = new Date(sunsetAt);
    expect(await statuses(old.plaintext)).toEqual([401, 401]);
    expect(await statuses(successor.plaintext)).toEqual([200, 200]);
  });

  it('is refused on B from the moment A rotates without a grace, disables the key or archives the partner', async () => {
    const ends = [
      (key: { id: string }) => rotate(a, key.id),
      (key: { id: string }) => changeKey(a, 'disableApiKey', key.id),
      (key: { partnerId: string }) => setArchived(a, key.partnerId, true),
    ];
    for (const end of ends) {
      const key = await a.mintKey();
      expect((await b.get(path, key.plaintext)).status).toBe(200);
      await end(key);
      expect((await b.get(path, key.plaintext)).status).toBe(401);
    }
  });
});

describe('what a key has consumed', () => {
  const fields = 'consumption { minute { used limit resetsAt } day { used limit } }';
  interface Consumption {
    consumption: { minute: { used: number; limit: number; resetsAt: string }; day: { used: number; limit: number } } | null;
  }

  it('is what all nodes have counted together, and is not known while Redis is away', async () => {
    const key = await a.mintKey({ requestsPerMinute: 4, requestsPerDay: 9 });
    for (let count = 0; count < 3; count++) expect(await statuses(key.plaintext)).toHaveLength(2);
    for (const node of nodes) {
      const { consumption } = await seenKey<Consumption>(node, key, fields);
      expect(consumption).toMatchObject({ minute: { used: 4, limit: 4 }, day: { used: 4, limit: 9 } });
      expect(consumption?.minute.resetsAt).toMatch(/^20/);
    }
    await server.stop();
    expect(await seenKey<Consumption>(a, key, fields)).toMatchObject({ consumption: null });
    expect(await seenKey<Consumption>(a, key, fields)).toMatchObject({ consumption: null });
    await server.startAgain();
    await until(async () => (await seenKey<Consumption>(a, key, fields)).consumption !== null);
  });
});
