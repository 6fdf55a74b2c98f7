/**
 * How often context links are read: per link, day, section and kind of client. Kept in memory and added to the
 * database in batches, so that a read costs no write. What was read is never kept, nor by whom in particular.
 */
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { createBatch } from './batch.ts';
import type { Client, Context, ContextReads } from './context.ts';
import { formatDay } from './days.ts';
import { requireRunnerAccess } from './runners.ts';

/** Families of client by what their User-Agent contains; a closed list, so that nobody can make rows by inventing names. */
const families: [pattern: RegExp, family: string][] = [
  [/chatgpt|oai-searchbot|gptbot|openai/i, 'openai'],
  [/claude|anthropic/i, 'anthropic'],
  [/gemini|google/i, 'google'],
  [/perplexity/i, 'perplexity'],
  [/curl|wget/i, 'command-line'],
  [/python|aiohttp|httpx/i, 'python'],
  [/node|undici|axios|got\b/i, 'node'],
  [/mozilla/i, 'browser'],
];

interface Count {
  linkId: string;
  day: string;
  section: string;
  client: string;
  count: number;
  lastAt: Date;
}

export function createContextReads(db: Db, now: Clock, log: Log): ContextReads {
  const batch = createBatch<Count>({
    keyOf: ({ linkId, day, section, client }) => `${linkId} ${day} ${section} ${client}`,
    merge: (one, other) => ({
      ...one,
      count: one.count + other.count,
      lastAt: new Date(Math.max(one.lastAt.getTime(), other.lastAt.getTime())),
    }),
    write: (counts) => addCounts(db, counts),
    log,
    noun: 'reads of context links',
  });
  return {
    count(linkId, sections, client) {
      const lastAt = now();
      const day = lastAt.toISOString().slice(0, 10);
      for (const section of sections) batch.add({ linkId, day, section, client: familyOf(client), count: 1, lastAt });
    },
    flush: batch.flush,
  };
}

function familyOf({ userAgent }: Client): string {
  return families.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? 'other';
}

async function addCounts(db: Db, batch: Count[]): Promise<void> {
  const column = <Key extends keyof Count>(key: Key) => batch.map((count) => count[key]);
  // Joined with the links, because a link may have been erased since it was read.
  // Links in one order, so that two nodes do not wait for each other; in a transaction, because what ran out of time outside
  // one may have been written all the same, and would count twice.
  const statement = db.$executeRaw`
    INSERT INTO "ContextRead" ("linkId", "day", "section", "client", "count", "lastAt")
    SELECT link."id", read."day"::date, read."section", read."client", read."count", read."lastAt"
    FROM unnest(${column('linkId')}::text[], ${column('day')}::text[], ${column('section')}::text[], ${column('client')}::text[],
        ${column('count')}::int[], ${column('lastAt')}::timestamptz[])
      AS read("linkId", "day", "section", "client", "count", "lastAt")
    JOIN "ContextLink" AS link ON link."id" = read."linkId"::uuid
    ORDER BY 1, 2, 3, 4
    ON CONFLICT ("linkId", "day", "section", "client") DO UPDATE SET
      "count" = "ContextRead"."count" + excluded."count", "lastAt" = greatest("ContextRead"."lastAt", excluded."lastAt")`;
  await db.$transaction([statement]);
}

/** How often a section was read through a link on a day, by which kind of client. */
export interface ContextReadCount {
  link: { id: string; label: string };
  /** The day (UTC), written YYYY-MM-DD. */
  day: string;
  section: string;
  client: string;
  count: number;
  /** When it was read last; null when that was not kept. */
  lastAt: Date | null;
}

const listLength = { default: 50, max: 366 };

/** The reads of all links of a runner, the latest first: `first` rows, clamped to 1 to 366; 50 when left out. */
export async function listContextReads(ctx: Context, runnerId: string, first?: number | null): Promise<ContextReadCount[]> {
  requireRunnerAccess(ctx, runnerId);
  const rows = await ctx.db.contextRead.findMany({
    where: { link: { runnerId } },
    include: { link: { select: { id: true, label: true } } },
    orderBy: [{ day: 'desc' }, { lastAt: { sort: 'desc', nulls: 'last' } }, { section: 'asc' }, { client: 'asc' }, { linkId: 'asc' }],
    take: Math.min(listLength.max, Math.max(1, first ?? listLength.default)),
  });
  return rows.map(({ link, day, section, client, count, lastAt }) => ({
    link,
    day: formatDay(day),
    section,
    client,
    count: Number(count),
    lastAt,
  }));
}
