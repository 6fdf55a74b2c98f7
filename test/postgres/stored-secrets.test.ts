/** What a thief of the database gets. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const gateway = await startGateway();

/** Debian keeps it beside the server, not in PATH. */
function findPgDump(): string {
  const versions = '/usr/lib/postgresql';
  const folders = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  return folders.map((version) => path.join(versions, version, 'bin/pg_dump')).find((file) => existsSync(file)) ?? 'pg_dump';
}

it('a dump of the database contains neither the secret of a key nor its SHA-256', async () => {
  const { plaintext } = await gateway.mintKey({ label: 'the label is in the dump' });
  expect((await gateway.get('/api/key', plaintext)).status).toBe(200);
  const { stdout: dump } = await promisify(execFile)(findPgDump(), [gateway.database.url ?? ''], { maxBuffer: 50_000_000 });
  const [, , lookup = '', secret = ''] = plaintext.split('_');
  expect(dump).toContain(lookup);
  expect(dump).toContain('the label is in the dump');
  for (const text of [plaintext, secret, secret.slice(0, 43)]) {
    expect(dump).not.toContain(text);
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      expect(dump.toLowerCase()).not.toContain(createHash('sha256').update(text).digest(encoding).replace(/=+$/, '').toLowerCase());
    }
  }
});
