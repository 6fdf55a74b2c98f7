/** API keys in numbers. Only one of them has a secret that somebody holds: a bcrypt for each would take ten minutes. */
import type pg from 'pg';
import { keyMinter } from '../../../src/access/key-secret.ts';
import { deriveKeys } from '../../../src/access/secret-keys.ts';
import { newId } from '../../../src/domain/ids.ts';

const limitMax = 2_147_483_647;

/** Ten keys to a partner. Gives the plaintext of the one that may be used, without a limit that a benchmark would meet. */
export async function fillKeys(client: pg.Client, apiKeys: number, secretKey: string): Promise<string> {
  const { plaintext, lookup, secretHash } = await keyMinter(deriveKeys([secretKey], 'api-key-tag'))('LIVE');
  const partnerIds = Array.from({ length: Math.ceil(apiKeys / 10) }, newId);
  await client.query(
    `INSERT INTO "Partner" ("id", "name") SELECT id, 'partner-' || number FROM unnest($1::uuid[]) WITH ORDINALITY AS new(id, number)`,
    [partnerIds],
  );
  await client.query(
    `INSERT INTO "ApiKey" ("id", "partnerId", "lookup", "secretHash", "environment", "scopes", "requestsPerMinute", "requestsPerDay")
    SELECT id, ($2::uuid[])[1 + number % array_length($2::uuid[], 1)], CASE number WHEN 1 THEN $3 ELSE substr(md5(number::text), 1, 12) END,
      $4, 'LIVE', ARRAY['workout-templates:read', 'training-plan-templates:read'], ${limitMax}, ${limitMax}
    FROM unnest($1::uuid[]) WITH ORDINALITY AS new(id, number)`,
    [Array.from({ length: apiKeys }, newId), partnerIds, lookup, secretHash],
  );
  return plaintext;
}
