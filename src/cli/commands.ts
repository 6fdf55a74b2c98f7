/** The commands that are a GraphQL operation each: what is asked, with what, and how the answer reads. */

import type { ImportReport } from '../domain/import-report.ts';
import { auditCommand } from './audit-command.ts';
import type { Command } from './command.ts';
import { keyCommands } from './key-commands.ts';
import { operatorCommands } from './operator-commands.ts';
import { partnerCommands } from './partner-commands.ts';
import { runnerCommands } from './runner-commands.ts';
import { sessionCommands } from './session-commands.ts';
import { describeCounts, readCatalogueFile, writeFileOrPrint } from './terminal.ts';

export const commands: Command[] = [
  ...partnerCommands,
  ...keyCommands,
  ...operatorCommands,
  {
    name: 'catalogue import <file>',
    description: 'import templates from a JSON file, all or nothing',
    run: async (ask, [file]) =>
      ask('mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun created updated unchanged } } }', {
        input: await readCatalogueFile(file ?? ''),
      }),
    render({ importCatalogue }) {
      return describeCounts((importCatalogue as ImportReport).counts).join('\n');
    },
  },
  {
    name: 'catalogue export [file]',
    description: 'export every template, to the file or to standard output',
    run: async (ask, [file]) => {
      const { exportCatalogue } = await ask('{ exportCatalogue }', {});
      return { exportCatalogue, written: await writeFileOrPrint(exportCatalogue, file) };
    },
    render: ({ written }) => String(written),
  },
  ...runnerCommands,
  ...sessionCommands,
  auditCommand,
];
