/** How a database comes to this version's schema when servers start on it. */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database.ts';
import { MigrationError } from '../../src/platform/migrations.ts';

const log = pino({ level: 'silent' });
const name = `ekiden_empty_${randomUUID().replaceAll('-', '')}`;
const url = new URL(process.env.TEST_DATABASE_URL ?? '');
const admin = new pg.Client({ connectionString: url.href });
await admin.connect();
await admin.query(`CREATE DATABASE ${name}`);
url.pathname = `/${name}`;
const client = new pg.Client({ connectionString: url.href });
await client.connect();
afterAll(async () => {
  await client.end();
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.end();
});

const folder = 'prisma/migrations';
const migrations = readdirSync(folder)
  .filter((entry) => !entry.includes('.'))
  .sort();

const startNode = async () => (await openDatabase({ databaseUrl: url.href }, log)).close();

it('three nodes that start at once on an empty database apply each migration once, recorded as Prisma records it', async () => {
  await Promise.all([startNode(), startNode(), startNode()]);
  const { rows } = await client.query(
    'SELECT migration_name, checksum, finished_at, applied_steps_count FROM "_prisma_migrations" ORDER BY 1',
  );
  expect(rows).toEqual(
    migrations.map((migration) => ({
      migration_name: migration,
      checksum: createHash('sha256')
        .update(readFileSync(path.join(folder, migration, 'migration.sql')))
        .digest('hex'),
      finished_at: expect.any(Date),
      applied_steps_count: 1,
    })),
  );
});

it.each([
  ['differs from the one this database was made with', `"checksum" = 'another'`],
  ['failed half-way earlier', '"finished_at" = NULL'],
])('a node does not start where a migration %s, and says which', async (reason, change) => {
  const [first = ''] = migrations;
  const { rows } = await client.query('SELECT checksum, finished_at FROM "_prisma_migrations" WHERE migration_name = $1', [first]);
  await client.query(`UPDATE "_prisma_migrations" SET ${change} WHERE migration_name = $1`, [first]);
  const refused = startNode();
  await expect(refused).rejects.toBeInstanceOf(MigrationError);
  await expect(refused).rejects.toThrow(new RegExp(`${first} ${reason}`));
  const { checksum, finished_at } = rows[0];
  await client.query('UPDATE "_prisma_migrations" SET checksum = $2, finished_at = $3 WHERE migration_name = $1', [
    first,
    checksum,
    finished_at,
  ]);
  await startNode();
});
