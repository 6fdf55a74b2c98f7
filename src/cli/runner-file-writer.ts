/** A runner's file, written as the pieces of an export arrive, so that nobody ever holds all of it. */
import { open, rename, rm } from 'node:fs/promises';
import { CommandError } from './client.ts';
import type { Piece } from './runner-file.ts';

/**
 * Writes `{"runners": [one runner]}`, the pieces' lists joined. The file appears whole or not at all.
 *
 * @throws CommandError when it cannot be written; what the pieces throw.
 */
export async function writeRunnerFile(file: string, pieces: AsyncIterable<Piece>): Promise<void> {
  const unfinished = `${file}.unfinished`;
  const target = await open(unfinished, 'w', 0o600).catch((error: Error) => {
    throw new CommandError(`${file} cannot be written: ${error.message}`);
  });
  try {
    for await (const text of runnerFileText(pieces)) await target.write(text);
    await target.close();
    await rename(unfinished, file);
  } catch (error) {
    await target.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** The text of the file, a piece at a time. The first piece tells of the runner; a list may go on in the next piece. */
async function* runnerFileText(pieces: AsyncIterable<Piece>): AsyncGenerator<string> {
  let hasBegun = false;
  let openList: string | null = null;
  for await (const piece of pieces) {
    if (!hasBegun) yield `{"runners": [{\n${personOf(piece)}`;
    hasBegun = true;
    for (const [name, items] of listsOf(piece)) {
      const before = openList === name ? ',\n' : `${endOf(openList)},\n${JSON.stringify(name)}: [\n`;
      yield before + items.map((item) => JSON.stringify(item)).join(',\n');
      openList = name;
    }
  }
  yield `${endOf(openList)}\n}]}\n`;
}

const endOf = (list: string | null) => (list === null ? '' : '\n]');

const personOf = (piece: Piece) =>
  Object.entries(piece)
    .filter(([, value]) => !Array.isArray(value))
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n');

const listsOf = (piece: Piece) => Object.entries(piece).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
