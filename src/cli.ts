#!/usr/bin/env node
/** The `ekiden` command: a server, and the operations on one. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command as Program } from 'commander';
import { CommandError, connect } from './cli/client.ts';
import type { Command } from './cli/command.ts';
import { readClientConfig } from './config.ts';
import { packageRoot } from './platform/package-root.ts';

const { version } = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')) as { version: string };

const program = new Program('ekiden')
  .description('A gateway between running platforms and everyone who reads from them.')
  .version(version)
  .addHelpText('after', '\nCommands talk to EKIDEN_URL (the local server) with EKIDEN_TOKEN (the local admin token).');

// Loaded only when asked for: the other commands need no server in their process and start faster without.
const server = () => import('./cli/serve.ts');
program
  .command('serve')
  .description('start the gateway')
  .action(async () => (await server()).serve());
program
  .command('demo')
  .description('start the gateway with a demo catalogue, a key and a runner')
  .action(async () => (await server()).demo());
program
  .command('restore')
  .argument('<file>')
  .description('make the embedded database from a backup, in an empty data folder')
  .action(async (file: string) => (await import('./cli/restore.ts')).restore(file));
// And a server needs none of theirs, and starts faster without.
const isServer = ['serve', 'demo', 'restore'].includes(process.argv[2] ?? '');
for (const command of isServer ? [] : (await import('./cli/commands.ts')).commands) register(command);

function register({ name, description, options = {}, required = [], run, render }: Command): void {
  const [noun = '', ...rest] = name.split(' ');
  const groupOf = () =>
    program.commands.find((existing) => existing.name() === noun) ?? program.command(noun).description(`${noun}s of the gateway`);
  const entry = (rest.every((word) => word.startsWith('<')) ? program.command(name) : groupOf().command(rest.join(' ')))
    .description(description)
    .option('--json', 'print the answer as JSON');
  for (const [flag, meaning] of Object.entries(options)) {
    const isRequired = required.some((wanted) => flag.startsWith(`--${wanted} `));
    if (isRequired) entry.requiredOption(flag, meaning);
    else entry.option(flag, meaning);
  }
  entry.action(async () => {
    const { json, ...given } = entry.opts();
    const answer = await run(connect(readClientConfig()), entry.args, given);
    console.log(json ? JSON.stringify(answer, null, 2) : render(answer));
  });
}

/** What went wrong, for a person, or as JSON for a program that asked for it. */
function explain({ message, extensions }: CommandError): string {
  if (process.argv.includes('--json')) return JSON.stringify({ message, ...extensions }, null, 2);
  const faults = extensions.errors ?? [];
  if (faults.length === 0) return message;
  const things = faults.length === 1 ? 'One thing is' : `${faults.length} things are`;
  return `Nothing was written. ${things} wrong:\n${faults.map((fault) => `  ${fault.path}: ${fault.message}`).join('\n')}`;
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(explain(error));
  process.exitCode = 1;
}
