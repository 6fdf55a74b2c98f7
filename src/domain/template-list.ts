/**
 * How partners read templates of either kind: what they see, in which order, a page at a time.
 *
 * Stamps (`updatedAt`) are unique and rise in the order of commits, so a walk by cursor loses nothing whatever is
 * written meanwhile: a row that changes moves to the far end of the order and is met there, or at the next poll.
 */
import { Prisma, type RemovalReason } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { DomainError } from './errors.ts';
import { permit } from './permissions.ts';
import { formatCursor, parseCursor, type TemplateCursor } from './template-cursor.ts';
import { readTemplateRows, type TemplateChoice, type TemplateTable } from './template-rows.ts';
import { isStorable } from './text.ts';

/** The one definition of what partners may see. The database's triggers and indexes state it once more. */
export const visibleToPartners = { visibility: 'PUBLIC', status: 'ACTIVE' } as const;

/** The same as a condition of a statement. Not as values: the planner must see that the partial indexes hold such rows. */
const isVisible = Prisma.raw(
  Object.entries(visibleToPartners)
    .map(([column, value]) => `"${column}" = '${value}'`)
    .join(' AND '),
);

/** What the caller may see of one template they name. */
export function visibleTo({ caller }: Context) {
  const reach = permit(caller, 'templates.read');
  const exists = { status: { not: 'DELETED' as const } };
  if (reach === 'all') return exists;
  if (reach === 'own' && caller.kind === 'coach') return { OR: [visibleToPartners, { ...exists, authorId: caller.id }] };
  return visibleToPartners;
}

export const pageSizeDefault = 20;
export const pageSizeMax = 100;
export const searchLengthMax = 200;

/** What both tables have. */
export interface StampedRow {
  id: string;
  version: number;
  updatedAt: Date;
  removedVersion: number | null;
  removedReason: RemovalReason | null;
}

export interface TemplateListArgs {
  /** Every word must occur in the name, the description or a tag, in any letter case. */
  search?: string | null;
  /** Only what changed after this instant; the oldest change then comes first. */
  updatedSince?: Date | null;
  page?: number | null;
  per_page?: number | null;
  cursor?: string | null;
  /** Also the ids of templates that partners could once see and no longer can. */
  includeRemoved?: boolean | null;
}

/** A template that partners could once see, as it was at the moment it left. */
export interface RemovedTemplate {
  id: string;
  version: number;
  updatedAt: Date;
  reason: RemovalReason;
}

export interface TemplatePage<Row> {
  data: Row[];
  /** Null unless asked for. */
  removed: RemovedTemplate[] | null;
  page: number;
  perPage: number;
  /** Live rows on all pages, and removed ones when asked for. */
  total: number;
  /** Null on the last page. */
  nextCursor: string | null;
}

/**
 * One page: newest change first; with `updatedSince`, oldest change first. `filter` is what else live rows must
 * meet. Removed rows are never filtered: what left may have changed its category first. Without content, the rows hold
 * what a `StampedRow` has and nothing else.
 *
 * @throws INVALID for a cursor of another query.
 */
export async function listTemplates<Row extends StampedRow>(
  ctx: Context,
  table: TemplateTable,
  args: TemplateListArgs,
  { filter, withContent }: { filter: Prisma.Sql | null; withContent: boolean },
): Promise<TemplatePage<Row>> {
  const order = args.updatedSince ? 'oldest' : 'newest';
  const cursor = args.cursor ? parseCursor(args.cursor, order) : null;
  const page = cursor?.page ?? Math.max(1, args.page ?? 1);
  const perPage = Math.min(pageSizeMax, Math.max(1, args.per_page ?? pageSizeDefault));

  const { rows: found, total } = await readTemplateRows<Row>(ctx, table, {
    ...choiceOf(args, filter),
    after: cursor && after(cursor),
    order,
    // Beyond 32 bits there is nothing to skip to; Postgres counts rows, not pages.
    skip: cursor ? 0 : Math.min((page - 1) * perPage, 2_147_483_647),
    take: perPage + 1,
    withContent,
  });
  const rows = found.slice(0, perPage);
  const last = rows.at(-1);
  return {
    data: rows.filter((row) => row.removedVersion === null),
    removed: args.includeRemoved ? rows.flatMap(asRemoved) : null,
    page,
    perPage,
    total,
    nextCursor: last && found.length > perPage ? formatCursor({ order, page: page + 1, updatedAt: last.updatedAt }) : null,
  };
}

/** Which rows are listed, and what helps to count them. */
function choiceOf({ search, updatedSince, includeRemoved }: TemplateListArgs, filter: Prisma.Sql | null): TemplateChoice {
  const words = searchWords(search);
  const chosen = words.map((word) => Prisma.sql`"searchText" ILIKE ${`%${likePattern(word)}%`}`).concat(filter ?? []);
  const live = Prisma.join([isVisible, ...chosen], ' AND ');
  const listed = includeRemoved ? Prisma.sql`((${live}) OR "removedVersion" IS NOT NULL)` : live;
  const tooOld = updatedSince ? Prisma.sql`${listed} AND "updatedAt" <= ${updatedSince}` : null;
  return {
    where: updatedSince ? Prisma.sql`${listed} AND "updatedAt" > ${updatedSince}` : listed,
    whole: chosen.length === 0 ? { counts: includeRemoved ? ['Visible', 'Removed'] : ['Visible'], tooOld } : null,
    isCommon: words.every(hasTrigram) && words.length <= preparedWordsMax,
    isSearch: words.length > 0,
  };
}

const after = ({ order, updatedAt }: TemplateCursor): Prisma.Sql =>
  order === 'oldest' ? Prisma.sql`"updatedAt" > ${updatedAt}` : Prisma.sql`"updatedAt" < ${updatedAt}`;

/** Searches for more words than this are planned each time: every number of words is a statement of its own. */
const preparedWordsMax = 3;

/** Whether the index on trigrams can find it. A plan for any word must not go by that index for one that it would be read through for. */
const hasTrigram = (word: string): boolean => /[\p{L}\p{N}]{3}/u.test(word);

/** The words that must all occur. @throws INVALID for text that is too long or cannot be stored. */
function searchWords(search: string | null | undefined): string[] {
  if (!search) return [];
  if (!isStorable(search) || search.length > searchLengthMax) {
    const message = `at most ${searchLengthMax} characters, without NUL`;
    throw new DomainError('INVALID', `search: ${message}`, { faults: [{ path: 'search', message }] });
  }
  return search.split(/\s+/).filter((word) => word !== '');
}

/** Without the backslashes % and _ would match anything; neither Prisma nor LIKE itself adds them. */
const likePattern = (word: string): string => word.replace(/[\\%_]/g, '\\$&');

/** One condition for each word. @throws INVALID for text that is too long or cannot be stored. */
export const searchConditions = (search: string | null | undefined) =>
  searchWords(search).map((word) => ({ searchText: { contains: likePattern(word), mode: 'insensitive' as const } }));

function asRemoved({ id, removedVersion, removedReason, updatedAt }: StampedRow): RemovedTemplate[] {
  return removedVersion !== null && removedReason !== null ? [{ id, version: removedVersion, updatedAt, reason: removedReason }] : [];
}
