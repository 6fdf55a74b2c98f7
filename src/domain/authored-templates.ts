/** The lists of those who write templates: drafts and archived ones too, newest first. */
import type { TemplateStatus, Visibility } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { invalid } from './errors.ts';
import { isId } from './ids.ts';
import { type Bounds, boundsOf, type ListPart } from './list-parts.ts';
import { permit } from './permissions.ts';
import { searchConditions, visibleToPartners } from './template-list.ts';
import { requireAuthor } from './template-writes.ts';
import { isStorable } from './text.ts';

export interface AuthoredFilter {
  /** As in `listTemplates`. */
  search?: string | null;
  visibility?: Visibility | null;
  /** Deleted templates are in the list only when asked for, and for operators only. */
  status?: TemplateStatus | null;
  /** A coach's own templates are listed when it is absent; for operators everyone's are. */
  author?: string | null;
}

interface AuthoredWhere {
  AND: object[];
}

/** One of the two tables, as far as these lists go. */
export interface AuthoredSource<Row> {
  rows(query: { where: AuthoredWhere; orderBy: { id: 'asc' | 'desc' }; take: number }): Promise<Row[]>;
  count(query: { where: AuthoredWhere }): Promise<number>;
}

export interface AuthoredList<Row> {
  /** The rows of that part, newest first; from the end when it is inverted. @throws INVALID for a cursor of another list. */
  rows(part: ListPart): Promise<Row[]>;
  /** How many there are in all. Asks the database, so only on request. */
  count(): Promise<number>;
}

/**
 * The templates that the caller writes, or, of another author a coach names, what partners see. Ids are in the order of
 * creation, so a template keeps its place however often it changes. `filter` is what one kind adds.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN; INVALID for a search or an author that cannot be.
 */
export function listAuthored<Row>(
  ctx: Context,
  source: AuthoredSource<Row>,
  args: AuthoredFilter,
  filter: Record<string, string | null | undefined>,
): AuthoredList<Row> {
  if (args.author != null && !isStorable(args.author)) throw invalid([{ path: 'author', message: 'holds a NUL or a broken character' }]);
  const wanted = { visibility: args.visibility, status: args.status, ...filter };
  const conditions = Object.entries(wanted).flatMap(([name, value]) => (value == null ? [] : [{ [name]: value }]));
  const where = { AND: [reachOf(ctx, args), ...conditions, ...searchConditions(args.search)] };
  return {
    async rows(part) {
      const id: Bounds<string> = boundsOf(part, (text) => (isId(text) ? text : null));
      return source.rows({ where: { AND: [where, { id }] }, orderBy: { id: part.inverted ? 'asc' : 'desc' }, take: part.limit });
    },
    count: () => source.count({ where }),
  };
}

function reachOf(ctx: Context, { author, status }: AuthoredFilter): object {
  const exists = { status: { not: 'DELETED' } };
  if (permit(ctx.caller, 'templates.write') === 'all') {
    const authorId = author ?? undefined;
    return status === 'DELETED' ? { authorId } : { ...exists, authorId };
  }
  const self = requireAuthor(ctx);
  return author == null || author === self ? { ...exists, authorId: self } : { ...visibleToPartners, authorId: author };
}
