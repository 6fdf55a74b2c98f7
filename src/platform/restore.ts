/** Brings a backup back into an empty data folder: all of it, or nothing. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { BackupUnusable, readBackup } from './backup-file.ts';
import { databaseFolder, lockDataFolder } from './data-folder.ts';
import { extensions } from './embedded-postgres.ts';

/** There is something in the data folder that a restore would mix with. */
export class DataFolderNotEmpty extends Error {}

/** Where the database is made before it is put into its place; what a killed restore has left there is thrown away. */
const stagingFolder = 'restoring';

/** What may be there before: it is not in a backup. */
const kept = ['secret-key', 'admin-token', 'backups', stagingFolder];

/**
 * Makes the database in `dataDir` from the file.
 *
 * @throws BackupUnusable, DataFolderNotEmpty, or DataFolderInUse; the folder is then as it was.
 */
export async function restoreBackup(file: string, dataDir: string): Promise<void> {
  const archive = await readBackup(file);
  const isNew = !existsSync(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  let isRestored = false;
  try {
    // The lock of a living process says more than what lies beside it.
    const unlock = lockDataFolder(dataDir);
    try {
      const inTheWay = readdirSync(dataDir).filter((name) => ![...kept, 'server.pid'].includes(name));
      if (inTheWay.length > 0) {
        throw new DataFolderNotEmpty(`the data folder ${dataDir} is not empty (${inTheWay.join(', ')}); restore into another, by DATA_DIR`);
      }
      await unpack(file, archive, dataDir);
      isRestored = true;
    } finally {
      unlock();
    }
  } finally {
    if (isNew && !isRestored) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function unpack(file: string, archive: Blob, dataDir: string): Promise<void> {
  const staging = path.join(dataDir, stagingFolder);
  rmSync(staging, { recursive: true, force: true });
  try {
    await requireDatabase(file, archive, staging);
    renameSync(staging, path.join(dataDir, databaseFolder));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Unpacks the archive and opens what came out of it. @throws BackupUnusable when that is no database of a gateway. */
async function requireDatabase(file: string, archive: Blob, folder: string): Promise<void> {
  try {
    const database = await PGlite.create({ dataDir: folder, loadDataDir: archive, extensions });
    try {
      await database.query('SELECT count(*) FROM "_prisma_migrations"');
    } finally {
      await database.close();
    }
  } catch (error) {
    throw new BackupUnusable(`${file} is not the backup of a gateway: ${(error as Error).message}`, { cause: error });
  }
}
