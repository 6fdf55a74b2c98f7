/** What a request needs to know of the API key it shows: read on every one, so that a change holds from the next on. */
import type { ApiKey } from '../../prisma/generated/client/client.ts';
import { asked, type LookUp } from '../platform/lookups.ts';
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

// The partner in a subquery, and the clock by its id: the planner, who does not know how few keys are asked for, would read
// every partner, and every version of the clock's row. Stamps as numbers: they are only ever compared, and stand in keys of what is at hand.
const keyByLookup = {
  name: 'key-by-lookup',
  text: `SELECT key."lookup" AS "key", json_build_object(
      'id', key."id", 'partnerId', key."partnerId", 'secretHash', key."secretHash", 'environment', key."environment", 'scopes', key."scopes",
      'requestsPerMinute', key."requestsPerMinute", 'requestsPerDay', key."requestsPerDay", 'expiresAt', key."expiresAt",
      'revokedAt', key."revokedAt", 'disabledAt', key."disabledAt", 'rotatedAt', key."rotatedAt", 'sunsetAt', key."sunsetAt",
      'partnerArchivedAt', (SELECT "archivedAt" FROM "Partner" WHERE "id" = key."partnerId"),
      'workoutTemplates', (extract(epoch FROM clock."workoutTemplatesAt") * 1000)::float8,
      'trainingPlanTemplates', (extract(epoch FROM clock."trainingPlanTemplatesAt") * 1000)::float8) AS "found"
    FROM "ApiKey" AS key CROSS JOIN "SyncClock" AS clock WHERE key."lookup" = ANY(${asked}) AND clock."id" = 1`,
};

type Moment = keyof KeyMoments | 'partnerArchivedAt';

/** The row behind a key's lookup, for the one who verifies the secret; null when there is none. One statement for all who ask at once. */
export async function findApiKeyByLookup(lookUp: LookUp, lookup: string): Promise<ShownKey | null> {
  const key = await lookUp<Omit<ShownKey, Moment> & Record<Moment, string | null>>(keyByLookup, lookup);
  if (!key) return null;
  const at = (moment: Moment) => (key[moment] === null ? null : new Date(key[moment]));
  return {
    ...key,
    expiresAt: at('expiresAt'),
    revokedAt: at('revokedAt'),
    disabledAt: at('disabledAt'),
    rotatedAt: at('rotatedAt'),
    sunsetAt: at('sunsetAt'),
    partnerArchivedAt: at('partnerArchivedAt'),
  };
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
