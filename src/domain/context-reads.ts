/**
 * How often context links are read: per link, day, section and kind of client. Kept in memory and added to the
 * database in batches, so that a read costs no write. What was read is never kept, nor by whom in particular.
 */
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { createBatch } from './batch.ts';
import type { Client, ContextReads } from './context.ts';

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
}

export function createContextReads(db: Db, now: Clock, log: Log): ContextReads {
  const batch = createBatch<Count>({
    keyOf: ({ linkId, day, section, client }) => `${linkId} ${day} ${section} ${client}`,
    merge: (one, other) => ({ ...one, count: one.count + other.count }),
    write: (counts) => addCounts(db, counts),
    log,
    noun: 'reads of context links',
  });
  return {
    count(linkId, sections, client) {
      const day = now().toISOString().slice(0, 10);
      for (const section of sections) batch.add({ linkId, day, section, client: familyOf(client), count: 1 });
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
  await db.$executeRaw`
    INSERT INTO "ContextRead" ("linkId", "day", "section", "client", "count")
    SELECT link."id", read."day"::date, read."section", read."client", read."count"
    FROM unnest(${column('linkId')}::text[], ${column('day')}::text[], ${column('section')}::text[], ${column('client')}::text[], ${column('count')}::int[])
      AS read("linkId", "day", "section", "client", "count")
    JOIN "ContextLink" AS link ON link."id" = read."linkId"::uuid
    ON CONFLICT ("linkId", "day", "section", "client") DO UPDATE SET "count" = "ContextRead"."count" + excluded."count"`;
}
