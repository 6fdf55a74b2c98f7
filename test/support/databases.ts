/** A database of a test's own: a copy of the migrated one, thrown away afterwards. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import type { Log } from '../../src/platform/log.ts';

export interface TestDatabase extends Database {
  /** For a second process on the same database; Postgres only. */
  url: string | undefined;
}

export function openTestDatabase(log: Log): Promise<TestDatabase> {
  return process.env.TEST_DATABASE === 'postgres' ? openOnPostgres(log) : openEmbedded(log);
}

async function openEmbedded(log: Log): Promise<TestDatabase> {
  const archive = new Blob([await readFile(inject('embeddedArchive'))]);
  return { ...(await openDatabase({ embedded: await openEmbeddedPostgres(undefined, archive) }, log)), url: undefined };
}

async function openOnPostgres(log: Log): Promise<TestDatabase> {
  const name = `ekiden_test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')}`);
  url.pathname = `/${name}`;
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
