/** What a request needs to know of the API key it shows: read on every one, so that a change holds from the next on. */
import type { ApiKey } from '../../prisma/generated/client/client.ts';
import { asked, type LookUp } from '../platform/lookups.ts';
import type { CatalogueStamps, PartnerCaller } from './caller.ts';
import { deprecationOf, type KeyMoments, keyStatus } from './key-state.ts';
import { epochMs, instantOf } from './rows-as-json.ts';

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
      'requestsPerMinute', key."requestsPerMinute", 'requestsPerDay', key."requestsPerDay", 'expiresAt', ${epochMs('key."expiresAt"')},
      'revokedAt', ${epochMs('key."revokedAt"')}, 'disabledAt', ${epochMs('key."disabledAt"')}, 'rotatedAt', ${epochMs('key."rotatedAt"')}, 'sunsetAt', ${epochMs('key."sunsetAt"')},
      'partnerArchivedAt', (SELECT ${epochMs('"archivedAt"')} FROM "Partner" WHERE "id" = key."partnerId"),
      'workoutTemplates', ${epochMs('clock."workoutTemplatesAt"')},
      'trainingPlanTemplates', ${epochMs('clock."trainingPlanTemplatesAt"')}) AS "found"
    FROM "ApiKey" AS key CROSS JOIN "SyncClock" AS clock WHERE key."lookup" = ANY(${asked}) AND clock."id" = 1`,
};

type Moment = keyof KeyMoments | 'partnerArchivedAt';

/** The row behind a key's lookup, for the one who verifies the secret; null when there is none. One statement for all who ask at once. */
export async function findApiKeyByLookup(lookUp: LookUp, lookup: string): Promise<ShownKey | null> {
  const key = await lookUp<Omit<ShownKey, Moment> & Record<Moment, number | null>>(keyByLookup, lookup);
  if (!key) return null;
  return {
    ...key,
    expiresAt: instantOf(key.expiresAt),
    revokedAt: instantOf(key.revokedAt),
    disabledAt: instantOf(key.disabledAt),
    rotatedAt: instantOf(key.rotatedAt),
    sunsetAt: instantOf(key.sunsetAt),
    partnerArchivedAt: instantOf(key.partnerArchivedAt),
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
