/** Files in, tables out. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import type { ImportCount } from '../domain/import-report.ts';
import { CommandError } from './client.ts';

/** The gateway takes 25 MB with everything around it; asking with more would only be refused after the upload. */
const importBytesMax = 25_000_000;

/** @throws CommandError when the file cannot be read, is too large, or is not JSON (with the place). */
export async function readCatalogueFile(file: string): Promise<unknown> {
  const text = await readText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file} is not JSON: ${(error as Error).message}`);
  }
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > importBytesMax)
      throw new CommandError(`${file} has ${(size / 1e6).toFixed(1)} MB; an import may have ${importBytesMax / 1e6} MB.`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** Writes the value as JSON to the file and gives a sentence about it; without a file, gives the JSON itself. */
export async function writeFileOrPrint(value: unknown, file: string | undefined): Promise<string> {
  const text = JSON.stringify(value, null, 2);
  if (!file) return text;
  await writeFile(file, `${text}\n`);
  return `Wrote ${file}.`;
}

/** One line for each kind of thing that was imported. */
export const describeCounts = (counts: readonly ImportCount[]): string[] =>
  counts.map(({ noun, created, updated, unchanged }) => `${noun}: ${created} created, ${updated} updated, ${unchanged} unchanged`);

/** Columns as wide as their widest cell. */
export function table(headings: string[], rows: string[][]): string {
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [headings, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
