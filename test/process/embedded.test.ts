import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type RunningProcess, run, scratchFolder, startServerProcess } from '../support/processes.ts';

const folder = scratchFolder();
const environment = { DATA_DIR: folder.path };
let server: RunningProcess = await startServerProcess(['serve'], environment);
const client = () => ({ ...environment, EKIDEN_URL: server.url });

afterAll(async () => {
  await server.end('SIGKILL');
  folder.remove();
});

describe('a newcomer', () => {
  it('is told what to open and what to do next', () => {
    expect(server.output.stdout).toContain(`${server.url}/api/docs`);
    expect(server.output.stdout).toContain(`${server.url}/graphql`);
    expect(server.output.stdout).toContain('npx ekiden partner create');
  });

  it('imports a catalogue, creates a partner, mints a key, polls with it and revokes it', async () => {
    const imported = await run(['catalogue', 'import', 'src/demo/catalogue.json'], client());
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringMatching(/workoutTemplates: \d+ created, 0 updated, 0 unchanged/) });

    const created = await run(['partner', 'create', 'partner-a', '--contact-email', 'partner-a@example.com'], client());
    const partnerId = /--partner (\S+)/.exec(created.stdout)?.[1] ?? '';
    const minted = await run(
      ['key', 'create', '--partner', partnerId, '--env', 'test', '--scope', 'workout-templates:read', '--json'],
      client(),
    );
    const { plaintext, apiKey } = JSON.parse(minted.stdout).createApiKey;
    expect(plaintext).toMatch(/^sr_test_/);

    const headers = { 'X-API-Key': plaintext };
    const listed = await fetch(`${server.url}/api/workout-templates?per_page=5`, { headers });
    expect(listed.status).toBe(200);
    expect(((await listed.json()) as { data: unknown[] }).data).toHaveLength(5);
    expect((await fetch(`${server.url}/api/training-plan-templates`, { headers })).status).toBe(403);

    const revoked = await run(['key', 'revoke', apiKey.id], client());
    expect(revoked.stdout).toContain(apiKey.lookup);
    expect((await fetch(`${server.url}/api/workout-templates`, { headers })).status).toBe(401);
    expect((await run(['key', 'list'], client())).stdout).toContain('revoked');
    expect(server.output.stderr + server.output.stdout).not.toContain(plaintext.split('_')[3]);
  });

  it('reads in the audit log who did it', async () => {
    const { stdout } = await run(['partner', 'create', 'partner-of-the-log', '--json'], client());
    const { id } = (JSON.parse(stdout) as { createPartner: { id: string } }).createPartner;
    const log = await run(['audit', '--action', 'partner.create', '--since', '2020-01-01T00:00:00Z'], client());
    expect(log.stdout).toMatch(
      new RegExp(`^\\S+Z +operator admin +partner\\.create +Partner ${id} +\\{"name":"partner-of-the-log"\\}$`, 'm'),
    );
    const events = JSON.parse((await run(['audit', '--limit', '1', '--json'], client())).stdout) as { auditEvents: { targetId: string }[] };
    expect(events.auditEvents.map(({ targetId }) => targetId)).toEqual([id]);
  });

  it('exports what was imported', async () => {
    const file = path.join(folder.path, 'export.json');
    expect((await run(['catalogue', 'export', file], client())).code).toBe(0);
    const again = await run(['catalogue', 'import', file], client());
    expect(again.stdout).toMatch(/0 created, 0 updated, \d+ unchanged\n.*0 created, 0 updated/);
  });
});

describe('a command', () => {
  it('explains every fault of a file and exits 1', async () => {
    const file = path.join(folder.path, 'faulty.json');
    writeFileSync(file, JSON.stringify({ workoutTemplates: [{ name: '', category: 'BANANA', blocks: [] }] }));
    const refused = await run(['catalogue', 'import', file], client());
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^Nothing was written\. 3 things are wrong:\n {2}workoutTemplates\[0\]\.name: /);
    writeFileSync(file, '{ "workoutTemplates": [');
    expect(await run(['catalogue', 'import', file], client())).toMatchObject({ code: 1, stderr: expect.stringContaining('is not JSON') });
  });

  it('says so when no server answers, and when it is not let in', async () => {
    expect(await run(['key', 'list'], { EKIDEN_URL: 'http://127.0.0.1:9' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('npx ekiden serve'),
    });
    const stranger = await run(['key', 'list'], { ...client(), EKIDEN_TOKEN: 'not-the-token-of-this-server-at-all' });
    expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining('EKIDEN_TOKEN') });
    const lost = await run(['key', 'list'], { ...client(), DATA_DIR: path.join(folder.path, 'nowhere') });
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringMatching(/no token in \S+nowhere\S+ Set EKIDEN_TOKEN/) });
  });
});

describe('a key', () => {
  it('is not minted with a limit that is no number, and is listed with the end it has', async () => {
    const { stdout } = await run(['partner', 'create', 'partner-c', '--json'], client());
    const create = ['key', 'create', '--partner', JSON.parse(stdout).createPartner.id];
    for (const limit of ['abc', '1.5', '', '-1'])
      expect(await run([...create, `--per-minute=${limit}`], client())).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('--per-minute takes a whole number'),
      });
    await run([...create, '--label', 'short-lived', '--expires', new Date(Date.now() + 3_600_000).toISOString()], client());
    expect((await run(['key', 'list'], client())).stdout).toMatch(/short-lived +active until 20/);
  });

  it('is rotated with a grace, changed, disabled and enabled', async () => {
    const { apiKey, plaintext } = await mintFor('partner-d');
    expect(await run(['key', 'rotate', apiKey.id, '--grace', 'soon'], client())).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--grace takes a time such as'),
    });
    const rotated = await run(['key', 'rotate', apiKey.id, '--grace', '24h'], client());
    const [successor = ''] = rotated.stdout.split('\n');
    expect(successor).toMatch(/^sr_live_/);
    expect(rotated.stdout).toMatch(new RegExp(`The old key ${apiKey.lookup} works until 20`));
    expect([await statusFor(plaintext), await statusFor(successor)]).toEqual([200, 200]);
    const changed = await run(['key', 'update', apiKey.id, '--label', 'renamed', '--per-minute', '7', '--json'], client());
    expect(JSON.parse(changed.stdout).updateApiKey).toMatchObject({ label: 'renamed', status: 'DEPRECATED' });
    // Use is written down every ten seconds: it may have been meanwhile.
    expect((await run(['key', 'list'], client())).stdout).toMatch(/renamed +replaced, works until 20\S+ +(never|20\S+)/);

    const disabled = await run(['key', 'disable', apiKey.id], client());
    expect(disabled.stdout).toContain(`The key ${apiKey.lookup} is refused since`);
    expect(await statusFor(plaintext)).toBe(401);
    expect((await run(['key', 'enable', apiKey.id], client())).stdout).toContain('replaced, works until');
    expect(await statusFor(plaintext)).toBe(200);
  }, 60_000);

  it('is refused while its partner is archived', async () => {
    const { partnerId, plaintext } = await mintFor('partner-e');
    expect((await run(['partner', 'archive', partnerId], client())).stdout).toContain('The partner partner-e is archived');
    expect(await statusFor(plaintext)).toBe(401);
    expect((await run(['partner', 'list', '--archived'], client())).stdout).toMatch(/^id.*\n.*partner-e/);
    expect((await run(['partner', 'list', '--search', 'partner-c'], client())).stdout).not.toContain('partner-e');
    await run(['partner', 'unarchive', partnerId], client());
    expect(await statusFor(plaintext)).toBe(200);
    await run(['partner', 'update', partnerId, '--contact-email', 'partner-e@example.com'], client());
    expect((await run(['partner', 'list'], client())).stdout).toMatch(/partner-e +partner-e@example.com +1/);
  }, 60_000);
});

async function mintFor(partner: string) {
  const { stdout } = await run(['partner', 'create', partner, '--json'], client());
  const partnerId: string = JSON.parse(stdout).createPartner.id;
  const minted = await run(['key', 'create', '--partner', partnerId, '--json'], client());
  const { plaintext, apiKey } = JSON.parse(minted.stdout).createApiKey as { plaintext: string; apiKey: { id: string; lookup: string } };
  return { partnerId, plaintext, apiKey };
}

const statusFor = async (key: string) => (await fetch(`${server.url}/api/key`, { headers: { 'X-API-Key': key } })).status;

describe('the data folder', () => {
  it('keeps its secrets to its owner', () => {
    for (const name of ['secret-key', 'admin-token']) expect(statSync(path.join(folder.path, name)).mode & 0o077).toBe(0);
  });

  it('is refused to a second server, which names the owner', async () => {
    const second = await run(['serve'], { ...environment, PORT: '0' });
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(`in use by process ${server.pid}`) });
  });

  it('is taken over from a process that was killed, with everything it had acknowledged', async () => {
    const { stdout } = await run(['partner', 'create', 'partner-b', '--json'], client());
    await server.end('SIGKILL');
    expect(existsSync(path.join(folder.path, 'server.pid'))).toBe(true);
    server = await startServerProcess(['serve'], environment);
    expect((await run(['partner', 'list'], client())).stdout).toContain(JSON.parse(stdout).createPartner.id);
  });
});

describe('a server that is asked to stop', () => {
  it('answers while it drains, says that it is not ready, and exits 0; a second signal changes nothing', async () => {
    const ended = server.end('SIGTERM');
    process.kill(server.pid, 'SIGTERM');
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { interval: 20 }).toBe(503);
    const answer = await fetch(`${server.url}/livez`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('connection')).toBe('close');
    expect(await ended).toBe(0);
    expect(existsSync(path.join(folder.path, 'server.pid'))).toBe(false);
  });
});

describe('a bad configuration', () => {
  it('is listed whole, and the process exits 1', async () => {
    const { code, stderr } = await run(['serve'], { PORT: 'abc', SECRET_KEY: 'abc', DATABASE_URL: 'nonsense' });
    expect(code).toBe(1);
    expect(stderr.match(/^ {2}\w+ /gm)).toEqual(['  PORT ', '  DATABASE_URL ', '  SECRET_KEY ', '  PUBLIC_URL ']);
  });
});

describe('the demo', () => {
  it('prints lines that work when pasted, also the second time', async () => {
    const demoFolder = scratchFolder();
    for (const _time of ['first', 'second']) {
      const demo = await startServerProcess(['demo'], { DATA_DIR: demoFolder.path });
      await expect.poll(() => demo.output.stdout, { interval: 50, timeout: 10_000 }).toContain('/api/key');
      const lines = [...demo.output.stdout.matchAll(/curl -H "X-API-Key: (\S+)" '(\S+)'/g)];
      expect(lines).toHaveLength(3);
      for (const [, key = '', url = ''] of lines) {
        const answer = await fetch(url, { headers: { 'X-API-Key': key } });
        expect(answer.status).toBe(200);
        expect(await answer.json()).not.toMatchObject({ total: 0 });
      }
      const [document, json, days] = [...demo.output.stdout.matchAll(/curl '(\S+)'/g)].map(([, url = '']) => fetch(url));
      expect(await (await document)?.text()).toMatch(/^# Runner context of `runner-a`\n/);
      expect(await (await json)?.json()).toMatchObject({ runner: { username: 'runner-a' }, scopes: { labs: true } });
      expect(await (await days)?.json()).toMatchObject({ page: { count: 7, has_more: true } });
      await demo.end('SIGKILL');
    }
    expect(readFileSync(path.join(demoFolder.path, 'admin-token'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    demoFolder.remove();
  }, 90_000);
});
