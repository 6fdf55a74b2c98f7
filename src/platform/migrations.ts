/**
 * Applies prisma/migrations at start, recorded exactly as `prisma migrate deploy` records them, so that either
 * tool can follow the other on the same database.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Pool, PoolClient } from 'pg';
import type { Log } from './log.ts';
import { packageRoot } from './package-root.ts';

/** The database's migrations and this version's do not fit together; the message says how to go on. */
export class MigrationError extends Error {}

/** The advisory lock that Prisma's own engine takes while it migrates. */
const prismaLockId = 72707369;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

function readMigrations(): Migration[] {
  const folder = path.join(packageRoot, 'prisma/migrations');
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Brings the database to this version's schema: each missing migration in a transaction of its own. Several
 * nodes may start at once; one migrates, the others wait for it.
 *
 * @throws MigrationError when an applied migration was changed, or failed half-way under another tool.
 */
export async function applyMigrations(pool: Pool, log: Log): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [prismaLockId]);
    await client.query(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
      "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
      "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`);
    const { rows } = await client.query<AppliedMigration>(
      'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row]));
    for (const migration of readMigrations()) {
      const record = applied.get(migration.name);
      if (record) requireSame(migration, record);
      else await applyMigration(client, migration, log);
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [prismaLockId]).finally(() => client.release());
  }
}

function requireSame(migration: Migration, record: AppliedMigration): void {
  if (record.finished_at === null) {
    throw new MigrationError(
      `the migration ${migration.name} failed half-way earlier; repair the database, then mark it with "prisma migrate resolve"`,
    );
  }
  if (record.checksum !== migration.checksum) {
    throw new MigrationError(`the migration ${migration.name} differs from the one this database was made with`);
  }
}

async function applyMigration(client: PoolClient, migration: Migration, log: Log): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query(
      'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)',
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
    log.info({ migration: migration.name }, 'migration applied');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
