/** The database: one pool of connections, which Prisma and the few raw statements share. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../../prisma/generated/client/client.ts';
import { type EmbeddedPostgres, openEmbeddedPostgres } from './embedded-postgres.ts';
import type { Log } from './log.ts';
import { applyMigrations } from './migrations.ts';

export type Db = PrismaClient;

export interface Database {
  db: Db;
  kind: 'postgres' | 'embedded';
  close(): Promise<void>;
}

/** Every wait for the database ends within these, so that a lost or hung server is an answer, not a hang. */
const timeouts = {
  connectionTimeoutMillis: 1_000,
  query_timeout: 30_000,
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 60_000,
};

/**
 * Connects to `databaseUrl`, or to the embedded database in `dataDir` without one, and applies the migrations
 * that are missing.
 *
 * @throws DataFolderInUse, MigrationError, or the driver's error when the server cannot be reached.
 */
export async function openDatabase(
  place: { databaseUrl: string } | { dataDir: string } | { embedded: EmbeddedPostgres },
  log: Log,
): Promise<Database> {
  const embedded = 'databaseUrl' in place ? undefined : 'embedded' in place ? place.embedded : await openEmbeddedPostgres(place.dataDir);
  const pool = new pg.Pool(
    'databaseUrl' in place ? { connectionString: place.databaseUrl, max: 10, keepAlive: true, ...timeouts } : embedded?.connection,
  );
  // Without a listener a connection that the server drops while idle would end the process.
  pool.on('error', (error) => log.warn({ error: error.message }, 'an idle database connection was lost'));
  const db = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 5_000, timeout: 20_000 },
  });
  const close = async () => {
    await db.$disconnect();
    await pool.end();
    await embedded?.close();
  };
  try {
    await applyMigrations(pool, log);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, kind: embedded ? 'embedded' : 'postgres', close };
}
