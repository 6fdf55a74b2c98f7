/** What an unchanged poll costs the database, by Postgres' own count: needs pg_stat_statements among the server's preloaded libraries. */
import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { insertWorkoutRow } from '../support/template-rows.ts';

const gateway = await startGateway();
const { pool } = gateway.database;
const polls = 50;

const { rows } = await pool.query<{ shared_preload_libraries: string }>('SHOW shared_preload_libraries');
const counts = rows[0]?.shared_preload_libraries.includes('pg_stat_statements');

/** The statements of this database that read, and how often each was called. */
async function reads(): Promise<{ query: string; calls: number }[]> {
  const found = await pool.query<{ query: string; calls: number }>(`
    SELECT query, calls::int FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
    WHERE datname = current_database() AND query ILIKE 'SELECT%' AND query NOT ILIKE '%pg_stat_statements%'`);
  return found.rows;
}

describe.skipIf(!counts)('an unchanged poll', () => {
  it.each(['', '?updatedSince=2100-01-01T00:00:00Z', '?per_page=5&includeRemoved=true'])(
    'of /api/workout-templates%s is one statement',
    async (query) => {
      await insertWorkoutRow(gateway.db);
      const { plaintext: key } = await gateway.mintKey({ requestsPerMinute: 1_000 });
      const poll = () => gateway.get(`/api/workout-templates${query}`, key);
      expect((await poll()).status).toBe(200);
      await pool.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
      await pool.query('SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)');
      for (let count = 0; count < polls; count++) expect((await poll()).status).toBe(200);
      const counted = await reads();
      expect(counted.map(({ calls }) => calls)).toEqual([polls]);
      expect(counted[0]?.query).toContain('"ApiKey"');
    },
  );
});
