/**
 * The connections that reads share. A request is waiting for each of them, so a statement ends within a time that holds
 * for the wait for a connection and the answer together, whatever has become of the server.
 */
import pg from 'pg';

/** Milliseconds. A slow statement is ended by the server, which keeps the connection usable. */
const statementTimeoutMs = 1_000;

/** Milliseconds, and a little more: only a server that says nothing at all is given up from this side. */
const answerTimeoutMs = 1_200;

/** Milliseconds of silence after which the operating system asks whether the other side is still there. */
export const keepAliveDelayMs = 10_000;

/** Postgres: no such prepared statement, there is one already, and its plan no longer fits the tables (with that message). */
const lostStatementCodes = ['26000', '42P05'];
const stalePlanCode = '0A000';

/**
 * A pool whose `query` gives up after 1.2 s. Its other ways to a connection are not bounded.
 *
 * A named statement is prepared once for each connection. Where the server has lost it (DISCARD ALL, a pooler in
 * between, a migration under it) it is asked without its name instead, and the connection replaced. `onSilence` is told
 * when the server has not answered in time.
 */
export function openReadPool(connectionString: string, onSilence: () => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveDelayMs,
    connectionTimeoutMillis: answerTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: statementTimeoutMs,
  });
  pool.query = (async (asked: string | pg.QueryConfig, values?: unknown[]) => {
    const config = { ...(typeof asked === 'string' ? { text: asked } : asked), ...(values && { values }) };
    try {
      return await ask(pool, config, onSilence);
    } catch (error) {
      if (config.name === undefined || !hasLostStatement(error)) throw error;
      return ask(pool, { ...config, name: undefined }, onSilence);
    }
  }) as typeof pool.query;
  return pool;
}

function ask(pool: pg.Pool, config: pg.QueryConfig, onSilence: () => void): Promise<pg.QueryResult> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    pool.connect((refused, client, release) => {
      if (refused || !client) return reject(refused);
      // Without a listener a connection that is lost under its statement would end the process; the statement fails as well.
      const lost = () => undefined;
      client.on('error', lost);
      const leftMs = Math.max(1, answerTimeoutMs - (performance.now() - startedAt));
      client.query({ ...config, query_timeout: leftMs } as pg.QueryConfig, (error, result) => {
        client.removeListener('error', lost);
        const isUsable = !error || (isRefusal(error) && !hasLostStatement(error));
        release(isUsable ? undefined : error);
        if (!error) return resolve(result);
        if (!(error instanceof pg.DatabaseError)) onSilence();
        reject(error);
      });
    });
  });
}

/** Whether the server has answered, and goes on. */
const isRefusal = (error: unknown): boolean => error instanceof pg.DatabaseError && error.severity === 'ERROR';

function hasLostStatement(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return false;
  return lostStatementCodes.includes(error.code) || (error.code === stalePlanCode && error.message.startsWith('cached plan'));
}
