/**
 * A runner's file, read and written in pieces, so that neither end ever holds all of it: an import of 200 MB is a row of
 * small imports, each of which the gateway takes as it would take the whole.
 */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { parserStream } from 'stream-json';
import Assembler from 'stream-json/assembler.js';
import { CommandError } from './client.ts';

/** Items of one list in one piece; about 1 MB of the longest ones. */
const itemsPerPiece = 2_000;

/** How deep the assembler stands inside a list of a runner: file → runners → runner → list. */
const depthOfList = 4;
const depthOfRunners = 2;

export type Piece = Record<string, unknown>;

export interface ReadPiece {
  piece: Piece;
  /** How far into the file it ends. */
  bytesRead: number;
  /** Where in the file a path of the piece is: `runs[3]` of a second slice is `runners[0].runs[2003]`. */
  placeInFile(path: string): string;
}

export const fileSize = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`);
  }
};

/**
 * The runners of `{"runners": […]}`, one after the other; when a list reaches 2 000 items, what was read so far comes as a
 * piece of its own, and later pieces of the same runner repeat the username only.
 *
 * @throws CommandError when the file cannot be read, is not JSON, or names a runner after a long list of theirs.
 */
export async function* readRunnerPieces(file: string): AsyncGenerator<ReadPiece> {
  const source = createReadStream(file);
  const assembler = new Assembler();
  let position: Position = { runner: 0, taken: new Map() };
  try {
    for await (const token of source.pipe(parserStream({ streamValues: false }))) {
      assembler.consume(token);
      for (const { runner, isWhole } of readyRunners(assembler)) {
        yield { ...takePiece(file, runner, position), bytesRead: source.bytesRead };
        if (isWhole) position = { runner: position.runner + 1, taken: new Map() };
      }
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file} is not JSON: ${(error as Error).message}`);
  }
  if (position.runner === 0) throw new CommandError(`${file} holds no runners; it should look like {"runners": [{"username": …}]}.`);
}

/** How far a file has been taken: which runner it stands in, and how many items of each of their lists are gone. */
interface Position {
  runner: number;
  taken: Map<string, number>;
}

/** What the assembler holds that can be taken now: runners that are whole, or one of whose lists has grown long. */
function readyRunners({ current, depth, stack }: Assembler): { runner: Piece; isWhole: boolean }[] {
  if (!Array.isArray(current)) return [];
  if (depth === depthOfRunners) return current.splice(0).map((runner) => ({ runner, isWhole: true }));
  if (depth !== depthOfList || current.length < itemsPerPiece) return [];
  // The stack holds values and the keys they go to in turn; its last pair is the runner and the name of the list.
  const [runner, list] = stack.slice(-2) as [Piece | null, string];
  return [{ runner: Object.assign(runner ?? {}, { [list]: current }), isWhole: false }];
}

/** Empties the runner, but for the name, into a piece. */
function takePiece(file: string, runner: Piece, { runner: index, taken }: Position): Omit<ReadPiece, 'bytesRead'> {
  if (typeof runner?.username !== 'string') throw new CommandError(`${file}: a runner must begin with "username".`);
  const before = new Map(taken);
  const { username, ...rest } = runner;
  const lists = Object.entries(rest).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const others = Object.entries(rest).filter(([, value]) => !Array.isArray(value));
  for (const [name, items] of lists) taken.set(name, (taken.get(name) ?? 0) + items.length);
  for (const [name] of others) delete runner[name];
  const slices = lists.filter(([, items]) => items.length > 0).map(([name, items]) => [name, items.splice(0)]);
  return {
    piece: { username, ...Object.fromEntries(others), ...Object.fromEntries(slices) },
    placeInFile(path) {
      const moved = path.replace(/^(\w+)\[(\d+)\]/, (_all, name, item) => `${name}[${Number(item) + (before.get(name) ?? 0)}]`);
      return `runners[${index}].${moved}`;
    },
  };
}

/** Writes `{"runners": […]}` from pieces as they arrive; nothing is left behind when one does not. */
export async function writeRunnerPieces(file: string, pieces: AsyncIterable<Piece>): Promise<void> {
  const target = await open(file, 'w');
  try {
    let separator = '{"runners": [\n';
    for await (const piece of pieces) {
      await target.write(separator + JSON.stringify(piece));
      separator = ',\n';
    }
    await target.write('\n]}\n');
  } finally {
    await target.close();
  }
}
