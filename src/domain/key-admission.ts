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

// As one JSON column: the driver takes longer over each column of a row than over a text. Stamps as numbers: they are only
// ever compared, and stand in keys of what is at hand.
const keyByLookup = {
  name: 'key-by-lookup',
  text: `SELECT to_json(shown) AS "key" FROM (
    SELECT key."id", key."partnerId", key."secretHash", key."environment"::text, key."scopes",
      key."requestsPerMinute", key."requestsPerDay", key."expiresAt", key."revokedAt", key."disabledAt",
      key."rotatedAt", key."sunsetAt", partner."archivedAt" AS "partnerArchivedAt",
      (extract(epoch FROM clock."workoutTemplatesAt") * 1000)::float8 AS "workoutTemplates",
      (extract(epoch FROM clock."trainingPlanTemplatesAt") * 1000)::float8 AS "trainingPlanTemplates"
    FROM "ApiKey" AS key JOIN "Partner" AS partner ON partner."id" = key."partnerId" CROSS JOIN "SyncClock" AS clock
    WHERE key."lookup" = $1) AS shown`,
};

type Moment = keyof KeyMoments | 'partnerArchivedAt';

/** The row behind a key's lookup, for the one who verifies the secret; null when there is none. One statement. */
export async function findApiKeyByLookup(run: RunStatement, lookup: string): Promise<ShownKey | null> {
  const [row] = await run<{ key: Omit<ShownKey, Moment> & Record<Moment, string | null> }>(keyByLookup, [lookup]);
  if (!row) return null;
  const at = (moment: Moment) => (row.key[moment] === null ? null : new Date(row.key[moment]));
  return {
    ...row.key,
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
