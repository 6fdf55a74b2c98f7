/** A server that is killed while it writes: what it had acknowledged is there afterwards, and nothing is there by half. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killRounds } from '../support/kill-rounds.ts';
import { nodeEnvironment } from '../support/node-process.ts';
import { type PostgresServer, postgresBin, startPostgresServer } from '../support/postgres-server.ts';
import { scratchFolder } from '../support/processes.ts';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);

it('with the embedded database: three times in the middle of writes', async () => {
  const folder = scratchFolder();
  const report = await killRounds({ environment: await nodeEnvironment({ dataDir: folder.path }), rounds: 3, seed });
  folder.remove();
  expect(report.unheard).toBeGreaterThan(0);
}, 600_000);

describe.skipIf(!postgresBin)('with Postgres', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgresServer();
  });
  afterAll(() => postgres?.close());

  it('twice in the middle of writes, and Postgres itself twice', async () => {
    const environment = await nodeEnvironment({ databaseUrl: postgres.url });
    async function crashDatabase() {
      await postgres.kill();
      await postgres.start();
    }
    const report = await killRounds({ environment, rounds: 4, seed, crashDatabase });
    expect(report.unheard).toBeGreaterThan(0);
  }, 600_000);
});
