/** The runners as operators look through them. */
import type { Prisma, Runner } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { afterIdCursor } from './ids.ts';
import { parseInput } from './input.ts';
import { permit } from './permissions.ts';
import { text } from './text.ts';

const searchInput = text(64).nullish();

/**
 * The runners, oldest first; with `search` those whose username contains it, in any letter case. `query` is what the
 * schema asks the database to select along with them.
 *
 * @throws INVALID for a cursor that is no id, and for a search that is empty or too long.
 */
export async function listRunners(ctx: Context, search: string | null | undefined, query: Prisma.RunnerFindManyArgs): Promise<Runner[]> {
  permit(ctx.caller, 'runners.list');
  // Prisma hands the text to LIKE as it is; without the backslashes % and _ would match anything.
  const wanted = parseInput(searchInput, search)
    ?.toLowerCase()
    .replace(/[\\%_]/g, '\\$&');
  const { cursor: _cursor, skip: _skip, ...page } = query;
  const where = { ...afterIdCursor(query), ...(wanted && { username: { contains: wanted } }) };
  return ctx.db.runner.findMany({ ...page, where, orderBy: { id: 'asc' } });
}
