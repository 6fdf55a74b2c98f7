/** Backups of the embedded database as files: gzipped archives, whose own checksum says whether one is whole. */
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';

/** The file is not a backup, or not a whole one. */
export class BackupUnusable extends Error {}

/** Under this name until it is whole. */
const unfinished = '.part';

/**
 * Gives a function that writes what `dump` gives to a new file in the folder, readable by its owner only, one at a time.
 * A file that a killed process has left unfinished is removed by the next.
 */
export function createBackupWriter(dump: () => Promise<Blob>, folder: string): (now: Date) => Promise<{ file: string; bytes: number }> {
  let underWay: Promise<unknown> = Promise.resolve();
  return (now) => {
    const written = underWay.then(() => write(dump, path.resolve(folder), now));
    underWay = written.catch(() => {
      // Whoever asked for that one is told; the next begins all the same.
    });
    return written;
  };
}

async function write(dump: () => Promise<Blob>, folder: string, now: Date): Promise<{ file: string; bytes: number }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) if (name.endsWith(unfinished)) await rm(path.join(folder, name));
  const file = await freeName(folder, `ekiden-${now.toISOString().replaceAll(':', '-')}`);
  const archive = Readable.fromWeb((await dump()).stream() as Parameters<typeof Readable.fromWeb>[0]);
  await pipeline(archive, createGzip({ level: 4 }), createWriteStream(file + unfinished, { mode: 0o600, flags: 'wx' }));
  const handle = await open(file + unfinished, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(file + unfinished, file);
  return { file, bytes: (await stat(file)).size };
}

async function freeName(folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  const names = [name, ...Array.from({ length: taken.size }, (_, index) => `${name}-${index + 2}`)].map((free) => `${free}.tar.gz`);
  return path.join(folder, names.find((free) => !taken.has(free)) ?? '');
}

/** The archive in the file. @throws BackupUnusable when it is cut short, damaged, or something else. */
export async function readBackup(file: string): Promise<Blob> {
  const packed = await readFile(file).catch((error: Error) => {
    throw new BackupUnusable(`${file} cannot be read: ${error.message}`);
  });
  const archive = await promisify(gunzip)(packed).catch((error: Error) => {
    throw new BackupUnusable(`${file} is not a whole backup: ${error.message}`);
  });
  return new Blob([new Uint8Array(archive)]);
}
