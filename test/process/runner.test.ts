import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { demoRunner } from '../../src/demo/runner.ts';
import { type RunningProcess, run, scratchFolder, startServerProcess } from '../support/processes.ts';

const folder = scratchFolder();
const environment = { DATA_DIR: folder.path };
const server: RunningProcess = await startServerProcess(['serve'], environment);
const ekiden = (...args: string[]) => run(args, { ...environment, EKIDEN_URL: server.url });

afterAll(async () => {
  await server.end('SIGKILL');
  folder.remove();
});

const file = path.join(folder.path, 'runners.json');
const runner = demoRunner(new Date());
const slow = { startedAt: '2026-01-01T06:00:00Z', distanceMeters: 5_000, movingSeconds: 1_500 };
const many = Array.from({ length: 2_005 }, (_all, index) => ({
  ...slow,
  externalId: `r-${index}`,
  ...(index === 2_003 && { averageHeartRate: 0 }),
}));
writeFileSync(file, JSON.stringify({ runners: [runner, { username: 'runner-b', runs: many }] }));

describe('the commands about runners', { timeout: 90_000 }, () => {
  it('import a file of several, say where in it something was refused, and change nothing the second time', async () => {
    const first = await ekiden('runner', 'import', file);
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^runners: 2 created, 0 updated, 0 unchanged$/m) });
    expect(first.stdout).toMatch(/^runs: \d+ created, 0 updated, 0 unchanged\n/m);
    expect(first.stdout).toMatch(/kept: 1\n {2}runners\[1\]\.runs\[2003\]\.averageHeartRate: 0: must lie between 25 and 250 bpm\n$/);

    const again = JSON.parse((await ekiden('runner', 'import', file, '--json')).stdout);
    expect(again.counts).toContainEqual({ noun: 'runners', created: 0, updated: 0, unchanged: 2 });
    for (const count of again.counts) expect(count).toMatchObject({ created: 0, updated: 0 });
  });

  it('share section by section, show the address, and give it a new one', async () => {
    const before = await ekiden('runner', 'link', 'runner-a');
    expect(before.stdout).toContain('shows profile, training\n');
    expect(before.stdout).toContain('npx ekiden runner share runner-a --enabled on');
    const [url = ''] = /http\S+/.exec(before.stdout) ?? [];
    expect((await fetch(url)).status).toBe(403);

    const shared = await ekiden('runner', 'share', 'runner-a', '--enabled', 'on', '--health', 'on', '--training', 'off');
    expect(shared.stdout).toContain('shows profile, health\nSharing is on.');
    const { scopes } = (await (await fetch(`${url}?format=json`)).json()) as { scopes: object };
    expect(scopes).toEqual({ profile: true, training: false, health: true, labs: false });

    const rotated = await ekiden('runner', 'link', 'runner-a', '--rotate');
    const [newUrl = ''] = /http\S+/.exec(rotated.stdout) ?? [];
    expect(newUrl).not.toBe(url);
    expect([(await fetch(url)).status, (await fetch(newUrl)).status]).toEqual([404, 200]);
  });

  it('export what imports back as the same runner', async () => {
    const exported = path.join(folder.path, 'export.json');
    const exportedAgain = path.join(folder.path, 'again.json');
    expect((await ekiden('runner', 'export', 'runner-a', exported)).code).toBe(0);
    const deleted = await ekiden('runner', 'delete', 'runner-a', '--yes');
    expect(deleted.stdout).toMatch(/^Erased\. The audit log keeps the id \S+\.$/m);
    expect((await ekiden('runner', 'link', 'runner-a')).code).toBe(1);
    expect((await ekiden('runner', 'import', exported)).stdout).not.toContain('Refused');
    expect((await ekiden('runner', 'export', 'runner-a', exportedAgain)).code).toBe(0);
    expect(readFileSync(exportedAgain, 'utf8')).toBe(readFileSync(exported, 'utf8'));
  });

  it.each([
    [['runner', 'export', 'runner-z', 'never.json'], 'There is no runner named "runner-z".'],
    [['runner', 'share', 'runner-b', '--labs', 'yes'], '--labs must be on or off.'],
    [['runner', 'delete', 'runner-b'], 'Nobody is here to confirm this; add --yes.'],
    [['runner', 'import', 'never.json'], 'never.json cannot be read: ENOENT'],
  ])('refuse %j and exit 1', async (args, reason) => {
    expect(await ekiden(...args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(reason) });
  });

  it('name the place of a name that is none', async () => {
    writeFileSync(file, JSON.stringify({ runners: [{ username: 'runner-a' }, { username: 'no name' }] }));
    const { code, stderr } = await ekiden('runner', 'import', file);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/: runners\[1\]\.username: 1 to 64 letters.* What comes before in the file is imported/),
    ]);
  });
});
