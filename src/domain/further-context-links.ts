/** Context links beside the default one: each with its own label, sections and end. */
import { z } from 'zod';
import type { ContextLink } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { type OwnedContextLink, ownedLink } from './context-links.ts';
import { DomainError, invalid } from './errors.ts';
import { isId, newId } from './ids.ts';
import { parseInput } from './input.ts';
import { withoutNulls } from './json.ts';
import { lockRunner, requireRunnerAccess } from './runners.ts';
import { text } from './text.ts';

/** How many links a runner may make. */
export const linksMax = 50;

/** Null means: as if left out. */
const toggle = z
  .boolean()
  .nullish()
  .transform((on) => on ?? undefined);
const fields = { profile: toggle, training: toggle, health: toggle, labs: toggle, expiresAt: z.date().nullish() };
const createInput = z.strictObject({ label: text(60), ...fields });
const updateInput = z.strictObject({ label: text(60).optional(), ...fields });

/**
 * Makes a further link with a token of its own and gives it. It shows what the input turns on, and nothing else.
 *
 * @throws INVALID with every fault; NOT_FOUND; CONFLICT when the label is taken or the runner has 50 links.
 */
export async function createContextLink(ctx: Context, runnerId: string, input: unknown): Promise<OwnedContextLink> {
  requireRunnerAccess(ctx, runnerId);
  const { label, expiresAt, ...scopes } = withoutNulls(parseInput(createInput, input));
  requireFuture(ctx, expiresAt);
  return ctx.db.$transaction(async (tx) => {
    await lockRunner(tx, runnerId);
    if ((await tx.contextLink.count({ where: { runnerId } })) >= linksMax) {
      throw new DomainError('CONFLICT', `A runner has at most ${linksMax} links. Delete one first.`);
    }
    await requireFreeLabel(tx, runnerId, label);
    const id = newId();
    const off = { profile: false, training: false, health: false, labs: false };
    const data = { id, runnerId, label, expiresAt: expiresAt ?? null, ...off, ...scopes, rotatedAt: ctx.now() };
    const link = await tx.contextLink.create({ data: { ...data, ...ctx.contextLinks.tokens.mint(id) } });
    await record(ctx, tx, 'context-link.create', link);
    return ownedLink(ctx, link);
  });
}

/**
 * Changes a link and gives it: an omitted field stays, an `expiresAt` of null clears it. The address stays the same.
 *
 * @throws INVALID with every fault; NOT_FOUND; CONFLICT when the label is taken.
 */
export async function updateContextLink(ctx: Context, runnerId: string, id: string, patch: unknown): Promise<OwnedContextLink> {
  requireRunnerAccess(ctx, runnerId);
  const { expiresAt, ...changes } = parseInput(updateInput, patch);
  requireFuture(ctx, expiresAt);
  return ctx.db.$transaction(async (tx) => {
    const before = await lockLink(tx, runnerId, id);
    if (before.isDefault && (expiresAt || changes.label)) {
      throw invalid([{ path: expiresAt ? 'expiresAt' : 'label', message: 'of the default link cannot be set' }]);
    }
    if (changes.label && changes.label !== before.label) await requireFreeLabel(tx, runnerId, changes.label);
    const data = { ...withoutNulls(changes), ...(expiresAt !== undefined && { expiresAt }) };
    const link = await tx.contextLink.update({ where: { id: before.id }, data });
    await record(ctx, tx, 'context-link.update', link);
    return ownedLink(ctx, link);
  });
}

/** Gives a link a new token. The old address is unknown from the next request on, on every node. @throws NOT_FOUND. */
export async function rotateContextLink(ctx: Context, runnerId: string, id: string): Promise<OwnedContextLink> {
  requireRunnerAccess(ctx, runnerId);
  return ctx.db.$transaction(async (tx) => {
    const before = await lockLink(tx, runnerId, id);
    const data = { ...ctx.contextLinks.tokens.mint(before.id), rotatedAt: ctx.now() };
    const link = await tx.contextLink.update({ where: { id: before.id }, data });
    await record(ctx, tx, 'context-token.rotate', link);
    return ownedLink(ctx, link);
  });
}

/** Removes a link and what was counted of it, and gives its id. @throws NOT_FOUND; CONFLICT for the default one. */
export async function deleteContextLink(ctx: Context, runnerId: string, id: string): Promise<string> {
  requireRunnerAccess(ctx, runnerId);
  return ctx.db.$transaction(async (tx) => {
    const link = await lockLink(tx, runnerId, id);
    if (link.isDefault) throw new DomainError('CONFLICT', 'The default link stays; rotate it, or turn sharing off.');
    await tx.contextLink.delete({ where: { id: link.id } });
    await record(ctx, tx, 'context-link.delete', link);
    return link.id;
  });
}

async function lockLink(tx: Tx, runnerId: string, id: string): Promise<ContextLink> {
  await lockRunner(tx, runnerId);
  const link = isId(id) ? await tx.contextLink.findFirst({ where: { runnerId, id } }) : null;
  if (!link) throw new DomainError('NOT_FOUND', `This runner has no context link with the id ${JSON.stringify(id)}.`);
  return link;
}

async function requireFreeLabel(tx: Tx, runnerId: string, label: string): Promise<void> {
  const taken = await tx.contextLink.findFirst({ where: { runnerId, label } });
  if (taken) throw new DomainError('CONFLICT', `There is a link labelled "${label}" already.`, { details: { id: taken.id } });
}

function requireFuture(ctx: Context, expiresAt: Date | null | undefined): void {
  if (expiresAt && expiresAt <= ctx.now()) throw invalid([{ path: 'expiresAt', message: 'lies in the past' }]);
}

const record = (ctx: Context, tx: Tx, action: string, { id, runnerId }: ContextLink) =>
  recordAuditEvent(ctx, tx, { action, targetType: 'Runner', targetId: runnerId, details: { linkId: id } });
