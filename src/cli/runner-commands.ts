/** The commands about runners: their files, their sharing, their link. */
import { createInterface } from 'node:readline/promises';
import type { Fault } from '../domain/errors.ts';
import type { ImportCount, ImportReport } from '../domain/import-report.ts';
import { type Ask, CommandError } from './client.ts';
import type { Command } from './command.ts';
import { startProgress } from './progress.ts';
import { fileSize, type Piece, type ReadPiece, readRunnerPieces } from './runner-file.ts';
import { writeRunnerFile } from './runner-file-writer.ts';
import { describeCounts } from './terminal.ts';

interface Link {
  label: string;
  url: string | null;
  profile: boolean;
  training: boolean;
  health: boolean;
  labs: boolean;
}

interface Runner {
  id: string;
  username: string;
  sharingEnabled: boolean;
  contextLinks: Link[];
}

/** Of the refusals, a person reads the first; `--json` gives all. */
const refusalsShown = 30;

const linkFields = 'label url profile training health labs';
const runnerFields = `id username sharingEnabled contextLinks { ${linkFields} }`;
const scopeNames = ['profile', 'training', 'health', 'labs'] as const;

export const runnerCommands: Command[] = [
  {
    name: 'runner import <file>',
    description: 'import runners from a JSON file of any size; again changes nothing',
    run: (ask, [file = '']) => importRunners(ask, file),
    render({ counts, refusals }) {
      const faults = refusals as Fault[];
      const lines = describeCounts(counts as ImportCount[]);
      if (faults.length > 0) lines.push(`Refused, while the rest was kept: ${faults.length}`);
      lines.push(...faults.slice(0, refusalsShown).map(({ path, message }) => `  ${path}: ${message}`));
      if (faults.length > refusalsShown) lines.push(`  … and ${faults.length - refusalsShown} more (--json lists all)`);
      return lines.join('\n');
    },
  },
  {
    name: 'runner export <username> <file>',
    description: 'export everything that is held of a runner',
    async run(ask, [username = '', file = '']) {
      const { id } = await findRunner(ask, username);
      await writeRunnerFile(file, exportPieces(ask, id));
      return { username, file };
    },
    render: ({ username, file }) => `Wrote everything of ${username} to ${file}.`,
  },
  {
    name: 'runner delete <username>',
    description: 'erase a runner and everything of theirs',
    options: { '--yes': 'do not ask' },
    async run(ask, [username = ''], { yes }) {
      const { id } = await findRunner(ask, username);
      if (!yes) await confirm(username);
      return ask('mutation ($id: ID!) { deleteRunner(id: $id) }', { id });
    },
    render: ({ deleteRunner }) => `Erased. The audit log keeps the id ${deleteRunner}.`,
  },
  {
    name: 'runner share <username>',
    description: 'turn sharing, or sections of the default link, on or off',
    options: Object.fromEntries([
      ['--enabled <on|off>', 'the switch of all links'],
      ...scopeNames.map((scope) => [`--${scope} <on|off>`, `the section ${scope}`]),
    ]),
    async run(ask, [username = ''], options) {
      const { id } = await findRunner(ask, username);
      const input = Object.fromEntries(['enabled', ...scopeNames].flatMap((name) => readSwitch(name, options[name])));
      return ask(
        `mutation ($id: ID!, $input: ContextSharingInput!) { updateContextSharing(runnerId: $id, input: $input) { ${runnerFields} } }`,
        { id, input },
      );
    },
    render: ({ updateContextSharing }) => describeSharing(updateContextSharing as Runner),
  },
  {
    name: 'runner link <username>',
    description: "show the address of a runner's context",
    options: { '--rotate': 'give it a new address; the old one dies at once' },
    async run(ask, [username = ''], { rotate }) {
      const { id } = await findRunner(ask, username);
      if (rotate) await ask('mutation ($id: ID!) { rotateContextToken(runnerId: $id) { id } }', { id });
      return { runner: await findRunner(ask, username) };
    },
    render: ({ runner }) => describeSharing(runner as Runner),
  },
];

/** Sends the file piece by piece and adds up what the pieces did. */
async function importRunners(ask: Ask, file: string): Promise<Record<string, unknown>> {
  const counts = new Map<string, ImportCount>();
  const refusals: Fault[] = [];
  const progress = startProgress(await fileSize(file));
  let lastRunner = -1;
  try {
    for await (const read of readRunnerPieces(file)) {
      const report = await importPiece(ask, file, read);
      for (const count of report.counts) {
        // Every piece of a runner finds the runner that the first has made.
        if (count.noun === 'runners' && read.runner === lastRunner) count.unchanged = 0;
        addUp(counts, count);
      }
      lastRunner = read.runner;
      for (const { path, message } of report.refusals) refusals.push({ path: read.placeInFile(path), message });
      progress.update(read.bytesRead);
    }
  } finally {
    progress.stop();
  }
  return { counts: [...counts.values()], refusals };
}

async function importPiece(ask: Ask, file: string, { piece, placeInFile }: ReadPiece): Promise<ImportReport> {
  const document =
    'mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { counts { noun created updated unchanged } refusals { path message } } }';
  const { importRunner } = (await ask(document, { input: piece }).catch((error: CommandError) => {
    const faults = error.extensions?.errors?.map(({ path, message }) => `${placeInFile(path)}: ${message}`);
    if (!faults) throw error;
    throw new CommandError(`${file}: ${faults.join('; ')}. What comes before in the file is imported; it can be imported again.`);
  })) as { importRunner: ImportReport };
  return importRunner;
}

function addUp(counts: Map<string, ImportCount>, { noun, created, updated, unchanged }: ImportCount): void {
  const sum = counts.get(noun) ?? { noun, created: 0, updated: 0, unchanged: 0 };
  counts.set(noun, { noun, created: sum.created + created, updated: sum.updated + updated, unchanged: sum.unchanged + unchanged });
}

async function* exportPieces(ask: Ask, id: string): AsyncGenerator<Piece> {
  let after: string | null = null;
  do {
    const { exportRunner } = (await ask('query ($id: ID!, $after: String) { exportRunner(id: $id, after: $after) { document next } }', {
      id,
      after,
    })) as { exportRunner: { document: Piece; next: string | null } };
    yield exportRunner.document;
    after = exportRunner.next;
  } while (after !== null);
}

async function findRunner(ask: Ask, username: string): Promise<Runner> {
  const { runner } = await ask(`query ($username: String!) { runner(username: $username) { ${runnerFields} } }`, { username });
  if (!runner) throw new CommandError(`There is no runner named ${JSON.stringify(username)}.`);
  return runner as Runner;
}

function readSwitch(name: string, value: unknown): [string, boolean][] {
  if (value === undefined) return [];
  if (value !== 'on' && value !== 'off') throw new CommandError(`--${name} must be on or off.`);
  return [[name, value === 'on']];
}

/** @throws CommandError unless the username is typed once more, or when there is nobody to type it. */
async function confirm(username: string): Promise<void> {
  if (!process.stdin.isTTY) throw new CommandError('Nobody is here to confirm this; add --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`This erases ${username} and everything of theirs. Type the username to go on: `);
  terminal.close();
  if (answer.trim() !== username) throw new CommandError('Nothing was erased.');
}

function describeSharing({ username, sharingEnabled, contextLinks }: Runner): string {
  const links = contextLinks.map((link) => {
    const shown = scopeNames.filter((scope) => link[scope]).join(', ') || 'nothing';
    return `${link.label}: ${link.url ?? 'cannot be shown, because the secret key it was stored under is gone; rotate it'}\n  shows ${shown}`;
  });
  const state = sharingEnabled
    ? 'Sharing is on.'
    : `Sharing is off: the address answers 403 until you run\n  npx ekiden runner share ${username} --enabled on`;
  return [...links, state].join('\n');
}
