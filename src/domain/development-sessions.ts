/** Sessions for development: what an identity provider would sign, without one. */
import { z } from 'zod';
import { type AuditEntry, recordAuditEvent } from './audit-events.ts';
import type { Context } from './context.ts';
import { DomainError, invalid } from './errors.ts';
import { parseInput } from './input.ts';
import { permit } from './permissions.ts';
import { isSubject, type SessionRole, sessionRoles, signedElsewhere } from './session.ts';

/** A working day and its evening. */
const ttlSeconds = 12 * 60 * 60;

const action = 'development-session.create';

const sessionInput = z.strictObject({
  role: z.enum(sessionRoles),
  user: z.string().refine(isSubject, '1 to 255 characters, none of them a control character').nullish(),
});

export interface DevelopmentSession {
  role: SessionRole;
  /** The `sub` of the token. */
  subject: string;
  /** The whole credential. It is in this answer and nowhere else. */
  token: string;
  expiresAt: Date;
}

/**
 * Gives a session of 12 hours. `user` is a runner's username, or any subject of a coach or an operator; for these the
 * role's name when it is left out.
 *
 * @throws INVALID with every fault; NOT_FOUND for an unknown runner; CONFLICT where an identity provider signs sessions.
 */
export async function createDevelopmentSession(ctx: Context, input: unknown): Promise<DevelopmentSession> {
  permit(ctx.caller, 'development-sessions.create');
  const { role, user } = parseInput(sessionInput, input);
  const { mintSession } = ctx;
  if (!mintSession) throw signedElsewhere();
  const runner = role === 'runner' ? await findRunnerOfSession(ctx, user ?? null) : null;
  const subject = runner?.subject ?? user ?? role;
  const minted = await mintSession({ role, subject }, ttlSeconds);
  // Of a runner only the id is on record; their subject may be a person's address.
  const entry: AuditEntry = runner
    ? { action, targetType: 'Runner', targetId: runner.id, details: { role } }
    : { action, targetType: 'Session', details: { role, subject } };
  await ctx.db.$transaction((tx) => recordAuditEvent(ctx, tx, entry));
  return { role, subject, ...minted };
}

async function findRunnerOfSession({ db }: Context, username: string | null): Promise<{ id: string; subject: string }> {
  if (username === null) throw invalid([{ path: 'user', message: 'must be the username of a runner' }]);
  const name = username.trim().toLowerCase();
  const runner = await db.runner.findUnique({ where: { username: name }, select: { id: true, subject: true } });
  if (!runner) throw new DomainError('NOT_FOUND', `There is no runner named ${JSON.stringify(username)}.`);
  return runner;
}
