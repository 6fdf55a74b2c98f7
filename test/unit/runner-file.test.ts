import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ReadPiece, readRunnerPieces } from '../../src/cli/runner-file.ts';
import { writeRunnerFile } from '../../src/cli/runner-file-writer.ts';
import { scratchFolder } from '../support/processes.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

let files = 0;
function write(text: string): string {
  const file = path.join(folder.path, `${++files}.json`);
  writeFileSync(file, text);
  return file;
}

async function read(file: string): Promise<ReadPiece[]> {
  const pieces: ReadPiece[] = [];
  for await (const piece of readRunnerPieces(file)) pieces.push(piece);
  return pieces;
}

const runs = (count: number) => Array.from({ length: count }, (_all, index) => ({ externalId: `r-${index}`, distanceMeters: index + 1 }));
const runnerA = { username: 'runner-a', units: 'IMPERIAL', dailyMetrics: [{ date: '2026-06-12', hrv: 60 }], runs: runs(4_003) };
const runnerB = { username: 'runner-b', labTests: [{ name: 'Blood', markers: runs(3) }] };

/** What the pieces say together, by runner. */
function joined(pieces: ReadPiece[]): Record<string, unknown>[] {
  const whole: Record<string, unknown>[] = [];
  for (const { runner, piece } of pieces) {
    const known: Record<string, unknown> = whole[runner] ?? {};
    for (const [name, value] of Object.entries(piece)) {
      known[name] = Array.isArray(value) ? [...((known[name] as unknown[] | undefined) ?? []), ...value] : value;
    }
    whole[runner] = known;
  }
  return whole;
}

describe("a runner's file", () => {
  it('is taken in pieces that together say all of it, each item once and in its order', async () => {
    const pieces = await read(write(JSON.stringify({ runners: [runnerA, runnerB] })));
    expect(pieces.map(({ runner, piece }) => [runner, Object.keys(piece), (piece.runs as unknown[] | undefined)?.length])).toEqual([
      [0, ['username', 'units', 'dailyMetrics', 'runs'], 2_000],
      [0, ['username', 'runs'], 2_000],
      [0, ['username', 'runs'], 3],
      [1, ['username', 'labTests'], undefined],
    ]);
    expect(joined(pieces)).toEqual([runnerA, runnerB]);
  });

  it('is taken in smaller pieces when its items are long, so that none is too large for the gateway', async () => {
    const long = { username: 'runner-a', runs: runs(1_500).map((run) => ({ ...run, notes: 'ü'.repeat(9_000) })) };
    const pieces = await read(write(JSON.stringify({ runners: [long] })));
    for (const { piece } of pieces) expect(Buffer.byteLength(JSON.stringify(piece))).toBeLessThan(6_000_000);
    expect(joined(pieces)).toEqual([long]);
  });

  it('says where in it a path of a piece is', async () => {
    const [first, second, last, other] = await read(write(JSON.stringify({ runners: [runnerA, runnerB] })));
    expect(first?.placeInFile('runs[3].distanceMeters')).toBe('runners[0].runs[3].distanceMeters');
    expect(second?.placeInFile('runs[3].averageHeartRate')).toBe('runners[0].runs[2003].averageHeartRate');
    expect(last?.placeInFile('runs[2]')).toBe('runners[0].runs[4002]');
    expect(last?.placeInFile('username')).toBe('runners[0].username');
    expect(other?.placeInFile('labTests[0].markers[1].value')).toBe('runners[1].labTests[0].markers[1].value');
  });

  it('tells how far it has been read', async () => {
    const file = write(JSON.stringify({ runners: [runnerA, runnerB] }));
    const places = (await read(file)).map(({ bytesRead }) => bytesRead);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.at(-1)).toBe(readFileSync(file).byteLength);
  });

  it.each([
    ['{"runners": [{"username": "runner-a", "runs": [', 'is not JSON'],
    ['{"runners": [{"username": "runner-a"}]} and more', 'is not JSON'],
    ['', 'is not JSON'],
    ['{"runners": []}', 'holds no runners; it should look like {"runners": [{"username": …}]}'],
    ['[]', 'holds no runners'],
    ['"runner-a"', 'holds no runners'],
    ['{"username": "runner-a", "runs": []}', 'holds no runners'],
    ['{"workoutTemplates": [{"name": "Easy"}]}', 'holds no runners'],
    ['{"runners": [{"units": "METRIC"}]}', 'runners[0] must begin with its "username"'],
    ['{"runners": [{"username": "runner-a"}, null]}', 'runners[1] must begin with its "username"'],
    [JSON.stringify({ runners: [{ runs: runs(2_001), username: 'runner-a' }] }), 'runners[0] must begin with its "username"'],
  ])('that is %s is refused with a reason', async (text, reason) => {
    const file = write(text);
    await expect(read(file)).rejects.toThrow(reason);
    await expect(read(file)).rejects.toThrow(file);
  });

  it('that cannot be read is not called JSON', async () => {
    await expect(read(path.join(folder.path, 'absent.json'))).rejects.toThrow(/absent\.json cannot be read: ENOENT/);
    await expect(read(folder.path)).rejects.toThrow(/cannot be read: EISDIR/);
  });
});

describe('an export', () => {
  async function* inPieces(...pieces: ({ username: string } & Record<string, unknown>)[]) {
    yield* pieces;
  }

  it('joins the lists of its pieces into one runner, for its owner only to read', async () => {
    const file = path.join(folder.path, 'export.json');
    const username = 'runner-a';
    await writeRunnerFile(
      file,
      inPieces(
        { username, units: 'METRIC', gear: [{ name: 'Shoes' }], runs: runs(2) },
        { username, runs: runs(1) },
        { username },
        { username, labTests: [runnerB] },
      ),
    );
    const wanted = { username, units: 'METRIC', gear: [{ name: 'Shoes' }], runs: [...runs(2), ...runs(1)], labTests: [runnerB] };
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ runners: [wanted] });
    await writeRunnerFile(file, inPieces({ username }));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ runners: [{ username }] });
  });

  it('that breaks off leaves the file of before', async () => {
    const file = write('before');
    async function* broken() {
      yield { username: 'runner-a', runs: runs(1) };
      throw new Error('the gateway is gone');
    }
    await expect(writeRunnerFile(file, broken())).rejects.toThrow('the gateway is gone');
    expect(readFileSync(file, 'utf8')).toBe('before');
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
    await expect(writeRunnerFile(path.join(folder.path, 'absent/x.json'), broken())).rejects.toThrow(/cannot be written: ENOENT/);
  });
});
