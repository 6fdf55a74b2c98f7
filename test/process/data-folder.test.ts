/** A data folder belongs to one living process, whatever dead ones have left in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { DataFolderInUse, lockDataFolder } from '../../src/platform/data-folder.ts';
import { scratchFolder } from '../support/processes.ts';

const lockOf = (folder: string) => path.join(folder, 'server.pid');

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

/** A process that tries to have the folder at a given moment, says whether it has, and keeps it for as long as it lives. */
const contender = (folder: string, startAt: number) =>
  spawn(process.execPath, [
    ...['--import', 'tsx', '--input-type=module', '-e'],
    `const { lockDataFolder } = await import('./src/platform/data-folder.ts');
     while (Date.now() < ${startAt});
     try { lockDataFolder(${JSON.stringify(folder)}); console.log('has it'); } catch (error) { console.log(error.constructor.name); }
     setInterval(() => {}, 1_000);`,
  ]);

it('of several that find a dead owner at the same moment one has it', async () => {
  for (let round = 0; round < 3; round++) {
    const folder = scratchFolder();
    writeFileSync(lockOf(folder.path), `${await deadPid()}`);
    const contenders = Array.from({ length: 5 }, () => contender(folder.path, Date.now() + 1_500));
    const said = await Promise.all(contenders.map(async (child) => String((await once(child.stdout, 'data'))[0]).trim()));
    for (const child of contenders) child.kill('SIGKILL');
    await Promise.all(contenders.map((child) => once(child, 'exit')));
    expect(said.toSorted()).toEqual([...Array(4).fill('DataFolderInUse'), 'has it']);
    folder.remove();
  }
}, 60_000);

it.skipIf(!existsSync('/proc/self/stat'))(
  'a process that has got a dead owner’s number is not taken for it',
  async () => {
    const folder = scratchFolder();
    const living = contender(folder.path, 0);
    await once(living.stdout, 'data');
    expect(() => lockDataFolder(folder.path)).toThrow(DataFolderInUse);
    writeFileSync(lockOf(folder.path), `${living.pid} an-earlier-boot/12345`);
    const unlock = lockDataFolder(folder.path);
    unlock();
    expect(existsSync(lockOf(folder.path))).toBe(false);
    living.kill('SIGKILL');
    await once(living, 'exit');
    folder.remove();
  },
  30_000,
);
