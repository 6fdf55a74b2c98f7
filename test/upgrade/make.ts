/**
 * Records what a version of the gateway leaves behind, for the test of upgrades:
 *
 *   TEST_DATABASE_URL=… npx tsx test/upgrade/make.ts <folder of the built version> <name>
 *
 * It starts that version on a new database, fills it through the version's own commands, and writes to
 * test/upgrade/<name>/ the database (pg_dump), the answers to requests and the statements that the version sends.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { type PreviousVersion, previousSecretKey, type RecordedRequest } from '../support/previous-version.ts';
import { until } from '../support/until.ts';
import { type KeyName, requestsOf } from './requests.ts';

const [buildArgument = '', name = ''] = process.argv.slice(2);
if (!buildArgument || !name) throw new Error('usage: make.ts <folder of the built version> <name>');
const build = path.resolve(buildArgument);
const { PATH = '', TEST_DATABASE_URL = '' } = process.env;

const scratch = mkdtempSync(path.join(tmpdir(), 'ekiden-upgrade-'));
const databaseUrl = new URL(TEST_DATABASE_URL);
const database = `ekiden_previous_${process.pid}`;
const admin = new pg.Client({ connectionString: databaseUrl.href });
await admin.connect();
await admin.query(`CREATE DATABASE ${database}`);
databaseUrl.pathname = `/${database}`;

const adminToken = 'the-admin-token-of-the-previous-version';
const port = await freePort();
const localUrl = `http://127.0.0.1:${port}`;
const statementsFile = path.join(scratch, 'statements.json');
const server = spawn(process.execPath, ['--import', path.resolve('test/upgrade/statements-hook.mjs'), 'dist/src/cli.js', 'serve'], {
  cwd: build,
  env: {
    PATH,
    PORT: String(port),
    PUBLIC_URL: 'https://gateway.example',
    DATABASE_URL: databaseUrl.href,
    SECRET_KEY: previousSecretKey,
    ADMIN_TOKEN: adminToken,
    STATEMENTS_FILE: statementsFile,
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = once(server, 'close');

try {
  await until(
    () =>
      fetch(`${localUrl}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    30_000,
  );
  const filled = await fill();
  const dump = execFileSync('pg_dump', ['--no-owner', '--no-privileges', '--inserts', '--rows-per-insert=500', databaseUrl.href], {
    maxBuffer: 1e9,
  }).toString();
  const recordedAt = new Date().toISOString();
  const requests = await record(filled);
  server.kill('SIGTERM');
  await ended;
  const statements = (JSON.parse(readFileSync(statementsFile, 'utf8')) as string[]).filter(isOfServing).sort();
  const recorded: PreviousVersion = { recordedAt, credentials: filled.credentials, requests, statements };
  const folder = path.join('test/upgrade', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'database.sql.gz'), gzipSync(withoutSessionSettings(dump), { level: 9 }));
  writeFileSync(path.join(folder, 'recorded.json.gz'), gzipSync(JSON.stringify(recorded), { level: 9 }));
} finally {
  server.kill('SIGKILL');
  await ended;
  await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
  await admin.end();
  rmSync(scratch, { recursive: true });
}

/** The session of an embedded database is everybody's: it must not keep what the dump would set. psql's own commands go too. */
function withoutSessionSettings(sql: string): string {
  return sql.replace(/^(SET .*|SELECT pg_catalog\.set_config.*|\\.*|--.*|)\n/gm, '');
}

/** What it sends while it serves, not while it makes the schema. */
function isOfServing(statement: string): boolean {
  return /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(statement) && !/_prisma_migrations|pg_advisory/.test(statement);
}

/** Runs a command of that version and gives what it answers. */
function ekiden(...args: string[]) {
  const env = { PATH, EKIDEN_URL: localUrl, EKIDEN_TOKEN: adminToken };
  return JSON.parse(execFileSync(process.execPath, ['dist/src/cli.js', ...args, '--json'], { cwd: build, env, maxBuffer: 1e8 }).toString());
}

async function fill() {
  ekiden('catalogue', 'import', 'src/demo/catalogue.json');
  const catalogueFile = path.join(scratch, 'catalogue.json');
  ekiden('catalogue', 'export', catalogueFile);
  const partner: string = ekiden('partner', 'create', 'partner-a', '--contact-email', 'partner-a@example.com').createPartner.id;
  const mint = (...options: string[]) => ekiden('key', 'create', '--partner', partner, '--per-minute', '100000', ...options).createApiKey;
  const [live, test, revoked, deprecated] = [mint('--label', 'nightly'), mint('--env', 'test'), mint(), mint('--label', 'replaced')];
  ekiden('key', 'revoke', revoked.apiKey.id);
  ekiden('key', 'rotate', deprecated.apiKey.id, '--grace', '7d');
  for (const verb of ['disable', 'enable']) ekiden('key', verb, test.apiKey.id);
  ekiden('partner', 'update', partner, '--contact-email', 'partner-b@example.com');
  for (const verb of ['archive', 'unarchive']) ekiden('partner', verb, partner);
  const runnerFile = path.join(scratch, 'runner.json');
  const { demoRunner } = (await import(path.join(build, 'src/demo/runner.ts'))) as typeof import('../../src/demo/runner.ts');
  writeFileSync(runnerFile, JSON.stringify({ runners: [demoRunner(new Date())] }));
  ekiden('runner', 'import', runnerFile);
  ekiden('runner', 'share', 'runner-a', ...['enabled', 'profile', 'training', 'health', 'labs'].flatMap((scope) => [`--${scope}`, 'on']));
  ekiden('runner', 'subject', 'runner-a', 'subject-of-runner-a');
  ekiden('runner', 'export', 'runner-a', path.join(scratch, 'export.json'));
  ekiden('login', '--as', 'operator');
  ekiden('audit', '--limit', '3');
  ekiden('key', 'list');
  const { runner } = ekiden('runner', 'link', 'runner-a', '--rotate');
  const token = new URL(runner.contextLinks[0].url).pathname.split('/').at(-1) ?? '';
  const credentials = {
    live: live.plaintext,
    test: test.plaintext,
    revoked: revoked.plaintext,
    deprecated: deprecated.plaintext,
    token,
  };
  return { credentials, removedWorkout: await removeOneWorkout() };
}

/** Gives the id of a workout that partners have seen and see no more. */
async function removeOneWorkout(): Promise<string> {
  const { createWorkoutTemplate } =
    await graphql(`mutation { createWorkoutTemplate(input: { name: "Hill repeats, withdrawn", category: HILLS,
    blocks: [{ steps: [{ kind: RUN, durationSeconds: 600 }] }], visibility: PUBLIC, status: ACTIVE }) { id version } }`);
  const { id, version } = createWorkoutTemplate as { id: string; version: number };
  await graphql(`mutation { archiveWorkoutTemplate(id: "${id}", expectedVersion: ${version}) { id } }`);
  return id;
}

async function graphql(query: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${localUrl}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${adminToken}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function record({ credentials, removedWorkout }: Awaited<ReturnType<typeof fill>>): Promise<RecordedRequest[]> {
  const ask = async (request: string, key: KeyName): Promise<RecordedRequest> => {
    const response = await fetch(localUrl + request, { headers: key === null ? {} : { 'X-API-Key': credentials[key] } });
    const contentType = response.headers.get('content-type');
    const body: unknown = contentType?.includes('json') ? await response.json() : await response.text();
    return { request, key: key && credentials[key], status: response.status, contentType, body };
  };
  type Listed = { data: { id: string; updatedAt: string }[]; next?: string };
  const workouts = (await ask('/api/workout-templates?per_page=3', 'live')).body as Listed;
  const plans = (await ask('/api/training-plan-templates?per_page=1', 'live')).body as Listed;
  const cursorOf = ({ next = '' }: Listed) => new URL(next).searchParams.get('cursor') ?? '';
  const ids = {
    workout: workouts.data[0]?.id ?? '',
    plan: plans.data[0]?.id ?? '',
    removedWorkout,
    stamp: workouts.data.at(-1)?.updatedAt ?? '',
    cursor: cursorOf(workouts),
    plansCursor: cursorOf(plans),
    token: credentials.token,
  };
  const recorded: RecordedRequest[] = [];
  for (const [request, key] of requestsOf(ids)) recorded.push(await ask(request, key));
  return recorded;
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as { port: number };
      probe.close(() => resolve(free));
    });
  });
}
