/** API keys: what a partner's server shows to be let in. Secrets pass through here once and are not kept. */
import { z } from 'zod';
import type { ApiKey, Prisma } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { PartnerCaller } from './caller.ts';
import type { Context } from './context.ts';
import { DomainError, invalid } from './errors.ts';
import { isId } from './ids.ts';
import { parseInput } from './input.ts';
import { permit } from './permissions.ts';
import { isScope, scopes } from './scopes.ts';
import { text } from './text.ts';

/** The documented limits of a key for which nothing else was agreed. */
const defaultLimits = { requestsPerMinute: 60, requestsPerDay: 10_000 };

/** Postgres and the limiter count in 32 bits. */
const limitMax = 2_147_483_647;
const limit = z.int().min(1).max(limitMax).nullish();

const apiKeyInput = z.strictObject({
  partnerId: z.string(),
  environment: z.enum(['LIVE', 'TEST']),
  label: text(120).nullish(),
  scopes: z
    .array(z.string().refine(isScope, { error: (issue) => `unknown scope ${JSON.stringify(issue.input)}; known: ${scopes.join(', ')}` }))
    .min(1, 'name at least one scope')
    .nullish(),
  expiresAt: z.date().nullish(),
  requestsPerMinute: limit,
  requestsPerDay: limit,
});

export interface CreatedApiKey {
  apiKey: ApiKey;
  /** The whole credential. It is in this answer and nowhere else. */
  plaintext: string;
}

/**
 * Mints a key and gives its plaintext, once. Without scopes it may read everything partners may read; without
 * limits it has the documented ones; without `expiresAt` it works until it is revoked.
 *
 * @throws INVALID with every fault; NOT_FOUND for an unknown partner. Costs one bcrypt, about 60 ms.
 */
export async function createApiKey(ctx: Context, input: unknown): Promise<CreatedApiKey> {
  permit(ctx.caller, 'partners.manage');
  const { partnerId, environment, label, expiresAt, ...given } = parseInput(apiKeyInput, input);
  if (expiresAt && expiresAt <= ctx.now()) throw invalid([{ path: 'expiresAt', message: 'must lie in the future' }]);
  const partner = isId(partnerId) && (await ctx.db.partner.findUnique({ where: { id: partnerId } }));
  if (!partner) throw new DomainError('NOT_FOUND', `There is no partner with the id ${JSON.stringify(partnerId)}.`);
  const { plaintext, lookup, secretHash } = await ctx.mintKey(environment);
  const apiKey = await ctx.db.$transaction(async (tx) => {
    const created = await tx.apiKey.create({
      data: {
        partnerId,
        environment,
        label: label ?? null,
        lookup,
        secretHash,
        expiresAt: expiresAt ?? null,
        scopes: [...new Set(given.scopes ?? scopes)],
        requestsPerMinute: given.requestsPerMinute ?? defaultLimits.requestsPerMinute,
        requestsPerDay: given.requestsPerDay ?? defaultLimits.requestsPerDay,
        createdAt: ctx.now(),
      },
    });
    await recordAuditEvent(ctx, tx, {
      action: 'api-key.create',
      targetType: 'ApiKey',
      targetId: created.id,
      details: { partnerId, lookup, environment, scopes: created.scopes },
    });
    return created;
  });
  return { apiKey, plaintext };
}

/**
 * Ends a key: the next request with it is refused on every node. Revoking twice changes nothing and keeps the
 * first time.
 *
 * @throws NOT_FOUND for an unknown key.
 */
export async function revokeApiKey(ctx: Context, id: string): Promise<ApiKey> {
  permit(ctx.caller, 'partners.manage');
  if (!isId(id)) throw keyNotFound(id);
  return ctx.db.$transaction(async (tx) => {
    const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: ctx.now() } });
    const apiKey = await tx.apiKey.findUnique({ where: { id } });
    if (!apiKey) throw keyNotFound(id);
    if (count > 0) {
      const details = { partnerId: apiKey.partnerId, lookup: apiKey.lookup };
      await recordAuditEvent(ctx, tx, { action: 'api-key.revoke', targetType: 'ApiKey', targetId: id, details });
    }
    return apiKey;
  });
}

/** The key that the calling partner is using. @throws UNAUTHENTICATED for callers who use none. */
export async function findOwnApiKey(ctx: Context, query: Prisma.ApiKeyDefaultArgs): Promise<ApiKey | null> {
  permit(ctx.caller, 'own-key.read');
  if (ctx.caller.kind !== 'partner') return null;
  return ctx.db.apiKey.findUnique({ ...query, where: { id: ctx.caller.keyId } });
}

/** The row behind a key's lookup, for the one who verifies the secret. Every request reads it. */
export function findApiKeyByLookup(db: Context['db'], lookup: string): Promise<ApiKey | null> {
  return db.apiKey.findUnique({ where: { lookup } });
}

/** Whether the key may be used at this moment in a deployment that accepts these environments. */
export function isUsable(key: ApiKey, now: Date, environments: readonly string[]): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now) && environments.includes(key.environment);
}

/** Who a verified key speaks for. */
export function callerOf(key: ApiKey): PartnerCaller {
  return {
    kind: 'partner',
    partnerId: key.partnerId,
    keyId: key.id,
    scopes: key.scopes,
    requestsPerMinute: key.requestsPerMinute,
    requestsPerDay: key.requestsPerDay,
  };
}

const keyNotFound = (id: string) => new DomainError('NOT_FOUND', `There is no API key with the id ${JSON.stringify(id)}.`);
