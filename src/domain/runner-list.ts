/** The runners as operators look through them. */
import type { Prisma, Runner } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { requireIdCursor } from './ids.ts';
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
  requireIdCursor(query);
  // Prisma hands the text to LIKE as it is; without the backslashes % and _ would match anything.
  const wanted = parseInput(searchInput, search)
    ?.toLowerCase()
    .replace(/[\\%_]/g, '\\$&');
  return ctx.db.runner.findMany({ ...query, where: wanted ? { username: { contains: wanted } } : {}, orderBy: { id: 'asc' } });
}
