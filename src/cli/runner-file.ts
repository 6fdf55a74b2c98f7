/**
 * A runner's file, read in pieces, so that neither end ever holds all of it: an import of 200 MB is a row of small
 * imports, each of which the gateway takes as it would take the whole.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { parserStream } from 'stream-json';
import Assembler from 'stream-json/assembler.js';
import { CommandError } from './client.ts';

/** Where a piece ends: a list has grown this long, or this many bytes were read. The gateway takes 25 MB. */
const itemsPerPiece = 2_000;
const bytesPerPiece = 5_000_000;

/** How deep the assembler stands in the list of runners, and in a list of one runner. */
const depthOfRunners = 2;
const depthOfList = 4;

export type Piece = { username: string } & Record<string, unknown>;

export interface ReadPiece {
  piece: Piece;
  /** Which runner of the file it is of, from 0. */
  runner: number;
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
 * The runners of `{"runners": […]}`, one after the other; when a list grows long, what was read so far comes as a piece of
 * its own, and later pieces of the same runner repeat the username only.
 *
 * @throws CommandError when the file cannot be read, is not JSON, holds no runners, or one that does not begin with a name.
 */
export async function* readRunnerPieces(file: string): AsyncGenerator<ReadPiece> {
  const source = createReadStream(file);
  const assembler = new Assembler();
  let position: Position = { runner: 0, taken: new Map() };
  let bytesTaken = 0;
  try {
    // Whoever reads the tokens is told of both streams' errors; nobody else need be.
    const tokens = pipeline(source, parserStream({ streamValues: false }), () => {});
    for await (const token of tokens) {
      assembler.consume(token);
      for (const { runner, isWhole } of readyRunners(assembler, source.bytesRead - bytesTaken >= bytesPerPiece)) {
        yield { ...takePiece(file, runner, position), bytesRead: source.bytesRead };
        bytesTaken = source.bytesRead;
        if (isWhole) position = { runner: position.runner + 1, taken: new Map() };
      }
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(code ? `${file} cannot be read: ${message}` : `${file} is not JSON: ${message}`);
  }
  if (position.runner === 0) throw new CommandError(`${file} holds no runners; it should look like {"runners": [{"username": …}]}.`);
}

/** How far a file has been taken: which runner it stands in, and how many items of each of their lists are gone. */
interface Position {
  runner: number;
  taken: Map<string, number>;
}

type Ready = { runner: Record<string, unknown>; isWhole: boolean };

/** What the assembler holds that can be taken now: runners that are whole, or one of whose lists has grown long. */
function readyRunners({ current, depth, stack }: Assembler, isMuch: boolean): Ready[] {
  // The stack holds values and the keys they go to in turn: first the whole file and the name of its list.
  if (!Array.isArray(current) || stack[1] !== 'runners') return [];
  if (depth === depthOfRunners) return current.splice(0).map((runner) => ({ runner, isWhole: true }));
  if (depth !== depthOfList || current.length < (isMuch ? 1 : itemsPerPiece)) return [];
  // Last the runner and the name of the list.
  const [runner, list] = stack.slice(-2) as [Record<string, unknown> | null, string];
  return [{ runner: Object.assign(runner ?? {}, { [list]: current }), isWhole: false }];
}

/** Empties the runner, but for the name, into a piece. */
function takePiece(file: string, runner: Record<string, unknown> | null, { runner: index, taken }: Position): Omit<ReadPiece, 'bytesRead'> {
  if (typeof runner?.username !== 'string') throw new CommandError(`${file}: runners[${index}] must begin with its "username".`);
  const before = new Map(taken);
  const { username, ...rest } = runner;
  const lists = Object.entries(rest).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const others = Object.entries(rest).filter(([, value]) => !Array.isArray(value));
  for (const [name, items] of lists) taken.set(name, (taken.get(name) ?? 0) + items.length);
  for (const [name] of others) delete runner[name];
  const slices = lists.filter(([, items]) => items.length > 0).map(([name, items]) => [name, items.splice(0)]);
  return {
    piece: { username, ...Object.fromEntries(others), ...Object.fromEntries(slices) },
    runner: index,
    placeInFile(path) {
      const moved = path.replace(/^(\w+)\[(\d+)\]/, (_all, name, item) => `${name}[${Number(item) + (before.get(name) ?? 0)}]`);
      return `runners[${index}].${moved}`;
    },
  };
}
