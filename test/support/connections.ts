/** The connections to a database, as its server sees them. */
import pg from 'pg';

/** How many there are, and how many of them are in the middle of something; what asks does not count. */
export async function connectionsTo(url: string): Promise<{ all: number; busy: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ all: number; busy: number }>(
    `SELECT count(*)::int AS all, count(*) FILTER (WHERE state <> 'idle')::int AS busy
     FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  await client.end();
  return rows[0] ?? { all: 0, busy: 0 };
}
