/** One-time links: how someone in development gets from a terminal into a browser without pasting a session. */
import { createHash, randomBytes } from 'node:crypto';
import { recordAuditEvent } from './audit-events.ts';
import type { Context } from './context.ts';
import { readSessionInput } from './development-sessions.ts';
import { isSessionRole, type Session } from './session.ts';

/** Time to change windows, and not much more: whoever has the link is signed in by it. */
const ttlMs = 5 * 60_000;

/** Known from every other credential at sight. */
const prefix = 'code_';
const codePattern = /^code_[A-Za-z0-9_-]{43}$/;

export interface SignInLink {
  /** Where a browser is signed in, once. The code stands behind the #, which browsers send to nobody. */
  url: string;
  expiresAt: Date;
}

/**
 * Gives a link that signs one browser in.
 *
 * @throws as `createDevelopmentSession`.
 */
export async function createSignInLink(ctx: Context, input: unknown): Promise<SignInLink> {
  const { session, target } = await readSessionInput(ctx, input);
  const code = prefix + randomBytes(32).toString('base64url');
  const expiresAt = new Date(ctx.now().getTime() + ttlMs);
  await ctx.db.$transaction(async (tx) => {
    await tx.signInCode.deleteMany({ where: { expiresAt: { lte: ctx.now() } } });
    await tx.signInCode.create({ data: { codeHash: hashOf(code), ...session, expiresAt } });
    await recordAuditEvent(ctx, tx, { action: 'sign-in-link.create', ...target });
  });
  return { url: `${ctx.publicUrl}/sign-in#code=${code}`, expiresAt };
}

/** Whether the text is such a code, used or not. */
export const isSignInCode = (text: string) => codePattern.test(text);

/** The session that the code stands for; null when it is unknown, too old, or used: each works once, on whichever node. */
export async function takeSignInCode({ db, now }: Pick<Context, 'db' | 'now'>, code: string): Promise<Session | null> {
  // Of two requests with one code the second finds nothing to delete, and so nothing to be.
  const [taken] = await db.$queryRaw<{ role: string; subject: string; expiresAt: Date }[]>`
    DELETE FROM "SignInCode" WHERE "codeHash" = ${hashOf(code)} RETURNING "role", "subject", "expiresAt"`;
  if (!taken || taken.expiresAt <= now() || !isSessionRole(taken.role)) return null;
  return { role: taken.role, subject: taken.subject };
}

const hashOf = (code: string) => createHash('sha256').update(code).digest('hex');
