/** Backups of the embedded database; a Postgres of one's own has better means. */
import { recordAuditEvent } from './audit-events.ts';
import type { Backup, Context } from './context.ts';
import { DomainError } from './errors.ts';
import { permit } from './permissions.ts';

/**
 * Writes everything that is in the database, as it is at one moment, to a new file in the data folder and says where it is.
 * It holds every runner's data, and neither the secret key nor the admin token.
 *
 * @throws CONFLICT where the database is a Postgres of its own.
 */
export async function createBackup(ctx: Context): Promise<Backup> {
  permit(ctx.caller, 'backups.create');
  if (!ctx.writeBackup) {
    throw new DomainError(
      'CONFLICT',
      'This gateway stands on a Postgres of its own: back it up with pg_dump, and bring it back with pg_restore.',
    );
  }
  // What was counted in memory so far belongs to it.
  await Promise.all([ctx.keyUsage.flush(), ctx.contextLinks.reads.flush()]);
  const backup = await ctx.writeBackup(ctx.now());
  const details = { bytes: backup.bytes };
  await ctx.db.$transaction((tx) => recordAuditEvent(ctx, tx, { action: 'backup.create', targetType: 'Backup', details }));
  return backup;
}
