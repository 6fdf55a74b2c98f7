/** How the history of templates begins in a database that has templates already. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';

const name = `ekiden_history_${randomUUID().replaceAll('-', '')}`;
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
const first = migrations.findIndex((migration) => migration.endsWith('_template_history'));

async function apply(names: string[]) {
  for (const migration of names) await client.query(readFileSync(path.join(folder, migration, 'migration.sql'), 'utf8'));
}

it('is the creation of what never changed, and of the rest an entry at the version it had', async () => {
  await apply(migrations.slice(0, first));
  await client.query(`INSERT INTO "WorkoutTemplate" ("id", "slug", "name", "category", "tags", "blocks", "visibility", "status", "createdAt")
    SELECT gen_random_uuid(), slug, slug, 'EASY', '{}', '[]', 'PRIVATE', 'DRAFT', '2020-01-01T00:00:00Z' FROM unnest(ARRAY['new', 'old']) AS slug`);
  await client.query(`UPDATE "WorkoutTemplate" SET "name" = 'older' WHERE "slug" = 'old'`);
  await apply(migrations.slice(first));
  await client.query(`UPDATE "WorkoutTemplate" SET "name" = 'oldest' WHERE "slug" = 'old'`);
  const { rows } = await client.query(
    `SELECT change."version", "at" < now() - interval '1 year' AS long_ago, "actorKind", "before", "after"->>'name' AS name 
     FROM "TemplateChange" AS change JOIN "WorkoutTemplate" ON "id" = "templateId" ORDER BY "slug", change."version"`,
  );
  expect(rows).toEqual([
    { version: 1, long_ago: true, actorKind: null, before: null, name: 'new' },
    { version: 2, long_ago: false, actorKind: null, before: null, name: 'older' },
    { version: 3, long_ago: false, actorKind: null, before: { name: 'older' }, name: 'oldest' },
  ]);
});
