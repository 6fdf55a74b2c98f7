/** What operators do to a key that exists. One change of a key at a time: each sees what the one before has done. */
import type { ApiKey, Prisma } from '../../prisma/generated/client/client.ts';
import { type AuditEntry, recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { DomainError } from './errors.ts';
import { isId } from './ids.ts';
import { hasEnded } from './key-state.ts';
import { permit } from './permissions.ts';

/** What is written of a key, and what the audit log says of it. */
interface KeyChange {
  action: string;
  data: Prisma.ApiKeyUncheckedUpdateInput;
  details?: AuditEntry['details'];
}

/**
 * Changes the key by what `decide` makes of it as it is now; null leaves it as it is.
 *
 * @throws what `decide` throws; NOT_FOUND for an unknown key.
 */
export async function changeApiKey(ctx: Context, id: string, decide: (key: ApiKey) => KeyChange | null): Promise<ApiKey> {
  permit(ctx.caller, 'partners.manage');
  return ctx.db.$transaction(async (tx) => {
    const key = await lockApiKey(tx, id);
    const change = decide(key);
    if (!change) return key;
    const changed = await tx.apiKey.update({ where: { id }, data: change.data });
    await recordKeyEvent(ctx, tx, change.action, changed, change.details);
    return changed;
  });
}

/**
 * The key as it is now. Whoever else wants to change it waits until this transaction ends.
 *
 * @throws NOT_FOUND for an unknown key.
 */
export async function lockApiKey(tx: Tx, id: string): Promise<ApiKey> {
  if (!isId(id)) throw keyNotFound(id);
  await tx.$queryRaw`SELECT 1 FROM "ApiKey" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  const key = await tx.apiKey.findUnique({ where: { id } });
  if (!key) throw keyNotFound(id);
  return key;
}

/** Records what was done to the key, with what it is known by. */
export function recordKeyEvent(
  ctx: Context,
  tx: Tx,
  action: string,
  { id, partnerId, lookup }: ApiKey,
  details: AuditEntry['details'] = {},
): Promise<void> {
  return recordAuditEvent(ctx, tx, { action, targetType: 'ApiKey', targetId: id, details: { partnerId, lookup, ...details } });
}

/**
 * Ends a key: the next request with it is refused on every node. Revoking twice changes nothing and keeps the
 * first time.
 *
 * @throws NOT_FOUND for an unknown key.
 */
export const revokeApiKey = (ctx: Context, id: string): Promise<ApiKey> =>
  changeApiKey(ctx, id, (key) => (key.revokedAt ? null : { action: 'api-key.revoke', data: { revokedAt: ctx.now() } }));

/**
 * Refuses the key from the next request on, on every node, until it is enabled again. Disabling twice changes nothing.
 *
 * @throws CONFLICT for a key that has ended; NOT_FOUND for an unknown one.
 */
export const disableApiKey = (ctx: Context, id: string): Promise<ApiKey> =>
  changeApiKey(ctx, id, (key) => {
    requireLasting(key, ctx.now());
    return key.disabledAt ? null : { action: 'api-key.disable', data: { disabledAt: ctx.now() } };
  });

/**
 * Lets a disabled key in again. Enabling one that is not disabled changes nothing; an expiry or a grace goes on meanwhile.
 *
 * @throws CONFLICT for a key that has ended; NOT_FOUND for an unknown one.
 */
export const enableApiKey = (ctx: Context, id: string): Promise<ApiKey> =>
  changeApiKey(ctx, id, (key) => {
    requireLasting(key, ctx.now());
    return key.disabledAt ? { action: 'api-key.enable', data: { disabledAt: null } } : null;
  });

/** @throws CONFLICT for a key that nothing can bring back. */
export function requireLasting(key: ApiKey, now: Date): void {
  if (!hasEnded(key, now)) return;
  const how = key.revokedAt
    ? `was revoked at ${key.revokedAt.toISOString()}`
    : `was replaced, and its grace ended at ${key.sunsetAt?.toISOString()}`;
  throw new DomainError('CONFLICT', `The key ${how}. That is final: create another.`);
}

export const keyNotFound = (id: string) => new DomainError('NOT_FOUND', `There is no API key with the id ${JSON.stringify(id)}.`);
