/** The command that brings a backup back. It needs the data folder to itself, and so no server. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BackupUnusable } from '../platform/backup-file.ts';
import { DataFolderInUse } from '../platform/data-folder.ts';
import { DataFolderNotEmpty, restoreBackup } from '../platform/restore.ts';
import { CommandError } from './client.ts';
import { readConfigOrExplain } from './server-config.ts';

/** @throws CommandError when the file or the data folder does not allow it; nothing is written then. */
export async function restore(file: string): Promise<void> {
  const { databaseUrl, dataDir, secretKeys } = readConfigOrExplain();
  if (databaseUrl) throw new CommandError('DATABASE_URL is set: bring a Postgres of its own back with pg_restore.');
  await restoreBackup(file, dataDir).catch((error: Error) => {
    const isExpected = error instanceof BackupUnusable || error instanceof DataFolderInUse || error instanceof DataFolderNotEmpty;
    throw isExpected ? new CommandError(`Nothing was restored: ${error.message}.`) : error;
  });
  console.log(`Restored ${file} into ${dataDir}.`);
  if (secretKeys || existsSync(path.join(dataDir, 'secret-key'))) return;
  console.log(`
A backup does not hold the secret key. Before you start the gateway, put the secret-key of the old data folder into ${dataDir}:
without it a new one is made, no API key works any more, and the addresses of contexts cannot be shown.`);
}
