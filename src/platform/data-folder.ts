/** The data folder of an embedded database: what lies in it, and which process has it; what a dead one has left does not count. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where the database's own files lie in it. */
export const databaseFolder = 'postgres';

/** Another living process holds the data folder. A second opener would corrupt it. */
export class DataFolderInUse extends Error {
  constructor(dataDir: string, ownerPid: number) {
    super(`the data folder ${dataDir} is in use by process ${ownerPid}; stop that server, or give this one another DATA_DIR`);
  }
}

/**
 * Makes the folder this process's own and gives the function that ends that. The lock of a dead process is taken over.
 *
 * @throws DataFolderInUse
 */
export function lockDataFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lockFile = path.join(dataDir, 'server.pid');
  if (!claim(lockFile)) takeOver(dataDir, lockFile);
  return () => rmSync(lockFile, { force: true });
}

/** Two that find the same dead owner at once must not both remove its lock: the second would remove the first one's. */
function takeOver(dataDir: string, lockFile: string): void {
  const turn = `${lockFile}.takeover`;
  requireDead(dataDir, turn);
  setAside(turn);
  if (!claim(turn)) throw new DataFolderInUse(dataDir, readOwner(turn)?.pid ?? 0);
  try {
    requireDead(dataDir, lockFile);
    rmSync(lockFile, { force: true });
    if (!claim(lockFile)) throw new DataFolderInUse(dataDir, readOwner(lockFile)?.pid ?? 0);
  } finally {
    rmSync(turn, { force: true });
  }
}

/** Takes away what a dead one left there. By renaming, which succeeds for one only: the others must not remove that one's claim. */
function setAside(file: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Writes this process into the file; false when somebody stands in it. */
function claim(file: string): boolean {
  // Written aside and linked into place, so that nobody ever reads a lock without its owner.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${process.pid} ${startOf(process.pid) ?? ''}`, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

interface Owner {
  pid: number;
  /** When it was started, as the system counts; empty where the system does not say. */
  start: string;
}

/** Null when the file is gone. */
function readOwner(file: string): Owner | null {
  try {
    const [pid, start = ''] = readFileSync(file, 'utf8').split(' ');
    return { pid: Number(pid), start };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}

/** @throws DataFolderInUse when the owner in the file lives. */
function requireDead(dataDir: string, file: string): void {
  const owner = readOwner(file);
  // Our own pid in a file we did not write: a container restarted and pids began again.
  if (owner && owner.pid !== process.pid && isAlive(owner)) throw new DataFolderInUse(dataDir, owner.pid);
}

function isAlive({ pid, start }: Owner): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // After a restart of the machine another process may have the dead one's number, but not its beginning.
  const actual = startOf(pid);
  return start === '' || actual === undefined || actual === start;
}

/** What distinguishes a process from a later one of the same number; undefined where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may contain anything; the start is the 22nd field, the 20th after it (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie: it was killed, and only its parent has not asked after it.
    if (fields[0] === 'Z') return 'ended';
    return `${boot}/${fields[19]}`;
  } catch {
    // Not Linux, or the process has just ended; the number alone then has to do.
    return undefined;
  }
}
