/** What a request needs to know of the API key it shows: read on every one, so that a change holds from the next on. */
import type { ApiKey } from '../../prisma/generated/client/client.ts';
import { asked, type LookUp } from '../platform/lookups.ts';
import type { CatalogueStamps, PartnerCaller } from './caller.ts';
import { deprecationOf, type KeyMoments, keyStatus } from './key-state.ts';
import { columnsOf, epochMs, instantOf } from './rows-as-json.ts';

type Stored = Pick<ApiKey, 'id' | 'partnerId' | 'secretHash' | 'environment' | 'scopes' | 'requestsPerMinute' | 'requestsPerDay'>;

/** A key's row and, from the same statement, whether its partner is archived and how new the catalogue is. */
export interface ShownKey extends Stored, CatalogueStamps {
  moments: KeyMoments;
  isPartnerArchived: boolean;
}

const moments = ['expiresAt', 'revokedAt', 'disabledAt', 'rotatedAt', 'sunsetAt'] as const satisfies (keyof KeyMoments)[];

const epochsOfMoments = moments.map((moment) => `'${moment}', ${epochMs(`key."${moment}"`)}`).join(', ');

/** As the statement finds it: moments are milliseconds, and together null while there is none, as of most keys. */
interface FoundKey extends Omit<ShownKey, 'moments'> {
  moments: Record<keyof KeyMoments, number | null> | null;
}

// A partner is looked for among the archived ones, and the clock by its id: the planner, who does not know how few keys are asked for,
// would read every partner for each, and every version of the clock's row. Stamps as numbers: they are only ever compared, and stand in
// keys of what is at hand.
const keyByLookup = {
  name: 'key-by-lookup',
  text: `SELECT key."lookup" AS "key", json_build_object(
      'id', key."id", 'partnerId', key."partnerId", 'secretHash', key."secretHash", 'environment', key."environment", 'scopes', key."scopes",
      'requestsPerMinute', key."requestsPerMinute", 'requestsPerDay', key."requestsPerDay",
      'moments', CASE WHEN num_nonnulls(${columnsOf(moments, 'key')}) > 0 THEN json_build_object(${epochsOfMoments}) END,
      'isPartnerArchived', archived."id" IS NOT NULL,
      'workoutTemplates', ${epochMs('clock."workoutTemplatesAt"')},
      'trainingPlanTemplates', ${epochMs('clock."trainingPlanTemplatesAt"')}) AS "found"
    FROM "ApiKey" AS key CROSS JOIN "SyncClock" AS clock
    LEFT JOIN "Partner" AS archived ON archived."id" = key."partnerId" AND archived."archivedAt" IS NOT NULL
    WHERE key."lookup" = ANY(${asked}) AND clock."id" = 1`,
};

/** The row behind a key's lookup, for the one who verifies the secret; null when there is none. One statement for all who ask at once. */
export async function findApiKeyByLookup(lookUp: LookUp, lookup: string): Promise<ShownKey | null> {
  const key = await lookUp<FoundKey>(keyByLookup, lookup);
  return key && { ...key, moments: momentsOf(key) };
}

const momentsOf = ({ moments: at }: FoundKey): KeyMoments => ({
  expiresAt: instantOf(at?.expiresAt),
  revokedAt: instantOf(at?.revokedAt),
  disabledAt: instantOf(at?.disabledAt),
  rotatedAt: instantOf(at?.rotatedAt),
  sunsetAt: instantOf(at?.sunsetAt),
});

/** Whether the key may be used at this moment in a deployment that accepts these environments. */
export function isUsable(key: ShownKey, now: Date, environments: readonly string[]): boolean {
  const status = keyStatus(key.moments, now);
  return (status === 'ACTIVE' || status === 'DEPRECATED') && !key.isPartnerArchived && environments.includes(key.environment);
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
    deprecation: deprecationOf(key.moments),
    catalogue: { workoutTemplates: key.workoutTemplates, trainingPlanTemplates: key.trainingPlanTemplates },
  };
}
