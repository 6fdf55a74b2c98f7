/** The commands about the deployment itself: its backups and its secret key. */
import { constants, existsSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { type Ask, CommandError } from './client.ts';
import type { Command } from './command.ts';
import { table } from './terminal.ts';

interface Backup {
  file: string;
  bytes: number;
}

interface Reencryption {
  reencrypted: number;
  current: number;
  lost: number;
  next: string | null;
}

interface SecretKeysUse {
  secretKeys: { id: string; apiKeys: number; contextLinks: number }[];
  apiKeysUnknown: number;
  apiKeysLost: number;
  contextLinksLost: number;
}

export const operatorCommands: Command[] = [
  {
    name: 'backup <file>',
    description: 'write everything in the embedded database to a file, while the gateway serves',
    async run(ask, [file = '']) {
      if (existsSync(file)) throw new CommandError(`${file} is there already, and is not overwritten.`);
      const { createBackup } = await ask('mutation { createBackup { file bytes } }', {});
      const { file: written, bytes } = createBackup as Backup;
      await move(written, file);
      return { file, bytes };
    },
    render: ({ file, bytes }) => `Wrote ${bytes} bytes to ${file}, readable by you alone: it holds every runner's data.
It does not hold the secret key, without which no API key works: keep a copy of DATA_DIR/secret-key in another place.
To bring it back, into an empty folder:  DATA_DIR=… npx ekiden restore ${file}`,
  },
  {
    name: 'secret-key status',
    description: 'which secret keys are needed, and for what',
    run: (ask) => ask('{ secretKeysUse { secretKeys { id apiKeys contextLinks } apiKeysUnknown apiKeysLost contextLinksLost } }', {}),
    render: ({ secretKeysUse }) => describeUse(secretKeysUse as SecretKeysUse),
  },
  {
    name: 'secret-key apply',
    description: 'encrypt the addresses of context links under the newest secret key; again changes nothing',
    run: reencryptAll,
    render: ({ reencrypted, current, lost }) =>
      `${reencrypted} context links re-encrypted, ${current} already were, ${lost} cannot be opened: their secret key is gone. All of them still work.`,
  },
];

/** From where the server wrote it. A file that came to be there meanwhile is not overwritten. */
async function move(from: string, to: string): Promise<void> {
  if (!existsSync(from)) throw new CommandError(`The server wrote the backup to ${from} on its own machine: fetch it from there.`);
  await copyFile(from, to, constants.COPYFILE_EXCL).catch((error: Error) => {
    throw new CommandError(`The backup is in ${from}, but could not be moved: ${error.message}`);
  });
  await rm(from);
}

async function reencryptAll(ask: Ask): Promise<Record<string, unknown>> {
  const sum = { reencrypted: 0, current: 0, lost: 0 };
  let after: string | null = null;
  do {
    const answer = await ask('mutation ($after: ID) { reencryptContextLinks(after: $after) { reencrypted current lost next } }', { after });
    const batch = answer.reencryptContextLinks as Reencryption;
    for (const name of ['reencrypted', 'current', 'lost'] as const) sum[name] += batch[name];
    after = batch.next;
  } while (after !== null);
  return sum;
}

function describeUse({ secretKeys, apiKeysUnknown, apiKeysLost, contextLinksLost }: SecretKeysUse): string {
  const rows = secretKeys.map(({ id, apiKeys, contextLinks }, place) => [
    id,
    place === 0 ? 'newest' : 'older',
    String(apiKeys),
    String(contextLinks),
  ]);
  const lines = [table(['secret key', '', 'API keys', 'context links'], rows), ''];
  const older = secretKeys.slice(1);
  if (apiKeysLost > 0) lines.push(`${apiKeysLost} API keys are refused, because the secret key they were made with is not listed.`);
  if (contextLinksLost > 0)
    lines.push(`${contextLinksLost} context links work but cannot be shown, because their secret key is not listed.`);
  if (apiKeysUnknown > 0) lines.push(`${apiKeysUnknown} API keys have not been used since it is recorded which secret key they need.`);
  if (older.some(({ contextLinks }) => contextLinks > 0)) lines.push('Move context links to the newest: npx ekiden secret-key apply');
  if (older.some(({ apiKeys }) => apiKeys > 0))
    lines.push('Keys of an older one go on working while it is listed: npx ekiden key list, key rotate');
  const isFree = older.length > 0 && apiKeysUnknown === 0 && older.every(({ apiKeys, contextLinks }) => apiKeys + contextLinks === 0);
  if (isFree)
    lines.push('Nothing depends on the older ones: they can be dropped 12 hours after the newest came first, when sessions have ended.');
  return lines.join('\n').trimEnd();
}
