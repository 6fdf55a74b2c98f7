/** Reads and transactions do not starve each other, and whoever waits too long hears so soon. */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { isDatabaseUnavailable } from '../../src/platform/database-errors.ts';
import { connectionsTo } from '../support/connections.ts';
import { expectUnavailable, expectWell, readingDoors, type Send, writingDoors } from '../support/doors.ts';
import { createEveryone } from '../support/everyone.ts';
import { adminToken, publicUrl, startGateway } from '../support/gateway.ts';
import { operatorOf } from '../support/operator.ts';
import { until } from '../support/until.ts';

const gateway = await startGateway();
const { db, database } = gateway;
const { pool } = database;
const url = database.url ?? '';
const send: Send = (path, init) => gateway.app.fetch(new Request(`${publicUrl}${path}`, init));
const shown = await createEveryone(operatorOf(send, adminToken), adminToken);
const reading = readingDoors(send, shown);

// The first of each costs more than the others.
await expectWell(reading);

const isQuiet = async () => (await connectionsTo(url)).busy === 0;

async function withClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe('transactions that take all their connections', () => {
  it('leave reads alone, let further ones go with 503, and come to their end', async () => {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const long = Array.from({ length: 10 }, () =>
      db.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1`;
        await ended;
        return tx.$queryRaw`SELECT 'done' AS said`;
      }),
    );
    await until(async () => (await connectionsTo(url)).busy === 10);
    try {
      await expectWell(reading);
      const { 'signing in': _reads, ...changes } = writingDoors(send, shown);
      await expectUnavailable(changes);
    } finally {
      end();
    }
    expect(await Promise.all(long)).toEqual(Array(10).fill([{ said: 'done' }]));
    await until(isQuiet);
    expect((await connectionsTo(url)).all).toBeLessThanOrEqual(20);
  });
});

describe('reads that take all their connections', () => {
  it('are ended by the server, and the connections go on', async () => {
    const { 'workout templates never asked for': list, 'a new partner': change } = { ...reading, ...writingDoors(send, shown) };
    const pids = async () => {
      const asked = Array.from({ length: 10 }, () => pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid, pg_sleep(0.1)::text'));
      return new Set((await Promise.all(asked)).map(({ rows }) => rows[0]?.pid));
    };
    const before = await pids();
    await withClient(async (client) => {
      await client.query('BEGIN');
      await client.query('LOCK TABLE "WorkoutTemplate" IN ACCESS EXCLUSIVE MODE');
      await expectUnavailable(
        Object.fromEntries(Array.from({ length: 5 }, (_all, index) => [`list ${index}`, list as () => Promise<Response>])),
      );
      expect((await change?.())?.status).toBe(200);
      await client.query('ROLLBACK');
    });
    expect(await pids()).toEqual(before);
    await expectWell(reading);
  });

  it('let those who come in vain go with 503, however many statements they would have asked', async () => {
    const slow = Array.from({ length: 30 }, () => pool.query('SELECT pg_sleep(0.9)::text').catch((error) => error));
    await expectUnavailable({ list: reading['workout templates never asked for'] as () => Promise<Response> });
    const ends = await Promise.all(slow);
    expect(ends.filter((end) => end instanceof Error).every(isDatabaseUnavailable)).toBe(true);
    await until(isQuiet);
    await expectWell(reading);
  });
});

describe('a statement that takes longer than a request may wait', () => {
  it('is given up when a request reads', async () => {
    await expect(db.$queryRaw`SELECT pg_sleep(3)::text`).rejects.toSatisfy(isDatabaseUnavailable);
    await until(isQuiet);
  });

  it('goes on when it is part of a transaction, as in an import', async () => {
    expect(await db.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(1.5)::text AS slept`)).toEqual([{ slept: '' }]);
  });
});

describe('a named statement', () => {
  const text = 'SELECT "n" FROM "Named"';
  const ask = async () => (await pool.query<{ n: unknown }>({ name: 'named', text })).rows[0]?.n;
  const onEach = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 10 }, work));

  it('is answered after the server has lost it, its plan no longer fits, and all connections were ended', async () => {
    await pool.query('CREATE TABLE "Named" AS SELECT 1::int AS "n"');
    expect(await onEach(ask)).toEqual(Array(10).fill(1));

    await onEach(() => pool.query('DISCARD ALL'));
    expect(await onEach(ask)).toEqual(Array(10).fill(1));

    await onEach(ask);
    await withClient((client) => client.query(`ALTER TABLE "Named" ALTER COLUMN "n" TYPE text USING 'one'`));
    expect(await onEach(ask)).toEqual(Array(10).fill('one'));

    await withClient((client) =>
      client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'),
    );
    await until(() => pool.idleCount === 0);
    expect(await onEach(ask)).toEqual(Array(10).fill('one'));
  });

  it('that is wrong is refused as it is, and once', async () => {
    const wrong = pool.query({ name: 'wrong', text: 'SELECT "nothing" FROM "Named"' });
    await expect(wrong).rejects.toMatchObject({ code: '42703' });
  });
});
