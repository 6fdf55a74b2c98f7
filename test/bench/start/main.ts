/**
 * `npm run bench:start`: how long until the first correct answer, and how much memory it takes.
 *
 *   --skip-clone     this checkout as it is built, instead of a clone with `npm ci`
 *   --starts <n>     how often it is started before memory is looked at (6)
 *   --requests <n>   how many requests come between the two readings of memory (100000)
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type BuiltServer, startBuiltServer } from '../built-server.ts';
import { queryOnce, scratchFolder, startLocalPostgres } from '../local-servers.ts';
import { fillAndMintKey } from './fill.ts';
import { ask, residentMegabytes } from './load.ts';

const { values: options } = parseArgs({
  options: {
    'skip-clone': { type: 'boolean', default: false },
    starts: { type: 'string', default: '6' },
    requests: { type: 'string', default: '100000' },
  },
});

const adminToken = 'bench-admin-token-of-32-characters-or-more';
const emptyList = {
  path: '/api/workout-templates',
  headers: { Authorization: `Bearer ${adminToken}` },
  isCorrect: async (response: Response) => response.status === 200 && ((await response.json()) as { total: number }).total === 0,
};

const scratch = scratchFolder('start');
const postgres = await startLocalPostgres();
try {
  const folder = options['skip-clone'] ? process.cwd() : cloneAndInstall(path.join(scratch, 'ekiden'));
  const start = (environment: Record<string, string>) =>
    startBuiltServer({ ADMIN_TOKEN: adminToken, ...environment }, { folder, firstAnswer: emptyList });
  console.log(`\n${new Date().toISOString()}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}`);
  console.log('| database | what | |\n|---|---|---:|');
  await watch('embedded', () => start({ DATA_DIR: path.join(scratch, 'data') }));
  const { url } = postgres;
  await queryOnce(url, 'CREATE DATABASE ekiden');
  const databaseUrl = Object.assign(new URL(url), { pathname: '/ekiden' }).href;
  await watch('Postgres', () => start({ DATABASE_URL: databaseUrl, SECRET_KEY: '11'.repeat(32), PUBLIC_URL: 'http://gateway.example' }));
} finally {
  await postgres.stop();
  rmSync(scratch, { recursive: true, force: true });
}

/** Clones this repository as it is committed, installs it, and says how long both took. */
function cloneAndInstall(folder: string): string {
  const time = (name: string, program: string, args: string[], cwd = process.cwd()) => {
    const startedAt = performance.now();
    execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    console.log(`${name}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  };
  time('git clone', 'git', ['clone', '--quiet', process.cwd(), folder]);
  time('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  return folder;
}

/** Prints the first start, later ones, and the memory of the last. */
async function watch(database: string, start: () => Promise<BuiltServer>): Promise<void> {
  const print = (what: string, value: string) => console.log(`| ${database} | ${what} | ${value} |`);
  const starts: number[] = [];
  for (let left = Number(options.starts); left > 0; left--) {
    const server = await start();
    starts.push(server.startedInMs);
    await server.stop();
  }
  const [first = Number.NaN, ...later] = starts;
  print('first start to the first correct answer', inSeconds(first));
  print(`later starts (${later.length}), median`, inSeconds(later.toSorted((a, b) => a - b)[Math.floor(later.length / 2)] ?? Number.NaN));
  print('later starts, fastest', inSeconds(Math.min(...later)));
  await watchMemory(await start(), print);
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

async function watchMemory(server: BuiltServer, print: (what: string, value: string) => void): Promise<void> {
  try {
    print('resident memory, idle', `${residentMegabytes(server.pid)} MB`);
    const apiKey = await fillAndMintKey(server.url, adminToken);
    const startedAt = performance.now();
    await ask(server.url, apiKey, Number(options.requests));
    print(`resident memory after ${options.requests} requests`, `${residentMegabytes(server.pid)} MB`);
    print('requests per second meanwhile', (Number(options.requests) / ((performance.now() - startedAt) / 1_000)).toFixed(0));
  } finally {
    await server.stop();
  }
}
