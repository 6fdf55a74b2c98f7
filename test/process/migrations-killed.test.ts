/** A first start that is killed with −9 at any point: the next one goes on from there, and makes the same database. */
import { readdirSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectWell, readingDoors } from '../support/doors.ts';
import { createEveryone } from '../support/everyone.ts';
import { nodeEnvironment, nodeToken, startNode } from '../support/node-process.ts';
import { type PostgresServer, postgresBin, startPostgresServer } from '../support/postgres-server.ts';
import { type Output, runAndKill, scratchFolder } from '../support/processes.ts';

const migrations = readdirSync('prisma/migrations').filter((entry) => !entry.includes('.'));

/** Of what a server logs. */
const appliedIn = (stderr: string) => stderr.match(/migration applied/g)?.length ?? 0;

async function expectWorks(environment: Record<string, string>): Promise<number> {
  const node = await startNode(environment);
  const doors = readingDoors(node.send, await createEveryone(node.ask, nodeToken));
  await expectWell(doors);
  await node.process.end();
  return appliedIn(node.process.output.stderr);
}

it('with the embedded database, while it is made and while it is migrated', async () => {
  const folder = scratchFolder();
  const environment = await nodeEnvironment({ dataDir: folder.path });
  const isMade = () => readdirSync(folder.path).some((name) => name.startsWith('postgres'));
  expect(await runAndKill(['serve'], environment, isMade)).toBe(true);
  // How far it has come by the time it hears of the signal is for the machine to say.
  const hasBegun = ({ stdout, stderr }: Output) => appliedIn(stderr) > 0 || stdout.includes('running at');
  expect(await runAndKill(['serve'], environment, hasBegun)).toBe(true);
  expect(await expectWorks(environment)).toBeLessThan(migrations.length);
  folder.remove();
}, 600_000);

describe.skipIf(!postgresBin)('with Postgres', () => {
  let postgres: PostgresServer;
  let admin: pg.Client;
  beforeAll(async () => {
    postgres = await startPostgresServer();
    admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
  });
  afterAll(async () => {
    await admin?.end();
    await postgres?.close();
  });

  it('in the middle of a migration', async () => {
    const environment = await nodeEnvironment({ databaseUrl: postgres.url });
    // Each change of the schema takes a while, so that a kill comes in the middle of one.
    await admin.query(`CREATE FUNCTION linger() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.03); END'`);
    await admin.query('CREATE EVENT TRIGGER linger ON ddl_command_end EXECUTE FUNCTION linger()');
    expect(await runAndKill(['serve'], environment, async () => (await migratingSessions()) === 1)).toBe(true);
    await admin.query('DROP EVENT TRIGGER linger');

    expect(await expectWorks(environment)).toBe(migrations.length);
    const { rows } = await admin.query(
      'SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    expect(new Set(rows.map((row) => row.migration_name))).toEqual(new Set(migrations));
  }, 600_000);

  async function migratingSessions(): Promise<number> {
    const { rows } = await admin.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
    return rows.length;
  }
});
