/** API keys: what a partner's server shows to be let in. Secrets pass through here once and are not kept. */
import { z } from 'zod';
import type { ApiKey, Prisma } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { invalid } from './errors.ts';
import { parseInput } from './input.ts';
import { changeApiKey, recordKeyEvent, requireLasting } from './key-changes.ts';
import { requireUnarchivedPartner } from './partners.ts';
import { permit } from './permissions.ts';
import { isScope, scopes } from './scopes.ts';
import { text } from './text.ts';

/** The documented limits of a key for which nothing else was agreed. */
const defaultLimits = { requestsPerMinute: 60, requestsPerDay: 10_000 };

/** Postgres and the limiter count in 32 bits. */
const limitMax = 2_147_483_647;
const limit = z.int().min(1).max(limitMax).nullish();

/** What can be agreed on a key, at its creation and later. */
const settings = {
  label: text(120).nullish(),
  scopes: z
    .array(z.string().refine(isScope, { error: (issue) => `unknown scope ${JSON.stringify(issue.input)}; known: ${scopes.join(', ')}` }))
    .min(1, 'name at least one scope')
    .nullish(),
  expiresAt: z.date().nullish(),
  requestsPerMinute: limit,
  requestsPerDay: limit,
};
const createInput = z.strictObject({ partnerId: z.string(), environment: z.enum(['LIVE', 'TEST']), ...settings });
const updateInput = z.strictObject(settings);

export interface CreatedApiKey {
  apiKey: ApiKey;
  /** The whole credential. It is in this answer and nowhere else. */
  plaintext: string;
}

/**
 * Mints a key and gives its plaintext, once. Without scopes it may read everything partners may read; without
 * limits it has the documented ones; without `expiresAt` it works until it is revoked.
 *
 * @throws INVALID with every fault; NOT_FOUND for an unknown partner, CONFLICT for an archived one. Costs one bcrypt,
 * about 60 ms.
 */
export async function createApiKey(ctx: Context, input: unknown): Promise<CreatedApiKey> {
  permit(ctx.caller, 'partners.manage');
  const { partnerId, environment, ...given } = parseInput(createInput, input);
  requireFuture(ctx, given.expiresAt);
  await requireUnarchivedPartner(ctx.db, partnerId);
  const { plaintext, ...secret } = await ctx.mintKey(environment);
  const apiKey = await ctx.db.$transaction(async (tx) => {
    const created = await tx.apiKey.create({
      data: {
        partnerId,
        environment,
        label: given.label ?? null,
        ...secret,
        expiresAt: given.expiresAt ?? null,
        scopes: [...new Set(given.scopes ?? scopes)],
        requestsPerMinute: given.requestsPerMinute ?? defaultLimits.requestsPerMinute,
        requestsPerDay: given.requestsPerDay ?? defaultLimits.requestsPerDay,
        createdAt: ctx.now(),
      },
    });
    await recordKeyEvent(ctx, tx, 'api-key.create', created, { environment, scopes: created.scopes });
    return created;
  });
  return { apiKey, plaintext };
}

/**
 * Changes what was agreed on a key, from its next request on: what is left out stays, null brings back what a new key
 * has. A later expiry revives a key that has expired.
 *
 * @throws INVALID with every fault; CONFLICT for a key that has ended; NOT_FOUND for an unknown one.
 */
export async function updateApiKey(ctx: Context, id: string, input: unknown): Promise<ApiKey> {
  permit(ctx.caller, 'partners.manage');
  const { label, expiresAt, ...given } = parseInput(updateInput, input);
  requireFuture(ctx, expiresAt);
  const wanted = {
    label,
    expiresAt,
    scopes: given.scopes === undefined ? undefined : [...new Set(given.scopes ?? scopes)],
    requestsPerMinute: given.requestsPerMinute === null ? defaultLimits.requestsPerMinute : given.requestsPerMinute,
    requestsPerDay: given.requestsPerDay === null ? defaultLimits.requestsPerDay : given.requestsPerDay,
  };
  return changeApiKey(ctx, id, (key) => {
    requireLasting(key, ctx.now());
    const data = Object.fromEntries(
      Object.entries(wanted).filter(([name, value]) => value !== undefined && !isSame(value, key[name as keyof typeof wanted])),
    );
    if (Object.keys(data).length === 0) return null;
    const details = data.expiresAt instanceof Date ? { ...data, expiresAt: data.expiresAt.toISOString() } : data;
    return { action: 'api-key.update', data, details: details as Record<string, string | number | string[] | null> };
  });
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function requireFuture(ctx: Context, expiresAt: Date | null | undefined): void {
  if (expiresAt && expiresAt <= ctx.now()) throw invalid([{ path: 'expiresAt', message: 'must lie in the future' }]);
}

/** The key that the calling partner is using. @throws UNAUTHENTICATED for callers who use none. */
export async function findOwnApiKey(ctx: Context, query: Prisma.ApiKeyDefaultArgs): Promise<ApiKey | null> {
  permit(ctx.caller, 'own-key.read');
  if (ctx.caller.kind !== 'partner') return null;
  return ctx.db.apiKey.findUnique({ ...query, where: { id: ctx.caller.keyId } });
}
