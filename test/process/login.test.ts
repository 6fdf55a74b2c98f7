import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { signToken, startIdentityProvider } from '../support/identity-provider.ts';
import { run, scratchFolder, startServerProcess } from '../support/processes.ts';

const folder = scratchFolder();
const server = await startServerProcess(['serve'], { DATA_DIR: folder.path, LOG_LEVEL: 'trace' });
const environment = { DATA_DIR: folder.path, EKIDEN_URL: server.url };
afterAll(async () => {
  await server.end('SIGKILL');
  folder.remove();
});

const jwt = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/;

const whoIs = async (headers: Record<string, string>, url = server.url) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ viewer { role id runner { username } } }' }),
  });
  return ((await response.json()) as { data?: { viewer: object } }).data?.viewer;
};

describe('npx ekiden login', () => {
  it('prints a session and how to use it, for people and for programs', async () => {
    const { code, stdout } = await run(['login', '--as', 'coach', '--user', 'coach-a'], environment);
    const [token = ''] = jwt.exec(stdout) ?? [];
    expect(code).toBe(0);
    expect(stdout).toContain(`export EKIDEN_TOKEN=${token}`);
    expect(stdout).toContain('Authorization: Bearer');
    expect(await whoIs({ Authorization: `Bearer ${token}` })).toEqual({ role: 'COACH', id: 'coach-a', runner: null });
    const printed = await run(['login', '--as', 'operator', '--json'], environment);
    const { createDevelopmentSession } = JSON.parse(printed.stdout) as { createDevelopmentSession: { token: string } };
    const asOperator = { ...environment, EKIDEN_TOKEN: createDevelopmentSession.token };
    expect((await run(['partner', 'list'], asOperator)).code).toBe(0);
    expect((await run(['partner', 'list'], { ...environment, EKIDEN_TOKEN: token })).stderr).toContain('operators');
  });

  it('signs in as a runner, by username, whose sessions may be those of an identity provider', async () => {
    const asked = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${readFileSync(path.join(folder.path, 'admin-token'), 'utf8').trim()}`,
      },
      body: JSON.stringify({ query: 'mutation { createRunner(input: { username: "runner-a" }) { id } }' }),
    });
    expect(asked.status).toBe(200);
    const linked = await run(['runner', 'subject', 'runner-a', 'idp|1'], environment);
    expect(linked).toMatchObject({ code: 0, stdout: 'Sessions whose sub is idp|1 own the runner runner-a.\n' });
    const { stdout } = await run(['login', '--as', 'runner', '--user', 'runner-a', '--json'], environment);
    const { token } = (JSON.parse(stdout) as { createDevelopmentSession: { token: string } }).createDevelopmentSession;
    expect(await whoIs({ Authorization: `Bearer ${token}` })).toEqual({ role: 'RUNNER', id: 'idp|1', runner: { username: 'runner-a' } });
  });

  it.each([
    [['login'], "required option '--as <role>'"],
    [['login', '--as', 'admin'], '--as must be one of operator, coach, runner.'],
    [['login', '--as', 'runner'], 'Say which runner: --user <username>.'],
    [['login', '--as', 'runner', '--user', 'nobody'], 'There is no runner named "nobody".'],
  ])('%j says what is wrong', async (args, message) => {
    const { code, stderr } = await run(args, environment);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it('puts a session into a cookie over the wire, and leaves the connection usable', async () => {
    const { stdout } = await run(['login', '--as', 'coach', '--json'], environment);
    const { token } = (JSON.parse(stdout) as { createDevelopmentSession: { token: string } }).createDevelopmentSession;
    for (let time = 0; time < 3; time++) {
      const response = await fetch(`${server.url}/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, Origin: server.url },
        body: JSON.stringify({ filling: 'x'.repeat(50_000) }),
      });
      const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
      expect([response.status, cookie]).toEqual([204, `__Host-ekiden-session=${token}`]);
      expect(await whoIs({ Cookie: cookie, Origin: server.url })).toEqual({ role: 'COACH', id: 'coach', runner: null });
      expect(await whoIs({ Cookie: cookie, Origin: 'https://evil.example' })).toBeUndefined();
    }
  });

  it('has left no session in the log', async () => {
    expect(server.output.stderr.length).toBeGreaterThan(0);
    expect(server.output.stdout + server.output.stderr).not.toMatch(jwt);
  });
});

it('a server whose sessions come from an identity provider takes those, signs nobody in itself, and says so', async () => {
  const other = scratchFolder();
  const provider = await startIdentityProvider();
  const key = await provider.newKey();
  provider.published = [key.publicJwk];
  const { jwksUrl, issuer, audience } = provider.settings;
  const settings = { SESSION_JWKS_URL: jwksUrl, SESSION_ISSUER: issuer, SESSION_AUDIENCE: audience };
  const gateway = await startServerProcess(['serve'], { DATA_DIR: other.path, LOG_LEVEL: 'trace', ...settings });
  try {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const token = await signToken(key, { iss: issuer, aud: audience, sub: 'coach-a', role: 'coach', exp });
    expect(await whoIs({ Authorization: `Bearer ${token}` }, gateway.url)).toEqual({ role: 'COACH', id: 'coach-a', runner: null });
    const { code, stdout, stderr } = await run(['login', '--as', 'operator'], { DATA_DIR: other.path, EKIDEN_URL: gateway.url });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('come from its identity provider');
    expect(gateway.output.stdout + gateway.output.stderr).not.toMatch(jwt);
  } finally {
    await gateway.end('SIGKILL');
    other.remove();
  }
}, 90_000);

it('a server that is told half of an identity provider does not start', async () => {
  const { code, stderr } = await run(['serve'], {
    SESSION_ISSUER: 'https://issuer.example',
    SESSION_JWKS_URL: 'http://issuer.example/keys',
  });
  expect(code).toBe(1);
  expect(stderr).toContain('SESSION_JWKS_URL must be an https address');
  expect(stderr).toContain('SESSION_AUDIENCE is required');
});
