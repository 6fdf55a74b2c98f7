/** Once per suite: a migrated database, from which every test file gets a copy of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/platform/database.ts';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { createLog } from '../../src/platform/log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A file with the migrated embedded database. */
    embeddedArchive: string;
    /** The name of the migrated Postgres database. */
    templateDatabase: string;
  }
}

const log = createLog('warn');

export default async function setup(project: TestProject) {
  const { TEST_DATABASE_URL, TEST_REDIS_URL } = process.env;
  if (project.name === 'browser') return setUpEmbedded(project);
  if (project.name === 'embedded') {
    const missing = [!TEST_DATABASE_URL && 'postgres (TEST_DATABASE_URL)', !TEST_REDIS_URL && 'redis (TEST_REDIS_URL)'].filter(Boolean);
    if (missing.length > 0) console.log(`Left out, because their server is not given: ${missing.join(', ')}`);
    return setUpEmbedded(project);
  }
  if (!TEST_DATABASE_URL) throw new Error('TEST_DATABASE_URL is not set');
  return setUpPostgres(project, TEST_DATABASE_URL);
}

async function setUpEmbedded(project: TestProject) {
  const folder = await mkdtemp(path.join(tmpdir(), 'ekiden-test-'));
  const archive = path.join(folder, 'database.tar');
  const embedded = await openEmbeddedPostgres();
  const database = await openDatabase({ embedded }, log);
  await writeFile(archive, new Uint8Array(await (await embedded.dump()).arrayBuffer()));
  await database.close();
  project.provide('embeddedArchive', archive);
  return () => rm(folder, { recursive: true });
}

async function setUpPostgres(project: TestProject, serverUrl: string) {
  const name = `ekiden_template_${project.name}_${process.pid}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${name}`);
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await (await openDatabase({ databaseUrl: url.href }, log)).close();
  project.provide('templateDatabase', name);
  return async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  };
}
