/** Relay connections over lists of the domain, which take any row out of order without losing another. */
import { type DefaultConnectionArguments, parseCursorConnectionArgs } from '@pothos/plugin-relay';
import { formatCursor, type ListPart } from '../src/domain/list-parts.ts';

/** A list as the domain gives it. */
interface PartedList<Row> {
  rows(part: ListPart): Promise<Row[]>;
  count(): Promise<number>;
}

/** The part that `args` ask for, at most 100 rows, 20 unless said; `placeOf` gives the value the list is ordered by. */
export async function connectionOf<Row extends object>(
  args: DefaultConnectionArguments,
  list: PartedList<Row>,
  placeOf: (row: Row) => string | number,
) {
  const { expectedSize, hasPreviousPage, hasNextPage, ...part } = parseCursorConnectionArgs({ args });
  const found = await list.rows(part);
  const rows = found.slice(0, expectedSize);
  const edges = (part.inverted ? rows.toReversed() : rows).map((node) => ({ node, cursor: formatCursor(placeOf(node)) }));
  return {
    edges,
    pageInfo: {
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasPreviousPage: hasPreviousPage(found.length),
      hasNextPage: hasNextPage(found.length),
    },
    countRows: () => list.count(),
  };
}

/** What `totalCount` of such a connection says. */
export const totalCountDescription = 'How many there are in all. Counted only when asked for.';
