/**
 * A Postgres inside this process, for machines with nothing installed: PGlite behind a unix socket, so
 * that the rest of the gateway talks to it as to any other server. Most ways in which it differs are here.
 *
 * It is one session: no SET, no named statements, no server-side timeouts,
 * and an open transaction blocks everyone else. Keep transactions short.
 */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { PoolConfig } from 'pg';
import { databaseFolder, lockDataFolder } from './data-folder.ts';

/** Room for a connection to be replaced before the server has noticed that it is gone; pglite-socket's own default is one. */
const connectionsMax = 64;

/**
 * One connection. pglite-socket 0.2.17 takes turns between messages, not between statements: with two connections, one
 * executes what the other has bound, and gets the other's rows.
 */
const poolSize = 1;

export const extensions = { pg_trgm };

export interface EmbeddedPostgres {
  /** How to reach it with node-postgres. */
  connection: PoolConfig;
  /** The stored files as an archive from which `openEmbeddedPostgres` can start. */
  dump(): Promise<Blob>;
  close(): Promise<void>;
}

/**
 * Opens (and creates when absent) the database in `dataDir`; without one, in memory, from `archive` if given.
 * Takes 2 to 3 s when the folder is new, 0.2 s later.
 *
 * @throws DataFolderInUse when a living process owns the folder. The lock of a dead process is taken over.
 */
export async function openEmbeddedPostgres(dataDir?: string, archive?: Blob): Promise<EmbeddedPostgres> {
  const unlock = dataDir === undefined ? () => {} : lockDataFolder(dataDir);
  try {
    const database = await PGlite.create(
      dataDir === undefined
        ? { ...(archive && { loadDataDir: archive }), extensions }
        : { dataDir: await createFolder(dataDir, archive), extensions },
    );
    // A private folder of its own: a socket path over about 100 characters does not work, and DATA_DIR may be longer.
    const socketDir = mkdtempSync(path.join(tmpdir(), 'ekiden-'));
    const server = new PGLiteSocketServer({
      db: database,
      path: path.join(socketDir, '.s.PGSQL.5432'),
      maxConnections: connectionsMax,
    });
    await server.start();
    return {
      connection: { host: socketDir, port: 5432, user: 'postgres', database: 'postgres', max: poolSize },
      dump: () => database.dumpDataDir('none'),
      async close() {
        await server.stop();
        await database.close();
        rmSync(socketDir, { recursive: true, force: true });
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * A new database takes seconds to make, and half of one looks like a whole one: made aside, so that a process that is
 * killed meanwhile leaves nothing behind that the next one would open.
 */
async function createFolder(dataDir: string, archive: Blob | undefined): Promise<string> {
  const folder = path.join(dataDir, databaseFolder);
  if (existsSync(folder)) return folder;
  const draft = path.join(dataDir, `${databaseFolder}.new`);
  rmSync(draft, { recursive: true, force: true });
  const database = await PGlite.create({ dataDir: draft, ...(archive && { loadDataDir: archive }), extensions });
  await database.close();
  renameSync(draft, folder);
  return folder;
}
