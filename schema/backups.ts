/** Backups of the embedded database, for operators. */
import { createBackup } from '../src/domain/backups.ts';
import type { Backup } from '../src/domain/context.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';

const BackupType = builder.objectRef<Backup>('Backup').implement({
  description: 'A file with everything that is in the database. It holds neither the secret key nor the admin token.',
  fields: (t) => ({
    file: t.exposeString('file', { description: "Where it lies, on the server's machine; readable by its owner only." }),
    bytes: t.exposeFloat('bytes', { description: 'How long it is.' }),
  }),
});

builder.mutationField('createBackup', (t) =>
  t.field({
    type: BackupType,
    description:
      'Writes everything in the embedded database, as it is at one moment, to a new file in the data folder. CONFLICT on a Postgres of its own: use pg_dump there. Operators only.',
    extensions: needs('backups.create'),
    resolve: (_root, _args, ctx) => createBackup(ctx),
  }),
);
