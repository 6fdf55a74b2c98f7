/** Context links: the addresses under which a runner's context can be read, and what each of them shows. */
import { z } from 'zod';
import type { ContextLink, Prisma, Runner } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { DomainError } from './errors.ts';
import { parseInput } from './input.ts';
import { withoutNulls } from './json.ts';
import { contextUrl } from './runner-context/addresses.ts';
import { type ContextScope, contextScopes } from './runner-context/facts.ts';
import { lockRunner, requireRunnerAccess } from './runners.ts';

/** A link as its owner sees it. */
export interface OwnedContextLink {
  id: string;
  label: string;
  isDefault: boolean;
  scopes: Record<ContextScope, boolean>;
  expiresAt: Date | null;
  rotatedAt: Date;
  /** Null when the secret key that the token was stored under is gone: rotating the link gives it a new one. */
  url: string | null;
}

const toggle = z.boolean().nullish();
const sharingInput = z.strictObject({ enabled: toggle, profile: toggle, training: toggle, health: toggle, labs: toggle });

/** A runner's links in the order they are shown: the default one first. */
export const contextLinkOrder: Prisma.ContextLinkOrderByWithRelationInput[] = [{ isDefault: 'desc' }, { label: 'asc' }];

/** The runner's links, the default one first. */
export async function contextLinks(ctx: Context, runnerId: string): Promise<OwnedContextLink[]> {
  requireRunnerAccess(ctx, runnerId);
  const links = await ctx.db.contextLink.findMany({ where: { runnerId }, orderBy: contextLinkOrder });
  return links.map((link) => ownedLink(ctx, link));
}

/**
 * Turns sharing, and single sections of the default link, on or off and gives the runner. What the input leaves out
 * stays as it is. Effective with the next request, on every node.
 *
 * @throws INVALID; NOT_FOUND.
 */
export async function updateContextSharing(ctx: Context, runnerId: string, input: unknown): Promise<Runner> {
  requireRunnerAccess(ctx, runnerId);
  const { enabled, ...scopes } = withoutNulls(parseInput(sharingInput, input));
  return ctx.db.$transaction(async (tx) => {
    await lockRunner(tx, runnerId);
    const link = await defaultLink(tx, runnerId);
    const changedScopes = Object.fromEntries(Object.entries(scopes).filter(([scope, on]) => link[scope as ContextScope] !== on));
    if (Object.keys(changedScopes).length > 0) await tx.contextLink.update({ where: { id: link.id }, data: changedScopes });
    const before = await tx.runner.findUniqueOrThrow({ where: { id: runnerId } });
    const changed = { ...(enabled !== undefined && enabled !== before.sharingEnabled && { enabled }), ...changedScopes };
    if (Object.keys(changed).length === 0) return before;
    await recordAuditEvent(ctx, tx, { action: 'context-sharing.update', targetType: 'Runner', targetId: runnerId, details: changed });
    return tx.runner.update({ where: { id: runnerId }, data: { sharingEnabled: enabled ?? before.sharingEnabled } });
  });
}

/**
 * Gives the default link a new token. The old address is unknown from the next request on, on every node.
 *
 * @throws NOT_FOUND.
 */
export async function rotateContextToken(ctx: Context, runnerId: string): Promise<OwnedContextLink> {
  requireRunnerAccess(ctx, runnerId);
  return ctx.db.$transaction(async (tx) => {
    await lockRunner(tx, runnerId);
    const { id } = await defaultLink(tx, runnerId);
    const link = await tx.contextLink.update({ where: { id }, data: { ...ctx.contextLinks.tokens.mint(id), rotatedAt: ctx.now() } });
    await recordAuditEvent(ctx, tx, {
      action: 'context-token.rotate',
      targetType: 'Runner',
      targetId: runnerId,
      details: { linkId: id },
    });
    return ownedLink(ctx, link);
  });
}

/** Which sections a link shows. */
export const scopesOf = (link: Pick<ContextLink, ContextScope>) =>
  Object.fromEntries(contextScopes.map((scope) => [scope, link[scope]])) as Record<ContextScope, boolean>;

async function defaultLink(tx: Tx, runnerId: string): Promise<ContextLink> {
  const link = await tx.contextLink.findFirst({ where: { runnerId, isDefault: true } });
  if (!link) throw new DomainError('NOT_FOUND', 'This runner has no default context link.');
  return link;
}

/**
 * The link with its address, for whoever may see everything of the runner.
 *
 * @throws NOT_FOUND for everyone else.
 */
export function ownedLink(ctx: Context, link: ContextLink): OwnedContextLink {
  requireRunnerAccess(ctx, link.runnerId);
  const { id, label, isDefault, expiresAt, rotatedAt } = link;
  const token = ctx.contextLinks.tokens.open(id, link.encryptedToken);
  return { id, label, isDefault, expiresAt, rotatedAt, scopes: scopesOf(link), url: token && contextUrl(ctx.publicUrl, token) };
}
