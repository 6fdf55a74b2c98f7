/** What operators are told of a key's use: counted in memory, written down in batches, exact. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Db } from '../src/platform/database.ts';
import { startGateway } from './support/gateway.ts';
import { rotate, seenKey } from './support/keys.ts';
import { recordStatements } from './support/statements.ts';
import { until } from './support/until.ts';

const a = await startGateway();
const b = await startGateway({ database: a.database });
const path = '/api/key';

interface KeyDay {
  day: string;
  requests: number;
  refused: number;
}

const usageOf = async (key: { id: string; partnerId: string }, days?: number) =>
  (await seenKey<{ usage: KeyDay[] }>(a, key, `usage${days === undefined ? '' : `(days: ${days})`} { day requests refused }`)).usage;
const used = (days: KeyDay[]) => days.filter(({ requests }) => requests > 0);

function setTime(instant: string) {
  for (const node of [a, b]) node.clock.now = new Date(instant);
}

describe('requests of a key', () => {
  it('are counted per day, refused ones too, whatever the door and the answer, once both nodes have written them down', async () => {
    setTime('2027-03-01T23:59:59.999Z');
    const key = await a.mintKey({ requestsPerMinute: 4, scopes: ['workout-templates:read'] });
    await a.get(path, key.plaintext);
    await a.get('/api/training-plan-templates', key.plaintext);
    await a.get('/api/workout-templates/nothing', key.plaintext, { method: 'HEAD' });
    setTime('2027-03-02T00:00:00.000Z');
    await a.graphql('{ apiKey { id } workoutTemplates { total } }', {}, { 'X-API-Key': key.plaintext });
    for (let count = 0; count < 3; count++) expect((await a.get(path, key.plaintext)).status).toBe(429);
    await b.get(path, key.plaintext);
    // Whoever does not have the key does not use it.
    await a.get(path, `${key.plaintext.slice(0, -1)}_`);
    expect(used(await usageOf(key))).toEqual([]);
    await a.flushUsage();
    await b.flushUsage();
    const wanted = [
      { day: '2027-03-01', requests: 3, refused: 0 },
      { day: '2027-03-02', requests: 5, refused: 3 },
    ];
    expect(used(await usageOf(key))).toEqual(wanted);
    expect((await seenKey(a, key)).lastUsedAt).toBe('2027-03-02T00:00:00.000Z');
    for (const node of [a, b]) await node.flushUsage();
    expect(used(await usageOf(key))).toEqual(wanted);
  });

  it('are shown for 30 days up to today unless said otherwise, oldest first, days without any too', async () => {
    setTime('2027-03-30T10:00:00.000Z');
    const key = await a.mintKey();
    for (const time of ['2027-02-28T12:00:00.000Z', '2027-03-01T12:00:00.000Z', '2027-03-30T10:00:00.000Z']) {
      setTime(time);
      await a.get(path, key.plaintext);
    }
    await a.flushUsage();
    const days = await usageOf(key);
    expect(days).toHaveLength(30);
    expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).toSorted());
    expect([days[0], days[1], days.at(-1)]).toEqual([
      { day: '2027-03-01', requests: 1, refused: 0 },
      { day: '2027-03-02', requests: 0, refused: 0 },
      { day: '2027-03-30', requests: 1, refused: 0 },
    ]);
    expect(await usageOf(key, 31)).toHaveLength(31);
    expect(used(await usageOf(key, 31))).toHaveLength(3);
    expect(await usageOf(key, -5)).toEqual([{ day: '2027-03-30', requests: 1, refused: 0 }]);
    expect(await usageOf(key, 2_147_483_647)).toHaveLength(366);
  });

  it('never turn the time of the last one back, whichever node writes last', async () => {
    const key = await a.mintKey();
    a.clock.now = new Date('2027-04-01T12:00:00.000Z');
    b.clock.now = new Date('2027-04-01T11:59:00.000Z');
    for (const node of [a, b]) await node.get(path, key.plaintext);
    for (const node of [a, b]) await node.flushUsage();
    expect((await seenKey(a, key)).lastUsedAt).toBe('2027-04-01T12:00:00.000Z');
  });

  it('are written down by themselves, with one statement for all keys, and none for a request', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => a.mintKey()));
    const recorded = recordStatements();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      for (const { plaintext } of [...keys, ...keys]) await a.get(path, plaintext);
      expect(recorded.writes()).toEqual([]);
      vi.advanceTimersByTime(10_000);
    } finally {
      vi.useRealTimers();
    }
    await until(async () => (await a.db.apiKeyDay.count({ where: { apiKeyId: keys[0]?.id } })) === 1);
    recorded.stop();
    expect(recorded.writes()).toHaveLength(1);
    for (const key of keys) expect(used(await usageOf(key))).toMatchObject([{ requests: 2 }]);
  });

  it('are kept and tried again when they cannot be written down', async () => {
    let failures = 1;
    const failing = a.db.$extends({
      query: {
        $executeRaw({ args, query }) {
          if (failures-- > 0) throw new Error('the database is away');
          return query(args);
        },
      },
    });
    const c = await startGateway({ database: { ...a.database, db: failing as unknown as Db } });
    const key = await a.mintKey();
    await c.get(path, key.plaintext);
    await c.flushUsage();
    expect(used(await usageOf(key))).toEqual([]);
    await c.get(path, key.plaintext);
    await c.flushUsage();
    expect(await a.db.apiKeyDay.findMany({ where: { apiKeyId: key.id } })).toMatchObject([{ requests: 2, refused: 0 }]);
  });
});

describe('what a key has consumed', () => {
  // The limiter asks the machine what time it is.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-05-01T10:00:00.000Z') });
    setTime('2027-05-01T10:00:00.000Z');
  });
  afterEach(() => void vi.useRealTimers());

  const consumption = async (key: { id: string; partnerId: string }) =>
    (await seenKey<{ consumption: unknown }>(a, key, 'consumption { minute { used limit resetsAt } day { used limit resetsAt } }'))
      .consumption;

  it('is told for the minute and the day that are open, and asking consumes nothing', async () => {
    const key = await a.mintKey({ requestsPerMinute: 3, requestsPerDay: 100 });
    expect(await consumption(key)).toEqual({
      minute: { used: 0, limit: 3, resetsAt: null },
      day: { used: 0, limit: 100, resetsAt: null },
    });
    for (let count = 0; count < 5; count++) await a.get(path, key.plaintext);
    for (let time = 0; time < 3; time++) {
      expect(await consumption(key)).toEqual({
        minute: { used: 3, limit: 3, resetsAt: '2027-05-01T10:01:00.000Z' },
        // The minute refused two, which did not count against the day.
        day: { used: 3, limit: 100, resetsAt: '2027-05-02T10:00:00.000Z' },
      });
    }
    vi.setSystemTime(new Date('2027-05-01T10:01:00.000Z'));
    setTime('2027-05-01T10:01:00.000Z');
    expect(await consumption(key)).toMatchObject({ minute: { used: 0, resetsAt: null }, day: { used: 3 } });
  });

  it('begins anew with a successor', async () => {
    const key = await a.mintKey();
    await a.get(path, key.plaintext);
    const { apiKey } = await rotate(a, key.id, 60);
    expect(await consumption({ id: apiKey.id, partnerId: key.partnerId })).toMatchObject({ minute: { used: 0 }, day: { used: 0 } });
  });
});

describe('the desk', () => {
  it('asks the database no more often for ten keys than for one', async () => {
    const recorded = recordStatements();
    onTestFinished(recorded.stop);
    const document = `query ($id: ID!) { partner(id: $id) { apiKeys { status lastUsedAt usage { requests } consumption { day { used } }
      replacedBy { id } rotatedFrom { id } } } }`;
    const statementsFor = async (id: string) => {
      const before = recorded.statements.length;
      expect((await a.graphql(document, { id })).errors).toBeUndefined();
      return recorded.statements.length - before;
    };
    const { partnerId } = await a.mintKey();
    const forOne = await statementsFor(partnerId);
    await Promise.all(Array.from({ length: 9 }, () => a.mintKey({ partnerId })));
    expect(await statementsFor(partnerId)).toBe(forOne);
    expect(forOne).toBeLessThanOrEqual(6);
  });
});
