/** The database: a pool of connections for reads and one for transactions, which Prisma and the few raw statements share. */
import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { PrismaClient } from '../../prisma/generated/client/client.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import type { Log } from './log.ts';
import { createLookUp, type LookUp } from './lookups.ts';
import { applyMigrations } from './migrations.ts';
import { openReadPool } from './read-pool.ts';
import { retireIdle } from './retire-idle.ts';
import { createRunStatement, type RunStatement } from './statements.ts';
import { openTransactionPool } from './transaction-pool.ts';

export type Db = PrismaClient;

export interface Database {
  db: Db;
  /** The connections for whatever is no transaction. On Postgres `query` gives up soon. */
  pool: pg.Pool;
  /** Single statements past Prisma, on the same connections. */
  run: RunStatement;
  /** Rows by their keys, through `run`. */
  lookUp: LookUp;
  /** All connections of this process, in their pools. */
  pools: readonly pg.Pool[];
  kind: 'postgres' | 'embedded';
  /** Everything in it, as it is at one moment, as an archive; null where the server is not ours to copy. */
  dump: (() => Promise<Blob>) | null;
  close(): Promise<void>;
}

/** Milliseconds. */
const migrationConnectionTimeoutMs = 5_000;

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
  const embedded = 'databaseUrl' in place ? undefined : 'embedded' in place ? place.embedded : await openEmbedded(place.dataDir);
  const { reads, transactions } = 'databaseUrl' in place ? openPools(place.databaseUrl) : shared(new pg.Pool(embedded?.connection));
  const pools = [...new Set([reads, transactions])];
  // Without a listener a connection that the server drops while idle would end the process.
  for (const pool of pools) pool.on('error', (error) => log.warn({ error: error.message }, 'an idle database connection was lost'));
  const db = new PrismaClient({
    adapter: adapterOver(reads, transactions),
    // Otherwise a message repeats the arguments of the call, values and all.
    errorFormat: 'minimal',
    // An embedded database begins no transaction before the one under way has ended.
    transactionOptions: { maxWait: embedded ? 5_000 : 1_200, timeout: 20_000 },
  });
  const close = async () => {
    await db.$disconnect();
    await Promise.all(pools.map((pool) => pool.end()));
    await embedded?.close();
  };
  try {
    if ('databaseUrl' in place) await migrate(place.databaseUrl, log);
    else await applyMigrations(reads, log);
  } catch (error) {
    await close();
    throw error;
  }
  const dump = embedded?.dump ?? null;
  const run = createRunStatement(reads, !embedded);
  return { db, pool: reads, run, lookUp: createLookUp(run), pools, kind: embedded ? 'embedded' : 'postgres', dump, close };
}

/** Only who has no Postgres loads one: it takes time and memory. */
async function openEmbedded(dataDir: string): Promise<EmbeddedPostgres> {
  const { openEmbeddedPostgres } = await import('./embedded-postgres.ts');
  return openEmbeddedPostgres(dataDir);
}

interface Pools {
  reads: pg.Pool;
  transactions: pg.Pool;
}

/** Two, so that neither can keep the other waiting. */
function openPools(connectionString: string): Pools {
  // What lies idle is not known to be any better than what fell silent, and would cost the next requests as much time each.
  const onSilence = () => {
    retireIdle(reads);
    retireIdle(transactions);
  };
  const reads = openReadPool(connectionString, onSilence);
  const transactions = openTransactionPool(connectionString, onSilence);
  return { reads, transactions };
}

const shared = (pool: pg.Pool): Pools => ({ reads: pool, transactions: pool });

/** Prisma's adapter knows one pool; here transactions begin in another. */
function adapterOver(reads: pg.Pool, transactions: pg.Pool): SqlDriverAdapterFactory {
  const factory = new PrismaPg(reads);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const reading = await factory.connect();
      const writing = await new PrismaPg(transactions).connect();
      reading.startTransaction = (isolationLevel) => writing.startTransaction(isolationLevel);
      return reading;
    },
  };
}

/** On a connection without a limit: an index on a large table takes its time, and so does a node that migrates before us. */
async function migrate(connectionString: string, log: Log): Promise<void> {
  const pool = new pg.Pool({ connectionString, max: 1, connectionTimeoutMillis: migrationConnectionTimeoutMs });
  try {
    await applyMigrations(pool, log);
  } finally {
    await pool.end();
  }
}
