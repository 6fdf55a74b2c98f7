/**
 * The connections that transactions have to themselves. An import may take its time, and does not keep readers waiting;
 * a server that has fallen silent is noticed within a request's time all the same.
 */
import pg from 'pg';
import { keepAliveDelayMs } from './read-pool.ts';
import { createSilenceWatch } from './silence-watch.ts';

/** Milliseconds. */
const timeouts = {
  /** A request is waiting for the beginning of its transaction. */
  connectionTimeoutMillis: 1_200,
  // An import writes thousands of rows in a statement, and writers wait for each other.
  query_timeout: 30_000,
  statement_timeout: 30_000,
  // Writers that wait for each other hold connections that others need.
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 60_000,
};

/** A pool whose connections are ended, and `onSilence` told, when the server says nothing to a statement nor to anything else. */
export function openTransactionPool(connectionString: string, onSilence: () => void): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 10, keepAlive: true, keepAliveInitialDelayMillis: keepAliveDelayMs, ...timeouts });
  const watch = createSilenceWatch(connectionString, onSilence);
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...asked: unknown[]) => Promise<pg.QueryResult>;
    client.query = ((...asked: unknown[]) => watch(client, query(...asked))) as typeof client.query;
  });
  return pool;
}
