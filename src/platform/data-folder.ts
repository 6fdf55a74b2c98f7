/** The data folder of an embedded database: what lies in it, and which process has it. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where the database's own files lie in it. */
export const databaseFolder = 'postgres';

/** Another living process holds the data folder. A second opener would corrupt it. */
export class DataFolderInUse extends Error {
  constructor(dataDir: string, ownerPid: number) {
    super(`the data folder ${dataDir} is in use by process ${ownerPid}; stop that server, or give this one another DATA_DIR`);
  }
}

/** Writes this process's pid into the folder; gives the function that takes it away again. */
export function lockDataFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lockFile = path.join(dataDir, 'server.pid');
  const unlock = () => rmSync(lockFile, { force: true });
  // Written aside and linked into place, so that nobody ever reads a lock without its pid.
  const draft = `${lockFile}.${process.pid}`;
  writeFileSync(draft, `${process.pid}`, { mode: 0o600 });
  try {
    linkSync(draft, lockFile);
    return unlock;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const ownerPid = Number(readFileSync(lockFile, 'utf8'));
  // Our own pid in a file we did not write: a container restarted and pids began again.
  if (ownerPid !== process.pid && isAlive(ownerPid)) throw new DataFolderInUse(dataDir, ownerPid);
  unlock();
  return lockDataFolder(dataDir);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
