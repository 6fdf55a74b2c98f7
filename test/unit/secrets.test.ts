import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/config.ts';
import { keptSecretKeys } from '../../src/secrets.ts';
import { scratchFolder } from '../support/processes.ts';

let folder: ReturnType<typeof scratchFolder>;
beforeEach(() => {
  folder = scratchFolder();
});
afterEach(() => folder.remove());
const file = () => path.join(folder.path, 'secret-key');
const write = (text: string) => writeFileSync(file(), text);

describe('the secret key of a data folder', () => {
  it('is made once, for its owner alone', () => {
    const made = keptSecretKeys(folder.path);
    expect(made).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(keptSecretKeys(folder.path)).toEqual(made);
    expect(readFileSync(file(), 'utf8')).toBe(`${made[0]}\n`);
  });

  it('may be several, newest first, one a line or separated by commas', () => {
    const [newer, older, oldest] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)];
    write(`${newer}\n${older}, ${oldest}\n`);
    expect(keptSecretKeys(folder.path)).toEqual([newer, older, oldest]);
  });

  it.each([
    ['nothing', ''],
    ['half a key', 'a'.repeat(32)],
    ['a key and something else', `${'a'.repeat(64)}\nold`],
  ])('is refused when the file holds %s: keys made from that would be anybody’s', (_what, text) => {
    write(text);
    expect(() => keptSecretKeys(folder.path)).toThrow(ConfigError);
    expect(readFileSync(file(), 'utf8')).toBe(text);
  });
});
