/** The secrets a laptop needs and nobody wants to think of: made once, kept in the data folder. */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError, isSecretKey } from './config.ts';

/** The text of the file; made of 32 random bytes (hexadecimal) when it is not there. Readable by its owner only. */
function keptSecret(dataDir: string, name: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, name);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  // Written aside and linked into place: a process that is killed meanwhile must not leave an empty secret behind.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * The keys that tag API keys, newest first: one a line, or separated by commas. Losing one ends every key minted with it.
 *
 * @throws ConfigError when the file holds anything else.
 */
export function keptSecretKeys(dataDir: string): string[] {
  const keys = keptSecret(dataDir, 'secret-key').split(/[\s,]+/);
  if (keys.every(isSecretKey)) return keys;
  throw new ConfigError(`${path.join(dataDir, 'secret-key')} must hold 64 hexadecimal characters a line, newest first`);
}

/** The bearer token of the local operator, which the command line finds by itself. */
export const keptAdminToken = (dataDir: string) => keptSecret(dataDir, 'admin-token');
