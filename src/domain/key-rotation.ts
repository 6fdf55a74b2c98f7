/** Rotation: a key gets a successor, and works beside it for as long as its partner needs to change over. */
import type { ApiKey } from '../../prisma/generated/client/client.ts';
import type { CreatedApiKey } from './api-keys.ts';
import type { Context, Tx } from './context.ts';
import { DomainError, invalid } from './errors.ts';
import { isId } from './ids.ts';
import { keyNotFound, lockApiKey, recordKeyEvent } from './key-changes.ts';
import { earlier, keyStatus } from './key-state.ts';
import { requireUnarchivedPartner } from './partners.ts';
import { permit } from './permissions.ts';

/** Seven days: longer than that, a forgotten secret is a second key. */
const graceSecondsMax = 604_800;

/**
 * Mints the key's successor, with the same partner, environment, label, scopes, limits and expiry. The old key works for
 * `graceSeconds` more, never beyond its own expiry; with 0 it is revoked, and refused at the very next request.
 *
 * @throws INVALID for a grace that is not possible; CONFLICT for a key that is revoked, expired, disabled or has a successor
 * already, and for an archived partner; NOT_FOUND for an unknown key. Costs one bcrypt, about 60 ms.
 */
export async function rotateApiKey(ctx: Context, id: string, graceSeconds: number): Promise<CreatedApiKey> {
  permit(ctx.caller, 'partners.manage');
  if (!Number.isInteger(graceSeconds) || graceSeconds < 0 || graceSeconds > graceSecondsMax) {
    throw invalid([{ path: 'graceSeconds', message: `must be from 0 to ${graceSecondsMax} (7 days)` }]);
  }
  const known = isId(id) ? await ctx.db.apiKey.findUnique({ where: { id } }) : null;
  if (!known) throw keyNotFound(id);
  // Before the transaction: a bcrypt is too long to keep others waiting for.
  const { plaintext, ...secret } = await ctx.mintKey(known.environment);
  const apiKey = await ctx.db.$transaction(async (tx) => {
    const old = await lockApiKey(tx, id);
    await requireUnarchivedPartner(tx, old.partnerId);
    const now = ctx.now();
    await requireRotatable(tx, old, now);
    const { partnerId, environment, label, scopes, requestsPerMinute, requestsPerDay, expiresAt } = old;
    const agreed = { partnerId, environment, label, scopes, requestsPerMinute, requestsPerDay, expiresAt };
    const successor = await tx.apiKey.create({ data: { ...agreed, ...secret, rotatedFromId: id, createdAt: now } });
    const sunsetAt = earlier(new Date(now.getTime() + graceSeconds * 1000), expiresAt);
    // Without a grace it is revoked, which holds on a node whose clock is behind as well.
    const end = graceSeconds === 0 ? { revokedAt: now } : {};
    const replaced = await tx.apiKey.update({ where: { id }, data: { rotatedAt: now, sunsetAt, ...end } });
    await recordKeyEvent(ctx, tx, 'api-key.rotate', replaced, {
      graceSeconds,
      sunsetAt: sunsetAt.toISOString(),
      replacedById: successor.id,
      replacedByLookup: successor.lookup,
    });
    return successor;
  });
  return { apiKey, plaintext };
}

/** @throws CONFLICT saying what stands in the way. */
async function requireRotatable(tx: Tx, key: ApiKey, now: Date): Promise<void> {
  if (key.rotatedAt) {
    const successor = await tx.apiKey.findUnique({ where: { rotatedFromId: key.id } });
    throw new DomainError('CONFLICT', `The key was rotated at ${key.rotatedAt.toISOString()}. Rotate the one that replaced it.`, {
      details: { replacedById: successor?.id },
    });
  }
  const status = keyStatus(key, now);
  if (status === 'ACTIVE') return;
  const advice = status === 'DISABLED' ? 'Enable it first.' : 'Create another instead.';
  throw new DomainError('CONFLICT', `The key is ${status.toLowerCase()}: there is nothing to hand over. ${advice}`);
}
