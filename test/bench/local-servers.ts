/** A Postgres and a Redis of a benchmark's own: new, on free ports of this machine, gone afterwards. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { until } from '../support/until.ts';

export interface LocalServer {
  /** The address that clients connect to. */
  url: string;
  /** Ends the server and removes what it wrote. */
  stop(): Promise<void>;
}

/** Beyond the defaults only what measuring needs; fsync and synchronous_commit stay on, as in production. */
const postgresSettings = { shared_preload_libraries: 'pg_stat_statements', max_connections: '200', listen_addresses: '127.0.0.1' };

/**
 * Starts a new Postgres with the extension pg_stat_statements in its database `postgres`. It refuses to run as root, so
 * that root starts it as the user `postgres`.
 *
 * @throws when no Postgres is installed, or with the server's log when it does not come up.
 */
export async function startLocalPostgres(settings: Record<string, string> = {}): Promise<LocalServer> {
  const folder = scratchFolder('postgres');
  const data = path.join(folder, 'data');
  const port = await freePort();
  const binaries = postgresBinaries();
  const [program, ...before] = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  const commandOf = (name: string, args: string[]): [string, string[]] => {
    const binary = path.join(binaries, name);
    return program ? [program, [...before, binary, ...args]] : [binary, args];
  };
  if (program) giveTo('postgres', folder);
  execFileSync(...commandOf('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']), {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const options = Object.entries({ ...postgresSettings, ...settings, unix_socket_directories: folder });
  const server = spawn(
    ...commandOf('postgres', ['-D', data, '-p', `${port}`, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])]),
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const said = tailOf(server);
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    if (!hasEnded(server)) askToStop(path.join(data, 'postmaster.pid'));
    await ended(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(() => answersAsPostgres(url, server), 30_000);
    await queryOnce(url, 'CREATE EXTENSION pg_stat_statements');
  } catch (cause) {
    await stop();
    throw new Error(`Postgres did not start: ${said.text}`, { cause });
  }
  return { url, stop };
}

/** Starts a new Redis that keeps nothing on disk. @throws when it does not come up. */
export async function startLocalRedis(): Promise<LocalServer> {
  const port = await freePort();
  const server = spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    cwd: tmpdir(),
    stdio: 'ignore',
  });
  const url = `redis://127.0.0.1:${port}`;
  const stop = async () => {
    server.kill('SIGTERM');
    await ended(server);
  };
  try {
    await until(() => answersAsRedis(url, server));
  } catch (cause) {
    await stop();
    throw new Error('Redis did not start', { cause });
  }
  return { url, stop };
}

/** Runs one statement on a connection of its own. */
export async function queryOnce<Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A new folder under the system's temporary one; whoever asks removes it. */
export function scratchFolder(purpose: string): string {
  return mkdtempSync(path.join(tmpdir(), `ekiden-bench-${purpose}-`));
}

/** Debian keeps the server's programs out of the PATH, a folder for each version. */
function postgresBinaries(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => path.join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  const found = folders.find((folder) => existsSync(path.join(folder, 'initdb')));
  if (!found) throw new Error('the benchmark needs a Postgres server on this machine (Debian: apt-get install postgresql)');
  return found;
}

function giveTo(user: string, folder: string): void {
  const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  chownSync(folder, id('-u'), id('-g'));
}

/**
 * Fast shutdown. Not by the process we started: under runuser that is not the server. It may be gone at any moment, since
 * Ctrl-C reaches everyone in a terminal.
 */
function askToStop(pidFile: string): void {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT');
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** The last of what a process says on standard error, for the message when it fails. */
function tailOf(child: ChildProcess): { text: string } {
  const said = { text: '' };
  child.stderr?.on('data', (chunk) => {
    said.text = `${said.text}${chunk}`.slice(-2_000);
  });
  return said;
}

async function ended(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) await once(child, 'exit');
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

async function answersAsPostgres(url: string, server: ChildProcess): Promise<boolean> {
  if (hasEnded(server)) throw new Error('it ended by itself');
  return queryOnce(url, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

async function answersAsRedis(url: string, server: ChildProcess): Promise<boolean> {
  if (hasEnded(server)) throw new Error('it ended by itself');
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null, connectTimeout: 200 });
  client.on('error', () => undefined);
  const answered = client.connect().then(() => client.ping());
  return answered
    .then(
      () => true,
      () => false,
    )
    .finally(() => client.disconnect());
}
