/** The database of the previous version, brought to this one's schema by the migrations, as a node does at its start. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { openDatabase } from '../../src/platform/database.ts';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { createLog } from '../../src/platform/log.ts';
import type { TestDatabase } from './databases.ts';
import { previousDatabase } from './previous-version.ts';

const log = createLog('warn');

/** Embedded or on Postgres, as the project of the test has it. */
export async function openUpgradedDatabase(): Promise<TestDatabase> {
  return process.env.TEST_DATABASE === 'postgres' ? onPostgres() : embedded();
}

async function embedded(): Promise<TestDatabase> {
  const place = await openEmbeddedPostgres();
  await load(place.connection);
  return { ...(await openDatabase({ embedded: place }, log)), url: undefined };
}

async function onPostgres(): Promise<TestDatabase> {
  const name = `ekiden_upgrade_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  await load({ connectionString: url.href });
  const database = await openDatabase({ databaseUrl: url.href }, log);
  return {
    ...database,
    url: url.href,
    async close() {
      await database.close();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

async function load(connection: pg.PoolConfig): Promise<void> {
  const pool = new pg.Pool({ ...connection, max: 1 });
  await pool.query(previousDatabase());
  await pool.end();
}
