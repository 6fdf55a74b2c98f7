/** Ten thousand requests on two nodes, each with connections of its own: counted exactly, and hardly anything is written. */
import pino from 'pino';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database.ts';
import { startGateway } from '../support/gateway.ts';
import { seenKey } from '../support/keys.ts';
import { recordStatements } from '../support/statements.ts';

const a = await startGateway();
const second = await openDatabase({ databaseUrl: a.database.url ?? '' }, pino({ level: 'silent' }));
afterAll(() => second.close());
const b = await startGateway({ database: { ...second, url: a.database.url } });

const requestsPerPhase = 5_000;
/** Requests under way at once. */
const width = 8;
/** What each node lets the narrow key do in a day; there is no Redis here, so each counts for itself. */
const narrowPerNode = 150;

/** On either side of a midnight; the second node's clock is ahead. */
const phases = [
  { day: '2027-06-30', onA: '2027-06-30T23:30:00.000Z', onB: '2027-06-30T23:30:05.000Z' },
  { day: '2027-07-01', onA: '2027-07-01T00:30:00.000Z', onB: '2027-07-01T00:30:05.000Z' },
];

it('10 000 requests on two nodes leave exact counts and the exact last moment, with fewer than 200 writes', async () => {
  const wide = { requestsPerMinute: 1_000_000, requestsPerDay: 1_000_000 };
  const keys = [await a.mintKey(wide), await a.mintKey(wide), await a.mintKey({ ...wide, requestsPerDay: narrowPerNode })];
  const onlyOnA = await a.mintKey(wide);
  const recorded = recordStatements();
  const wanted = new Map<string, Record<string, { requests: number; refused: number }>>();

  for (const { day, onA, onB } of phases) {
    [a.clock.now, b.clock.now] = [new Date(onA), new Date(onB)];
    let sent = 0;
    const sendInTurn = async () => {
      while (sent < requestsPerPhase) {
        const index = sent++;
        const key = keys[index % 4] ?? onlyOnA;
        const node = key === onlyOnA || index % 8 < 4 ? a : b;
        const { status } = await node.get('/api/key', key.plaintext, { method: 'HEAD' });
        expect([200, 429]).toContain(status);
        const days = wanted.get(key.id) ?? {};
        const { requests, refused } = days[day] ?? { requests: 0, refused: 0 };
        days[day] = { requests: requests + 1, refused: refused + (status === 429 ? 1 : 0) };
        wanted.set(key.id, days);
      }
    };
    await Promise.all(Array.from({ length: width }, sendInTurn));
  }
  await Promise.all([a.flushUsage(), b.flushUsage()]);
  recorded.stop();

  const written = recorded.writes().length;
  console.log(`${recorded.statements.length} statements, ${written} of them write`);
  expect(written).toBeGreaterThan(0);
  expect(written).toBeLessThan(200);
  for (const key of [...keys, onlyOnA]) {
    const { usage, lastUsedAt } = await seenKey<{ usage: { day: string }[]; lastUsedAt: string }>(
      a,
      key,
      'lastUsedAt usage(days: 2) { day requests refused }',
    );
    expect(usage).toEqual(phases.map(({ day }) => ({ day, ...wanted.get(key.id)?.[day] })));
    expect(lastUsedAt).toBe(key === onlyOnA ? phases[1]?.onA : phases[1]?.onB);
  }
  const ofNarrow = Object.values(wanted.get(keys[2]?.id ?? '') ?? {});
  expect(ofNarrow.reduce((sum, { requests, refused }) => sum + requests - refused, 0)).toBe(2 * narrowPerNode);
}, 300_000);

it('nodes that write the same keys down at the same moment neither wait for each other in a circle nor lose a count', async () => {
  const nodes = [a, b, await startGateway({ database: a.database }), await startGateway({ database: { ...second, url: a.database.url } })];
  const keys: { id: string }[] = [];
  while (keys.length < 12) keys.push(await a.mintKey());
  for (let round = 0; round < 5; round++) {
    // Each node meets the keys in another order, and so would write them.
    for (const [index, node] of nodes.entries()) {
      const order = index % 2 ? keys.toReversed() : keys;
      for (const { id } of order) node.parts.gate.base.keyUsage.count({ keyId: id, secretKeyId: 'a' }, false);
    }
    await Promise.all(nodes.map((node) => node.flushUsage()));
  }
  const rows = await a.db.apiKeyDay.groupBy({
    by: ['apiKeyId'],
    where: { apiKeyId: { in: keys.map(({ id }) => id) } },
    _sum: { requests: true },
  });
  expect(rows.map(({ _sum }) => _sum.requests)).toEqual(Array(12).fill(20));
  for (const node of nodes) expect(node.logged()).not.toContain('tried again');
});
