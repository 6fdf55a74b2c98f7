/** One filled database of a size. On a server that is kept, what an earlier run has filled is used again. */
import pg from 'pg';
import { openDatabase } from '../../../src/platform/database.ts';
import { createLog } from '../../../src/platform/log.ts';
import { queryOnce } from '../local-servers.ts';
import { fillCatalogue } from './fill-catalogue.ts';
import { fillKeys } from './fill-keys.ts';
import { fillRunners } from './fill-runners.ts';
import type { Size } from './sizes.ts';

export const secretKey = '5ca1e'.repeat(13).slice(0, 64);

export interface FilledDatabase {
  url: string;
  apiKey: string;
  /** Of runners that have all the years. */
  contextTokens: string[];
}

/** Holds what the benchmark must know of the database; written last, so that half a database is none. */
const note = 'ekiden_bench_note';

export async function fillDatabase(serverUrl: string, size: Size): Promise<FilledDatabase> {
  const name = `ekiden_scale_${size.name}_${size.runnersWithAllYears}`;
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const found = await queryOnce<{ text: string }>(url, `SELECT "text" FROM ${note}`).catch(() => []);
  if (found[0]) return { url, ...JSON.parse(found[0].text) };
  await queryOnce(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await queryOnce(serverUrl, `CREATE DATABASE ${name}`);
  await (await openDatabase({ databaseUrl: url }, createLog('warn'))).close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await fillCatalogue(client, size.templates);
    const apiKey = await fillKeys(client, size.apiKeys, secretKey);
    const contextTokens = await fillRunners(client, size, secretKey);
    // As autovacuum leaves a database that has been there for a while.
    await client.query('VACUUM ANALYZE');
    await client.query(`CREATE TABLE ${note} ("text" text)`);
    await client.query(`INSERT INTO ${note} VALUES ($1)`, [JSON.stringify({ apiKey, contextTokens })]);
    return { url, apiKey, contextTokens };
  } finally {
    await client.end();
  }
}
