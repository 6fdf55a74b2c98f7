/** A Postgres of a test's own, which may be hung, killed and started again. */
import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

/** Where Debian keeps them, newest last; nothing of it is in the path. */
const debianFolder = '/usr/lib/postgresql';

/** The folder of initdb and postgres; undefined on a machine without them, of which it says so. */
export const postgresBin = findPostgresBin();

function findPostgresBin(): string | undefined {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).sort((one, other) => Number(one) - Number(other)) : [];
  const folders = [...(process.env.PATH ?? '').split(':'), ...versions.map((version) => path.join(debianFolder, version, 'bin'))];
  const found = folders.filter((folder) => existsSync(path.join(folder, 'initdb')) && existsSync(path.join(folder, 'postgres'))).at(-1);
  if (!found) console.log('Left out, because initdb and postgres are not on this machine: everything that breaks a Postgres');
  return found;
}

export interface PostgresServer {
  url: string;
  /** Stops every process of it where it stands: connections stay open, and nothing answers. */
  hang(): void;
  goOn(): void;
  /** Ends every process of it at once, as a loss of power would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startPostgresServer(): Promise<PostgresServer> {
  if (!postgresBin) throw new Error('initdb and postgres are not on this machine');
  const bin = postgresBin;
  const scratch = mkdtempSync(path.join(tmpdir(), 'ekiden-postgres-'));
  const as = ownerOf(scratch);
  const data = path.join(scratch, 'data');
  execFileSync(path.join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], as);
  const port = await freePort();
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const settings = [`unix_socket_directories=${scratch}`, 'listen_addresses=127.0.0.1', 'max_connections=60'];
  let server = run();

  function run() {
    const given = settings.flatMap((setting) => ['-c', setting]);
    return spawn(path.join(bin, 'postgres'), ['-D', data, '-p', `${port}`, ...given], { ...as, stdio: 'ignore' });
  }

  async function answers() {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000, query_timeout: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch {
      // It starts, or stops: that is what is asked.
      return false;
    } finally {
      await client.end();
    }
  }

  /** Each process of a Postgres is a child of the first. */
  function signal(name: NodeJS.Signals) {
    const first = server.pid ?? 0;
    const children = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/ +/).map(Number))
      .filter(([, parent]) => parent === first)
      .map(([pid = 0]) => pid);
    for (const pid of [first, ...children]) {
      try {
        process.kill(pid, name);
      } catch (error) {
        // It has ended by itself meanwhile.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }

  async function kill() {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    signal('SIGKILL');
    await exited;
  }

  await until(answers, 30_000);
  return {
    url,
    hang: () => signal('SIGSTOP'),
    goOn: () => signal('SIGCONT'),
    kill,
    async start() {
      // Whoever was killed has left this; the next one would take the pid in it for a living server's, if another process has it by now.
      rmSync(path.join(data, 'postmaster.pid'), { force: true });
      server = run();
      await until(answers, 30_000);
    },
    async close() {
      await kill();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

/** Postgres refuses to run as root; there it runs as the user that Debian makes for it. */
function ownerOf(folder: string): Pick<SpawnOptions, 'uid' | 'gid'> & { cwd: string; stdio: 'ignore' } {
  const common = { cwd: folder, stdio: 'ignore' as const };
  if (process.getuid?.() !== 0) return common;
  const [, , uid, gid] = (/^postgres:.*$/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[0] ?? '').split(':').map(Number);
  if (!uid || !gid) throw new Error('a test that runs as root needs a user named postgres');
  chownSync(folder, uid, gid);
  return { ...common, uid, gid };
}
