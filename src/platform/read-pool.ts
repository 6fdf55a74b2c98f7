/**
 * The connections that reads share. A request is waiting for each of them, so a statement ends within a time that holds
 * for the wait for a connection and the answer together, whatever has become of the server.
 */
import pg from 'pg';
import { afterPatience } from './patience.ts';

/** Milliseconds. A slow statement is ended by the server, which keeps the connection usable. */
const statementTimeoutMs = 1_000;

/** Milliseconds, and a little more: only a server that says nothing at all is given up from this side. */
const answerTimeoutMs = 1_200;

/** Milliseconds. Whoever waits for a connection has left before that. */
const connectionTimeoutMs = 1_500;

/** Milliseconds of silence after which the operating system asks whether the other side is still there. */
export const keepAliveDelayMs = 10_000;

/** Postgres: no such prepared statement, there is one already, and its plan no longer fits the tables (among others, which fail again). */
const lostStatementCodes = ['26000', '42P05', '0A000'];

/**
 * A pool whose `query` gives up after 1.2 s, twice that where a statement was lost, and a little more in a process that is
 * busy itself. Its other ways to a connection are not bounded.
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
    connectionTimeoutMillis: connectionTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: statementTimeoutMs,
  });
  pool.query = (async (asked: string | pg.QueryConfig, values?: unknown[]) => {
    const config = typeof asked === 'string' ? { text: asked, ...(values && { values }) } : values ? { values, ...asked } : asked;
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
  return new Promise((resolve, reject) => {
    let isOver = false;
    let release: ((error: Error) => void) | undefined;
    const callOff = afterPatience(answerTimeoutMs, () => {
      isOver = true;
      const error = new Error('query read timeout');
      reject(error);
      if (!release) return;
      release(error);
      onSilence();
    });
    pool.connect((refused, client, giveBack) => {
      if (isOver) {
        if (client) giveBack();
        return;
      }
      if (refused || !client) {
        callOff();
        return reject(refused);
      }
      release = giveBack;
      // Without a listener a connection that is lost under its statement would end the process; the statement fails as well.
      const lost = () => undefined;
      client.on('error', lost);
      client.query(config, (error, result) => {
        client.removeListener('error', lost);
        if (isOver) return;
        callOff();
        const isUsable = !error || (isRefusal(error) && !hasLostStatement(error));
        giveBack(isUsable ? undefined : error);
        if (error) reject(error);
        else resolve(result);
      });
    });
  });
}

/** Whether the server has answered, and goes on: all but connection failures (08) and ended sessions (57P). By code, not by words: those may be translated. */
const isRefusal = (error: unknown): boolean => error instanceof pg.DatabaseError && !/^(08|57P)/.test(error.code ?? '08');

const hasLostStatement = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code !== undefined && lostStatementCodes.includes(error.code);
