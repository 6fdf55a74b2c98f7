/** The secrets a laptop needs and nobody wants to think of: made once, kept in the data folder. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The text of the file; made of 32 random bytes (hexadecimal) when it is not there. Readable by its owner only. */
function keptSecret(dataDir: string, name: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, name);
  try {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/** The key that tags API keys. Losing it ends every key that was minted with it. */
export const keptSecretKey = (dataDir: string) => keptSecret(dataDir, 'secret-key');

/** The bearer token of the local operator, which the command line finds by itself. */
export const keptAdminToken = (dataDir: string) => keptSecret(dataDir, 'admin-token');
