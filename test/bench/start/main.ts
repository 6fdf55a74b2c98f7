/**
 * `npm run bench:start`: how long until the first correct answer, and how much memory it takes.
 *
 *   --skip-clone     this checkout as it is built, instead of a clone with `npm ci`
 *   --starts <n>     how often a start is repeated (5)
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
    starts: { type: 'string', default: '5' },
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
  console.log('| what | embedded | Postgres |\n|---|---:|---:|');
  const embedded = await watch(() => start({ DATA_DIR: path.join(scratch, 'data') }));
  const { url } = postgres;
  await queryOnce(url, 'CREATE DATABASE ekiden');
  const databaseUrl = Object.assign(new URL(url), { pathname: '/ekiden' }).href;
  const onPostgres = await watch(() =>
    start({ DATABASE_URL: databaseUrl, SECRET_KEY: '11'.repeat(32), PUBLIC_URL: 'http://gateway.example' }),
  );
  for (const what of Object.keys(embedded)) console.log(`| ${what} | ${embedded[what]} | ${onPostgres[what]} |`);
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
  time('npm ci', 'npm', ['ci', '--no-audit', '--no-fund'], folder);
  return folder;
}

/** The first start, later ones, and the memory of the last. */
async function watch(start: () => Promise<BuiltServer>): Promise<Record<string, string>> {
  const starts: number[] = [];
  for (let left = Number(options.starts); left >= 0; left--) {
    const server = await start();
    starts.push(server.startedInMs);
    if (left > 0) await server.stop();
    else return { ...describeStarts(starts), ...(await watchMemory(server)) };
  }
  throw new Error('--starts must be 0 or more');
}

function describeStarts([first = Number.NaN, ...later]: number[]): Record<string, string> {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
  const sorted = later.toSorted((a, b) => a - b);
  return {
    'first start to the first correct answer': seconds(first),
    [`later start, median of ${later.length}`]: seconds(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN),
    'later start, fastest': seconds(sorted[0] ?? Number.NaN),
  };
}

async function watchMemory(server: BuiltServer): Promise<Record<string, string>> {
  try {
    const idle = residentMegabytes(server.pid);
    const apiKey = await fillAndMintKey(server.url, adminToken);
    const startedAt = performance.now();
    await ask(server.url, apiKey, Number(options.requests));
    const perSecond = Number(options.requests) / ((performance.now() - startedAt) / 1_000);
    return {
      'resident memory, idle': `${idle} MB`,
      [`resident memory after ${options.requests} requests`]: `${residentMegabytes(server.pid)} MB`,
      'requests per second meanwhile': perSecond.toFixed(0),
    };
  } finally {
    await server.stop();
  }
}
