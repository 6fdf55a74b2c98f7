/** Runners with years of days and runs, written in the order of days, as they come in: no runner's rows lie together. */
import type pg from 'pg';
import { createContextTokens } from '../../../src/access/context-tokens.ts';
import { deriveKeys } from '../../../src/access/secret-keys.ts';
import { newId } from '../../../src/domain/ids.ts';
import type { Size } from './sizes.ts';

/** Gives the tokens of the runners that have all the years, who share everything. */
export async function fillRunners(client: pg.Client, size: Size, secretKey: string): Promise<string[]> {
  const runnerIds = Array.from({ length: size.runners }, newId);
  await client.query(
    `INSERT INTO "Runner" ("id", "username", "subject", "sharingEnabled", "timezone", "birthDate", "sex")
    SELECT id, 'runner-' || number, id::text, true, 'Europe/Berlin', '1988-05-04', 'FEMALE' FROM unnest($1::uuid[]) WITH ORDINALITY AS new(id, number)`,
    [runnerIds],
  );
  await client.query(
    `INSERT INTO "HealthSource" ("id", "runnerId", "name", "priority")
    SELECT gen_random_uuid(), id, name, priority FROM unnest($1::uuid[]) AS runner(id), (VALUES ('watch', 1), ('scale', 2)) AS source(name, priority)`,
    [runnerIds],
  );
  const measured = runnerIds.slice(0, size.runnersWithAllYears);
  for (let yearsAgo = size.years; yearsAgo >= 1; yearsAgo--) await fillYear(client, yearsAgo === 1 ? runnerIds : measured, yearsAgo);
  return linkRunners(client, measured, secretKey);
}

/**
 * A reading a day by the watch and one a week by the scale, four runs a week of which one is near 10 km, a race each
 * quarter, two lab tests of ten markers a year, a weight each month. Only the oldest days know a fitness age.
 */
async function fillYear(client: pg.Client, runnerIds: string[], yearsAgo: number): Promise<void> {
  const days = `generate_series(current_date - 365 * $2::int + 1, current_date - 365 * ($2::int - 1), interval '1 day') AS moment,
    LATERAL (SELECT moment::date AS day, extract(epoch FROM moment)::int / 86400 AS number) AS this`;
  const of = `FROM ${days}, unnest($1::uuid[]) AS runner(id)`;
  const statements = [
    `INSERT INTO "DailyReading" ("id", "runnerId", "date", "source", "restingHeartRate", "hrv", "hrvType", "sleepScore", "sleepDurationHours",
      "deepSleepHours", "remSleepHours", "respirationRate", "vo2Max", "fitnessAge", "recoveryScore")
    SELECT gen_random_uuid(), id, day, 'watch', 44 + number % 9, 60 + number % 23, 'RMSSD', 70 + number % 25, 7 + number % 10 / 10.0,
      1.5, 1.7, 13.5, CASE WHEN number % 7 = 0 THEN 50 + number % 5 END, CASE WHEN $2::int >= 20 THEN 30 END, 50 + number % 40 ${of} ORDER BY day`,
    `INSERT INTO "DailyReading" ("id", "runnerId", "date", "source", "weightKg")
    SELECT gen_random_uuid(), id, day, 'scale', 60 + number % 4 ${of} WHERE number % 7 = 1 ORDER BY day`,
    `INSERT INTO "Run" ("id", "runnerId", "source", "externalId", "startedAt", "startedOn", "name", "distanceMeters", "movingSeconds",
      "averageHeartRate", "maxHeartRate", "elevationGainMeters")
    SELECT gen_random_uuid(), id, 'watch', number::text, moment + interval '6 hours', day, 'Morning run', meters, meters * (0.29 + number % 11 / 200.0),
      140 + number % 20, 170, 60 ${of}, LATERAL (SELECT CASE number % 7 WHEN 0 THEN 10050 WHEN 2 THEN 6000 + number % 700 WHEN 4 THEN 8100 WHEN 5 THEN 18000 + number % 900 END AS meters) AS session
    WHERE meters IS NOT NULL ORDER BY day`,
    `INSERT INTO "RaceResult" ("id", "runnerId", "date", "name", "distanceMeters", "timeSeconds")
    SELECT gen_random_uuid(), id, day, 'City race', 21097.5, 5400 + number % 300 ${of} WHERE number % 91 = 0`,
    `INSERT INTO "Measurement" ("id", "runnerId", "kind", "date", "source", "value")
    SELECT gen_random_uuid(), id, 'WEIGHT', day, 'scale', 62 ${of} WHERE number % 30 = 0`,
    `WITH test AS (
      INSERT INTO "LabTest" ("id", "runnerId", "date", "name") SELECT gen_random_uuid(), id, day, 'Blood panel' ${of} WHERE number % 182 = 0 RETURNING "id")
    INSERT INTO "LabMarker" ("id", "labTestId", "position", "name", "value", "unit")
    SELECT gen_random_uuid(), test."id", position, 'Marker ' || position, 40 + position, 'ug/L' FROM test, generate_series(1, 10) AS position`,
  ];
  for (const text of statements) await client.query(text, [runnerIds, yearsAgo]);
}

async function linkRunners(client: pg.Client, runnerIds: string[], secretKey: string): Promise<string[]> {
  const contextTokens = createContextTokens(deriveKeys([secretKey], 'context-token'));
  const tokens: string[] = [];
  for (const runnerId of runnerIds) {
    const linkId = newId();
    const { tokenHash, encryptedToken } = contextTokens.mint(linkId);
    tokens.push(contextTokens.open(linkId, encryptedToken) ?? '');
    await client.query(
      `INSERT INTO "ContextLink" ("id", "runnerId", "label", "isDefault", "profile", "training", "health", "labs", "tokenHash", "encryptedToken", "rotatedAt")
      VALUES ($1, $2, 'default', true, true, true, true, true, $3, $4, now())`,
      [linkId, runnerId, tokenHash, encryptedToken],
    );
  }
  return tokens;
}
