/** A Postgres that hangs, crashes or ends its sessions: the process lives on, says 503, and is well again by itself. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionsTo } from '../support/connections.ts';
import { type Doors, expectUnavailable, expectWell, readingDoors, writingDoors } from '../support/doors.ts';
import { createEveryone } from '../support/everyone.ts';
import { type NodeProcess, nodeEnvironment, nodeToken, startNode } from '../support/node-process.ts';
import { type PostgresServer, postgresBin, startPostgresServer } from '../support/postgres-server.ts';
import { until } from '../support/until.ts';

/** Milliseconds from the server's return until it is well without a credential, with a key and in a transaction. */
const healedWithinMs = 2_000;

describe.skipIf(!postgresBin)('a gateway', () => {
  let postgres: PostgresServer;
  let node: NodeProcess;
  let reading: Doors;
  let everyDoor: Doors;

  beforeAll(async () => {
    postgres = await startPostgresServer();
    node = await startNode(await nodeEnvironment({ databaseUrl: postgres.url }));
    const shown = await createEveryone(node.ask, nodeToken);
    reading = readingDoors(node.send, shown);
    everyDoor = { ...reading, ...writingDoors(node.send, shown) };
    await expectWell(reading);
  }, 120_000);

  afterAll(async () => {
    await node?.process.end();
    await postgres?.close();
  });

  async function expectHealed() {
    const backAt = performance.now();
    const { 'the own key': key, 'a new partner': change } = everyDoor;
    await until(async () => [await node.send('/readyz'), await key?.(), await change?.()].every((answer) => answer?.status === 200));
    expect(performance.now() - backAt).toBeLessThan(healedWithinMs);
    await expectWell(reading);
    expect(node.process.hasEnded()).toBe(false);
    await until(async () => (await connectionsTo(postgres.url)).busy === 0);
    expect((await connectionsTo(postgres.url)).all).toBeLessThanOrEqual(20);
  }

  it('outlives a Postgres whose processes are all stopped where they stand', async () => {
    postgres.hang();
    await expectUnavailable(everyDoor);
    expect((await node.send('/livez')).status).toBe(200);
    postgres.goOn();
    await expectHealed();
  });

  it('outlives a Postgres that is killed under requests and started again', async () => {
    const statuses = await whileAsking(async () => {
      await postgres.kill();
      await expectUnavailable(everyDoor);
      await postgres.start();
    });
    expect(statuses).toEqual(new Set([200, 503]));
    await expectHealed();
  });

  it('outlives the end of all its sessions, again and again, under requests', async () => {
    const admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
    const statuses = await whileAsking(async () => {
      for (let round = 0; round < 10; round++) {
        const { rows } = await admin.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
        );
        expect(rows.length).toBeGreaterThan(0);
        await until(async () => (await node.send('/readyz')).status === 200);
      }
    });
    await admin.end();
    expect([200, 503]).toEqual(expect.arrayContaining([...statuses]));
    await expectHealed();
  });

  /** Asks without a pause while something happens, four at a time, and gives every status there was. */
  async function whileAsking(happens: () => Promise<void>): Promise<Set<number>> {
    const statuses = new Set<number>();
    let isOver = false;
    const asking = Object.values(reading)
      .slice(0, 4)
      .map(async (ask) => {
        while (!isOver) statuses.add((await ask()).status);
      });
    await happens().finally(() => {
      isOver = true;
    });
    await Promise.all(asking);
    return statuses;
  }
});
