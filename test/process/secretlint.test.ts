import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keyMinter } from '../../src/access/key-secret.ts';
import { deriveKeys } from '../../src/access/secret-keys.ts';
import { createSessions } from '../../src/access/sessions.ts';
import { scratchFolder } from '../support/processes.ts';

/** `npm run check` looks for secrets in the repository; this is about whether it would find any. */
const folder = scratchFolder();
afterAll(() => folder.remove());

const secretKeys = [randomBytes(32).toString('hex')];
const mintKey = keyMinter(deriveKeys(secretKeys, 'api-key-tag'));
const token = randomBytes(32).toString('base64url');
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1_024 });
const session = await createSessions(deriveKeys(secretKeys, 'session'), () => new Date()).mint!({ role: 'coach', subject: 'coach-a' }, 60);

/** A file for each, with the secret in the way that people leave one. */
const planted: Record<string, string> = {
  'live.md': `curl -H "X-API-Key: ${(await mintKey('LIVE')).plaintext}" https://gateway.example/api/key`,
  '.env.local': `EKIDEN_KEY=${(await mintKey('TEST')).plaintext}`,
  'src/context.ts': `const address = 'https://gateway.example/api/runner-context/${token}?format=json';`,
  'session.json': JSON.stringify({ token: session.token }),
  'key.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

const harmless = `sr_live_<lookup>_<secret>, sr_live_${'a'.repeat(12)}, /api/runner-context/{token}, /api/runner-context/${'a'.repeat(42)}`;

it('a secret that somebody leaves in a file is found: keys, addresses of contexts, sessions, private keys', { timeout: 60_000 }, () => {
  mkdirSync(path.join(folder.path, 'src'));
  for (const [name, text] of Object.entries({ ...planted, 'harmless.md': harmless }))
    writeFileSync(path.join(folder.path, name), `${text}\n`);
  const bin = path.resolve('node_modules/secretlint/bin/secretlint.js');
  const rules = path.resolve('.secretlintrc.json');
  const { status, stdout } = spawnSync(process.execPath, [bin, '**/*', '--secretlintrc', rules, '--format', 'json', '--maskSecrets'], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  const found = (JSON.parse(stdout) as { filePath: string; messages: unknown[] }[]).filter(({ messages }) => messages.length > 0);
  expect(found.map(({ filePath }) => path.relative(folder.path, filePath)).toSorted()).toEqual(Object.keys(planted).toSorted());
  expect(status).toBe(1);
});

it('nothing that is committed is left out of the search but pictures, what is generated, and hashes', () => {
  const ignored = execFileSync('git', ['ls-files', '--cached', '--ignored', '--exclude-from=.secretlintignore'], { encoding: 'utf8' });
  const unseen = ignored.split('\n').filter((name) => name !== '' && !/\.png$|(^|\/)package-lock\.json$/.test(name));
  expect(unseen).toEqual([]);
});
