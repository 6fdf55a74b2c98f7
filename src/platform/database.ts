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
  /** The connections under `db`. */
  pool: pg.Pool;
  kind: 'postgres' | 'embedded';
  /** Everything in it, as it is at one moment, as an archive; null where the server is not ours to copy. */
  dump: (() => Promise<Blob>) | null;
  close(): Promise<void>;
}

/** Milliseconds. Every wait for the database ends within these, so that a lost or hung server is an answer, not a hang. */
const timeouts = {
  connectionTimeoutMillis: 1_000,
  // For what runs in a transaction: an import writes thousands of rows, and writers wait for each other.
  query_timeout: 30_000,
  statement_timeout: 30_000,
  // Writers that wait for each other hold connections that readers need.
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 60_000,
};

/** Milliseconds for a statement outside a transaction: a request is waiting for it, and it reads a page at most. */
const readTimeoutMs = 1_000;

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
  const pool = 'databaseUrl' in place ? openPool(place.databaseUrl) : new pg.Pool(embedded?.connection);
  // Without a listener a connection that the server drops while idle would end the process.
  pool.on('error', (error) => log.warn({ error: error.message }, 'an idle database connection was lost'));
  const db = new PrismaClient({
    adapter: new PrismaPg(pool),
    // Otherwise a message repeats the arguments of the call, values and all.
    errorFormat: 'minimal',
    // An embedded database begins no transaction before the one under way has ended.
    transactionOptions: { maxWait: embedded ? 5_000 : 1_500, timeout: 20_000 },
  });
  const close = async () => {
    await db.$disconnect();
    await pool.end();
    await embedded?.close();
  };
  try {
    if ('databaseUrl' in place) await migrate(place.databaseUrl, log);
    else await applyMigrations(pool, log);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, pool, kind: embedded ? 'embedded' : 'postgres', dump: embedded?.dump ?? null, close };
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 10, keepAlive: true, ...timeouts });
  // Transactions take a client of their own and are not concerned. A client that ran out of time leaves the pool.
  const query = pool.query.bind(pool) as (config: object, values?: unknown[]) => Promise<pg.QueryResult>;
  pool.query = ((asked: string | pg.QueryConfig, values?: unknown[]) => {
    const config = typeof asked === 'string' ? { text: asked } : asked;
    return query({ ...config, query_timeout: readTimeoutMs }, values);
  }) as typeof pool.query;
  return pool;
}

/** On a connection without a limit: an index on a large table takes its time, and so does a node that migrates before us. */
async function migrate(connectionString: string, log: Log): Promise<void> {
  const pool = new pg.Pool({ connectionString, max: 1, connectionTimeoutMillis: timeouts.connectionTimeoutMillis });
  try {
    await applyMigrations(pool, log);
  } finally {
    await pool.end();
  }
}
