/** What a request needs to know of the API key it shows: read on every one, so that a change holds from the next on. */
import type { ApiKey } from '../../prisma/generated/client/client.ts';
import type { RunStatement } from '../platform/statements.ts';
import type { CatalogueStamps, PartnerCaller } from './caller.ts';
import { deprecationOf, type KeyMoments, keyStatus } from './key-state.ts';

type Stored = Pick<
  ApiKey,
  'id' | 'partnerId' | 'secretHash' | 'environment' | 'scopes' | 'requestsPerMinute' | 'requestsPerDay' | keyof KeyMoments
>;

/** A key's row and, from the same statement, whether its partner is archived and how new the catalogue is. */
export interface ShownKey extends Stored, CatalogueStamps {
  partnerArchivedAt: Date | null;
}

// Stamps as numbers: they are only ever compared, and stand in keys of what is at hand.
const keyByLookup = {
  name: 'key-by-lookup',
  text: `
    SELECT key."id", key."partnerId", key."secretHash", key."environment"::text, key."scopes",
      key."requestsPerMinute", key."requestsPerDay", key."expiresAt", key."revokedAt", key."disabledAt",
      key."rotatedAt", key."sunsetAt", partner."archivedAt" AS "partnerArchivedAt",
      (extract(epoch FROM clock."workoutTemplatesAt") * 1000)::float8 AS "workoutTemplates",
      (extract(epoch FROM clock."trainingPlanTemplatesAt") * 1000)::float8 AS "trainingPlanTemplates"
    FROM "ApiKey" AS key JOIN "Partner" AS partner ON partner."id" = key."partnerId" CROSS JOIN "SyncClock" AS clock
    WHERE key."lookup" = $1`,
};

/** The row behind a key's lookup, for the one who verifies the secret; null when there is none. One statement. */
export async function findApiKeyByLookup(run: RunStatement, lookup: string): Promise<ShownKey | null> {
  const [key] = await run<ShownKey>(keyByLookup, [lookup]);
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
    catalogue: { workoutTemplates: key.workoutTemplates, trainingPlanTemplates: key.trainingPlanTemplates },
  };
}
