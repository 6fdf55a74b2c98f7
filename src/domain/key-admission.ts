/** What a request needs to know of the API key it shows: read on every one, so that a change holds from the next on. */
import type { ApiKey } from '../../prisma/generated/client/client.ts';
import type { PartnerCaller } from './caller.ts';
import type { Context } from './context.ts';
import { deprecationOf, type KeyMoments, keyStatus } from './key-state.ts';

type Stored = Pick<
  ApiKey,
  'id' | 'partnerId' | 'secretHash' | 'environment' | 'scopes' | 'requestsPerMinute' | 'requestsPerDay' | keyof KeyMoments
>;

/** A key's row and, from the same statement, whether its partner is archived. */
export interface ShownKey extends Stored {
  partnerArchivedAt: Date | null;
}

/** The row behind a key's lookup, for the one who verifies the secret; null when there is none. One statement. */
export async function findApiKeyByLookup(db: Context['db'], lookup: string): Promise<ShownKey | null> {
  const [key] = await db.$queryRaw<ShownKey[]>`
    SELECT key."id", key."partnerId", key."secretHash", key."environment"::text, key."scopes",
      key."requestsPerMinute", key."requestsPerDay", key."expiresAt", key."revokedAt", key."disabledAt",
      key."rotatedAt", key."sunsetAt", partner."archivedAt" AS "partnerArchivedAt"
    FROM "ApiKey" AS key JOIN "Partner" AS partner ON partner."id" = key."partnerId"
    WHERE key."lookup" = ${lookup}`;
  return key ?? null;
}

/** Whether the key may be used at this moment in a deployment that accepts these environments. */
export function isUsable(key: ShownKey, now: Date, environments: readonly string[]): boolean {
  const status = keyStatus(key, now);
  return (status === 'ACTIVE' || status === 'DEPRECATED') && key.partnerArchivedAt === null && environments.includes(key.environment);
}

/** Who a verified key speaks for; `secretKeyId` is what its tag was made with. */
export function callerOf(key: ShownKey, secretKeyId: string): PartnerCaller {
  return {
    kind: 'partner',
    partnerId: key.partnerId,
    keyId: key.id,
    secretKeyId,
    scopes: key.scopes,
    requestsPerMinute: key.requestsPerMinute,
    requestsPerDay: key.requestsPerDay,
    deprecation: deprecationOf(key),
  };
}
