import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run, scratchFolder, startServerProcess } from '../support/processes.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const key = `sr_live_${'a'.repeat(12)}_${'b'.repeat(51)}`;
const token = 'T'.repeat(43);
const session = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.${'s'.repeat(43)}`;
const adminToken = randomBytes(24).toString('hex');
const secretKey = randomBytes(32).toString('hex');
const password = 'the-password-of-the-database';
const reading = 'resting heart rate 39.17';
const secrets = { key, token, session, adminToken, secretKey, password, reading };

/** An error as libraries make them: with the request, the row and the settings hanging on it, and some of it in its words. */
const thrown = `Object.assign(
  new Error('sentinel: invalid input syntax for type integer: "${reading}"; GET /api/runner-context/${token} ${key} Bearer ${session} postgresql://ekiden:${password}@db.example/ekiden', {
    cause: Object.assign(new Error('a cause with ${key}'), { config: { headers: { authorization: 'Bearer ${adminToken}' } } }),
  }),
  { detail: 'Failing row contains (${reading}).', env: process.env, input: 'https://gateway.example/api/runner-context/${token}' },
)`;

/** What is loaded into the process beside the gateway, so that it breaks when it is told to. */
const breaksOnSignal = (how: string) => {
  const code = `process.once('SIGUSR2', () => {
    const { reportOnFatalError, reportOnSignal, reportOnUncaughtException } = process.report;
    console.log('REPORTS ' + JSON.stringify([reportOnFatalError, reportOnSignal, reportOnUncaughtException, process.title]));
    ${how};
  });`;
  const file = path.join(folder.path, 'breaks.mjs');
  writeFileSync(file, code);
  return { NODE_OPTIONS: `--import=${file}` };
};

const dumps = () => readdirSync('.').filter((name) => /^(report\..*\.json|core(\.\d+)?|Heap.*)$|\.heap(snapshot|profile)$/.test(name));

describe.each([
  ['an exception that nobody caught', `throw ${thrown}`],
  ['a rejection that nobody handled', `Promise.reject(${thrown})`],
])('%s', (_what, how) => {
  it('ends the process with one line that says where it came from, and no secret', { timeout: 60_000 }, async () => {
    const environment = { DATA_DIR: folder.path, ADMIN_TOKEN: adminToken, SECRET_KEY: secretKey, ...breaksOnSignal(how) };
    const server = await startServerProcess(['serve'], environment);
    if (existsSync('/proc/self/cmdline')) {
      const args = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      expect(args).toContain('src/cli.js serve');
      for (const secret of [adminToken, secretKey]) expect(args).not.toContain(secret);
    }
    expect(await server.end('SIGUSR2')).toBe(1);
    const { stdout, stderr } = server.output;
    const last = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as { level: number; msg: string; err: { message: string } };
    expect(last).toMatchObject({ level: 60, msg: 'an error that nobody caught ends the process' });
    expect(last.err.message).toContain('sentinel');
    expect(stdout).toContain('REPORTS [false,false,false,');
    for (const [name, secret] of Object.entries(secrets))
      expect((stdout + stderr).includes(secret), `the ${name} is in the output:\n${stderr}`).toBe(false);
    expect(dumps()).toEqual([]);
  });
});

it.each([
  ['a database that does not answer', { DATABASE_URL: `postgresql://ekiden:${password}@127.0.0.1:1/ekiden`, SECRET_KEY: secretKey }],
  [
    'settings that are not as they should be',
    {
      DATABASE_URL: `postgresql//ekiden:${password}@nowhere`,
      REDIS_URL: `redis//:${password}@127.0.0.1:1`,
      ADMIN_TOKEN: `${adminToken} ${password}`,
      SECRET_KEY: `${secretKey},${secretKey.slice(1)}`,
    },
  ],
])('a start that fails for %s says why, without the secret', { timeout: 60_000 }, async (_what, settings) => {
  const { code, stdout, stderr } = await run(['serve'], {
    PORT: '0',
    PUBLIC_URL: 'https://gateway.example',
    DATA_DIR: folder.path,
    ...settings,
  });
  expect(code).toBe(1);
  expect(stderr).not.toBe('');
  for (const secret of [adminToken, secretKey, secretKey.slice(1), password]) expect(stdout + stderr).not.toContain(secret);
});
