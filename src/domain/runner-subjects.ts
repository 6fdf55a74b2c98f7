/** Whose sessions own a runner: the subject under which an identity provider knows them. */
import { z } from 'zod';
import type { Runner } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { DomainError } from './errors.ts';
import { permit } from './permissions.ts';
import { isSubject } from './session.ts';

export const runnerSubject = z.string().refine(isSubject, '1 to 255 characters, none of them a control character');

/**
 * Holds the subject for this transaction, in which the runner gets it.
 *
 * @throws FORBIDDEN for runners, who would hand themselves over; CONFLICT when it is another runner's.
 */
export async function claimSubject(ctx: Context, tx: Tx, subject: string): Promise<void> {
  if (permit(ctx.caller, 'runners.manage') !== 'all') {
    throw new DomainError('FORBIDDEN', 'Only operators may say whose sessions own a runner.');
  }
  // Two transactions that want the same subject come one after another, so that the second sees the first's runner.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runner subject ${subject}`}, 0))`;
  const owned = await tx.runner.findUnique({ where: { subject }, select: { id: true } });
  if (owned) throw new DomainError('CONFLICT', 'Sessions of this subject own another runner.', { details: { runnerId: owned.id } });
}

/**
 * The same for a runner there is, and on record; nothing when the subject is theirs already. The subject itself, which
 * may be a person's address, is not on record.
 */
export async function changeSubject(ctx: Context, tx: Tx, before: Runner, subject: string): Promise<void> {
  if (subject === before.subject) return;
  await claimSubject(ctx, tx, subject);
  await recordAuditEvent(ctx, tx, { action: 'runner.link-subject', targetType: 'Runner', targetId: before.id });
}
