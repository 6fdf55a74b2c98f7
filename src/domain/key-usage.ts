/** How often keys are used and when they were last: counted in memory, written down in batches, read day by day. */
import type { ApiKey, ApiKeyDay } from '../../prisma/generated/client/client.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { createBatch } from './batch.ts';
import type { Context, KeyUsage, WindowUse } from './context.ts';
import { formatDay } from './days.ts';

/** How many days are shown when nothing else is asked for, and at most. */
export const usageDaysDefault = 30;
export const usageDaysMax = 366;

const dayMs = 86_400_000;

/** What was asked with one key on one day since the last batch. */
interface Count {
  apiKeyId: string;
  day: string;
  requests: number;
  refused: number;
  /** Of the last one, in milliseconds since 1970. */
  usedAtMs: number;
  secretKeyId: string;
}

/** There are no more counts than keys (twice around midnight): only requests with a verified key get here. */
export function createKeyUsage(db: Db, now: Clock, log: Log): KeyUsage {
  const batch = createBatch<Count>({
    keyOf: ({ apiKeyId, day }) => `${apiKeyId} ${day}`,
    merge: (one, other) => ({
      ...one,
      requests: one.requests + other.requests,
      refused: one.refused + other.refused,
      usedAtMs: Math.max(one.usedAtMs, other.usedAtMs),
    }),
    write: (counts) => addCounts(db, counts),
    log,
    noun: 'requests of keys',
  });
  let lastDay = { number: Number.NaN, text: '' };
  /** A day is written out once, not with every request. */
  function dayOf(usedAtMs: number): string {
    const number = Math.floor(usedAtMs / dayMs);
    if (number !== lastDay.number) lastDay = { number, text: formatDay(new Date(usedAtMs)) };
    return lastDay.text;
  }
  return {
    count({ keyId, secretKeyId }, refused) {
      const usedAtMs = now().getTime();
      batch.add({ apiKeyId: keyId, day: dayOf(usedAtMs), requests: 1, refused: refused ? 1 : 0, usedAtMs, secretKeyId });
    },
    flush: batch.flush,
  };
}

/**
 * One statement for all keys. Several nodes write at once: the keys are locked in the order of their ids before anything
 * is written, so that no two wait for each other. `greatest` keeps a node that is late from turning the time back.
 * In a transaction, because what ran out of time outside one may have been written all the same, and would count twice.
 */
async function addCounts(db: Db, counts: Count[]): Promise<void> {
  const column = <Key extends keyof Count>(key: Key) => counts.map((count) => count[key]);
  const usedAt = counts.map(({ usedAtMs }) => new Date(usedAtMs).toISOString());
  const statement = db.$executeRaw`
    WITH counted AS (
      SELECT * FROM unnest(${column('apiKeyId')}::text[]::uuid[], ${column('day')}::text[]::date[], ${column('requests')}::int[],
        ${column('refused')}::int[], ${usedAt}::text[]::timestamptz[], ${column('secretKeyId')}::text[])
        AS counted("apiKeyId", "day", "requests", "refused", "usedAt", "secretKeyId")
    ), locked AS (
      SELECT "id" FROM "ApiKey" WHERE "id" IN (SELECT "apiKeyId" FROM counted) ORDER BY "id" FOR NO KEY UPDATE
    ), used AS (
      UPDATE "ApiKey" AS key SET "lastUsedAt" = greatest(key."lastUsedAt", latest."usedAt"), "secretKeyId" = latest."secretKeyId"
      FROM (SELECT "id", max("usedAt") AS "usedAt", max("secretKeyId") AS "secretKeyId" FROM counted JOIN locked ON "id" = "apiKeyId" GROUP BY "id") AS latest
      WHERE key."id" = latest."id"
    )
    INSERT INTO "ApiKeyDay" ("apiKeyId", "day", "requests", "refused")
    SELECT "apiKeyId", "day", "requests", "refused" FROM counted JOIN locked ON "id" = "apiKeyId" ORDER BY "apiKeyId", "day"
    ON CONFLICT ("apiKeyId", "day") DO UPDATE
    SET "requests" = "ApiKeyDay"."requests" + excluded."requests", "refused" = "ApiKeyDay"."refused" + excluded."refused"`;
  await db.$transaction([statement]);
}

/** The first of so many days, of which today (UTC) is the last. Fewer than one is one; too many are the most there may be. */
export function firstUsageDay(days: number | null | undefined, now: Date): Date {
  const count = Math.min(Math.max(days ?? usageDaysDefault, 1), usageDaysMax);
  return new Date(Math.floor(now.getTime() / dayMs) * dayMs - (count - 1) * dayMs);
}

/** What was asked on one day, UTC. */
export interface KeyDay {
  day: string;
  requests: number;
  refused: number;
}

/** So many days up to today, oldest first, those without a request too. `stored` holds those with one. */
export function listUsageDays(stored: Omit<ApiKeyDay, 'apiKeyId'>[], days: number | null | undefined, now: Date): KeyDay[] {
  const firstDay = firstUsageDay(days, now).getTime();
  const known = new Map(stored.map(({ day, requests, refused }) => [formatDay(day), { requests, refused }]));
  return Array.from({ length: Math.floor((now.getTime() - firstDay) / dayMs) + 1 }, (_, index) => {
    const day = formatDay(new Date(firstDay + index * dayMs));
    return { day, ...(known.get(day) ?? { requests: 0, refused: 0 }) };
  });
}

/** A window of a key's limits as operators see it. */
export interface KeyWindow {
  used: number;
  limit: number;
  resetsAt: Date | null;
}

/** What the key has used of its limits in the windows that are open; null when the limiter cannot be asked. */
export async function keyConsumption(ctx: Context, key: ApiKey): Promise<{ minute: KeyWindow; day: KeyWindow } | null> {
  const use = await ctx.peekLimits({ ...key, keyId: key.id });
  const seenAt = ctx.now().getTime();
  const windowOf = ({ used, limit, resetsInMs }: WindowUse): KeyWindow => ({
    used,
    limit,
    resetsAt: resetsInMs === null ? null : new Date(seenAt + resetsInMs),
  });
  return use && { minute: windowOf(use.minute), day: windowOf(use.day) };
}
