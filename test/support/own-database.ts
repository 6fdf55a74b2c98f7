/** An empty database on a given Postgres, for servers that migrate it themselves. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

export async function createDatabase(serverUrl: string) {
  const url = new URL(serverUrl);
  const name = `ekiden_own_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    /** Ends whatever is still connected. */
    async drop() {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}
