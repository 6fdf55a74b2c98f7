/** The change of the secret key: what depends on which, and the re-encryption of what can be moved to the newest. */
import type { ContextLink, Prisma } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context } from './context.ts';
import { invalid } from './errors.ts';
import { isId } from './ids.ts';
import { permit } from './permissions.ts';

/** How many links one batch looks at: short enough to keep nobody waiting. */
const linksPerBatch = 500;

/** What depends on one secret key. */
export interface SecretKeyUse {
  /** What it is called; not secret. */
  id: string;
  /** API keys that may still be used and whose tag was made with it. */
  apiKeys: number;
  /** Context links whose address is encrypted under it. */
  contextLinks: number;
}

export interface SecretKeysUse {
  /** Those the gateway was given, newest first. */
  secretKeys: SecretKeyUse[];
  /** API keys of which it is not known, because they were minted before it was kept and not used since. */
  apiKeysUnknown: number;
  /** API keys made with a secret key that the gateway no longer has: they are refused. */
  apiKeysLost: number;
  /** Context links that work, but whose address can no longer be shown. */
  contextLinksLost: number;
}

/** What depends on which secret key: the old one can be dropped when nothing does and nothing is unknown. */
export async function secretKeysUse(ctx: Context): Promise<SecretKeysUse> {
  permit(ctx.caller, 'secret-keys.manage');
  const lasts = (column: 'sunsetAt' | 'expiresAt') => ({ OR: [{ [column]: null }, { [column]: { gt: ctx.now() } }] });
  const lasting: Prisma.ApiKeyWhereInput = { revokedAt: null, AND: [lasts('sunsetAt'), lasts('expiresAt')] };
  const groups = await ctx.db.apiKey.groupBy({ by: ['secretKeyId'], where: lasting, _count: { _all: true } });
  const keysOf = new Map(groups.map(({ secretKeyId, _count }) => [secretKeyId, _count._all]));
  const linksOf = new Map<number | null, number>();
  for await (const links of linkBatches(ctx)) {
    for (const link of links) {
      const place = ctx.contextLinks.tokens.secretKeyOf(link.id, link.encryptedToken);
      linksOf.set(place, (linksOf.get(place) ?? 0) + 1);
    }
  }
  const secretKeys = ctx.secretKeyIds.map((id, place) => ({ id, apiKeys: keysOf.get(id) ?? 0, contextLinks: linksOf.get(place) ?? 0 }));
  const lost = groups.filter(({ secretKeyId }) => secretKeyId !== null && !ctx.secretKeyIds.includes(secretKeyId));
  return {
    secretKeys,
    apiKeysUnknown: keysOf.get(null) ?? 0,
    apiKeysLost: lost.reduce((sum, { _count }) => sum + _count._all, 0),
    contextLinksLost: linksOf.get(null) ?? 0,
  };
}

/** What one batch has done, and where the next begins. */
export interface Reencryption {
  reencrypted: number;
  current: number;
  /** Their secret key is gone: they work, but their address can be shown again only after a rotation. */
  lost: number;
  /** Null at the end. */
  next: string | null;
}

/**
 * Re-encrypts the addresses of the next context links (in the order of their ids, after `after`) under the newest secret
 * key. Addresses stay what they are, whoever reads meanwhile; asking again changes nothing.
 *
 * @throws INVALID when `after` is no id.
 */
export async function reencryptContextLinks(ctx: Context, after: string | null): Promise<Reencryption> {
  permit(ctx.caller, 'secret-keys.manage');
  if (after !== null && !isId(after)) throw invalid([{ path: 'after', message: 'must be what the last batch gave as next' }]);
  const links = await readLinks(ctx, after);
  const { tokens } = ctx.contextLinks;
  const places = links.map((link) => ({ link, place: tokens.secretKeyOf(link.id, link.encryptedToken) }));
  const old = places.filter(({ place }) => place !== null && place > 0).map(({ link }) => link);
  return {
    reencrypted: old.length === 0 ? 0 : await reencrypt(ctx, old),
    current: places.filter(({ place }) => place === 0).length,
    lost: places.filter(({ place }) => place === null).length,
    next: links.length < linksPerBatch ? null : (links.at(-1)?.id ?? null),
  };
}

type StoredLink = Pick<ContextLink, 'id' | 'runnerId' | 'encryptedToken'>;

/** How many it changed: a link that was rotated since it was read is current by that. */
async function reencrypt(ctx: Context, links: StoredLink[]): Promise<number> {
  const { tokens } = ctx.contextLinks;
  const sealed = links.map(({ id, encryptedToken }) => tokens.seal(id, tokens.open(id, encryptedToken) ?? ''));
  return ctx.db.$transaction(async (tx) => {
    // Whoever changes a link locks its runner first; so do we, in one order.
    await tx.$queryRaw`SELECT 1 FROM "Runner" WHERE "id" = ANY(${links.map(({ runnerId }) => runnerId)}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`;
    const reencrypted = await tx.$executeRaw`
      UPDATE "ContextLink" AS link SET "encryptedToken" = fresh."sealed"
      FROM unnest(${links.map(({ id }) => id)}::uuid[], ${links.map((link) => link.encryptedToken)}::text[], ${sealed}::text[])
        AS fresh("id", "read", "sealed")
      WHERE link."id" = fresh."id" AND link."encryptedToken" = fresh."read"`;
    const details = { contextLinks: reencrypted, secretKeyId: ctx.secretKeyIds[0] ?? null };
    await recordAuditEvent(ctx, tx, { action: 'secret-key.apply', targetType: 'SecretKey', details });
    return reencrypted;
  });
}

async function* linkBatches(ctx: Context): AsyncGenerator<StoredLink[]> {
  let after: string | null = null;
  do {
    const links: StoredLink[] = await readLinks(ctx, after);
    yield links;
    after = links.length < linksPerBatch ? null : (links.at(-1)?.id ?? null);
  } while (after !== null);
}

const readLinks = (ctx: Context, after: string | null): Promise<StoredLink[]> =>
  ctx.db.contextLink.findMany({
    where: after === null ? {} : { id: { gt: after } },
    orderBy: { id: 'asc' },
    take: linksPerBatch,
    select: { id: true, runnerId: true, encryptedToken: true },
  });
