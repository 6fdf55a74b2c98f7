/**
 * How partners read templates of either kind: what they see, in which order, a page at a time.
 *
 * Stamps (`updatedAt`) are unique and rise in the order of commits, so a walk by cursor loses nothing whatever is
 * written meanwhile: a row that changes moves to the far end of the order and is met there, or at the next poll.
 */
import type { RemovalReason } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { DomainError } from './errors.ts';
import { permit } from './permissions.ts';
import { formatCursor, parseCursor, type TemplateCursor } from './template-cursor.ts';
import { isStorable } from './text.ts';

/** The one definition of what partners may see. The database's triggers and indexes state it once more. */
export const visibleToPartners = { visibility: 'PUBLIC', status: 'ACTIVE' } as const;

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

/** The conditions that both tables understand, and the filter of one. */
interface TemplateWhere<Filter> {
  AND?: (TemplateWhere<Filter> | Filter)[];
  OR?: (TemplateWhere<Filter> | Filter)[];
  updatedAt?: { gt: Date } | { lt: Date };
  visibility?: 'PUBLIC';
  status?: 'ACTIVE';
  removedVersion?: { not: null };
  searchText?: { contains: string; mode: 'insensitive' };
}

/** One of the two tables, as far as reading goes. */
export interface TemplateSource<Row extends StampedRow, Filter> {
  count(where: TemplateWhere<Filter>): Promise<number>;
  rows(query: { where: TemplateWhere<Filter>; orderBy: { updatedAt: 'asc' | 'desc' }; skip: number; take: number }): Promise<Row[]>;
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
 * meet. Removed rows are never filtered: what left may have changed its category first.
 *
 * @throws INVALID for a cursor of another query.
 */
export async function listTemplates<Row extends StampedRow, Filter extends object>(
  source: TemplateSource<Row, Filter>,
  args: TemplateListArgs,
  filter: Filter,
): Promise<TemplatePage<Row>> {
  const order = args.updatedSince ? 'oldest' : 'newest';
  const cursor = args.cursor ? parseCursor(args.cursor, order) : null;
  const page = cursor?.page ?? Math.max(1, args.page ?? 1);
  const perPage = Math.min(pageSizeMax, Math.max(1, args.per_page ?? pageSizeDefault));

  const live: TemplateWhere<Filter> = { AND: [visibleToPartners, ...searchConditions(args.search), filter] };
  const where: TemplateWhere<Filter> = {
    AND: [
      args.includeRemoved ? { OR: [live, { removedVersion: { not: null } }] } : live,
      args.updatedSince ? { updatedAt: { gt: args.updatedSince } } : {},
    ],
  };
  const [total, found] = await Promise.all([
    source.count(where),
    source.rows({
      where: cursor ? { AND: [where, after(cursor)] } : where,
      orderBy: { updatedAt: order === 'oldest' ? 'asc' : 'desc' },
      // Beyond 32 bits there is nothing to skip to; Postgres counts rows, not pages.
      skip: cursor ? 0 : Math.min((page - 1) * perPage, 2_147_483_647),
      take: perPage + 1,
    }),
  ]);
  const rows = found.slice(0, perPage);
  const last = rows.at(-1);
  return {
    data: rows.filter((row) => row.removedVersion === null),
    removed: args.includeRemoved ? rows.flatMap(asRemoved) : null,
    page,
    perPage,
    total,
    nextCursor: last && found.length > perPage ? formatCursor({ order, ...last, page: page + 1 }) : null,
  };
}

function after({ order, updatedAt }: TemplateCursor): TemplateWhere<never> {
  return { updatedAt: order === 'oldest' ? { gt: updatedAt } : { lt: updatedAt } };
}

/** One condition for each word. @throws INVALID for text that is too long or cannot be stored. */
export function searchConditions(search: string | null | undefined): TemplateWhere<never>[] {
  if (!search) return [];
  if (!isStorable(search) || search.length > searchLengthMax) {
    const message = `at most ${searchLengthMax} characters, without NUL`;
    throw new DomainError('INVALID', `search: ${message}`, { faults: [{ path: 'search', message }] });
  }
  const words = search.split(/\s+/).filter((word) => word !== '');
  // Prisma hands the text to LIKE as it is; without the backslashes % and _ would match anything.
  return words.map((word) => ({ searchText: { contains: word.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } }));
}

function asRemoved({ id, removedVersion, removedReason, updatedAt }: StampedRow): RemovedTemplate[] {
  return removedVersion !== null && removedReason !== null ? [{ id, version: removedVersion, updatedAt, reason: removedReason }] : [];
}
