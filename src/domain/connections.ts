/** Lists in parts, after Relay: cursors are places in the order of a list, not numbers of rows, so that a walk is stable. */
import { type Fault, invalid } from './errors.ts';

const pageSize = { default: 20, max: 100 };

export interface ConnectionArgs {
  first?: number | null | undefined;
  last?: number | null | undefined;
  after?: string | null | undefined;
  before?: string | null | undefined;
}

/** Which part of a list is asked for: `limit` rows strictly between two places, from the end of the list when `inverted`. */
export interface Slice<Place> {
  limit: number;
  after: Place | null;
  before: Place | null;
  inverted: boolean;
}

export interface Connection<Row> {
  edges: { cursor: string; node: Row }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/** How a row's place in a list is written down. */
interface Places<Row, Place> {
  placeOf(row: Row): Place;
  /** The place as JSON; a list of texts and numbers. */
  write(place: Place): unknown;
  /** Undefined when the JSON is no place of this list. */
  read(written: unknown): Place | undefined;
}

/**
 * The part of a list that the arguments ask for; 20 rows unless they say otherwise, 100 at most. `load` gives the rows in
 * the order in which the slice is walked.
 *
 * @throws INVALID for first and last together, and for a cursor of another list.
 */
export async function connect<Row, Place>(
  { first, last, after, before }: ConnectionArgs,
  places: Places<Row, Place>,
  load: (slice: Slice<Place>) => Promise<Row[]>,
): Promise<Connection<Row>> {
  if (first != null && last != null) throw invalid([{ path: 'last', message: 'cannot stand beside first' }]);
  const faults: Fault[] = [];
  const place = (path: string, cursor: string | null | undefined): Place | null => {
    if (cursor == null) return null;
    const found = places.read(parseCursor(cursor));
    if (found !== undefined && formatCursor(places.write(found)) === cursor) return found;
    faults.push({ path, message: 'not a cursor of this list; take one from pageInfo or edges, as it is' });
    return null;
  };
  const between = { after: place('after', after), before: place('before', before) };
  if (faults.length > 0) throw invalid(faults);
  const inverted = last != null;
  const limit = Math.min(pageSize.max, Math.max(1, first ?? last ?? pageSize.default));
  // One more than asked for: whether there is more.
  const found = await load({ ...between, limit: limit + 1, inverted });
  const rows = found.slice(0, limit);
  if (inverted) rows.reverse();
  const edges = rows.map((node) => ({ cursor: formatCursor(places.write(places.placeOf(node))), node }));
  const hasMore = found.length > limit;
  return {
    edges,
    pageInfo: {
      hasNextPage: inverted ? before != null : hasMore,
      hasPreviousPage: inverted ? hasMore : after != null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const formatCursor = (written: unknown): string => Buffer.from(JSON.stringify(written)).toString('base64url');

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    // What is no JSON is no place in any list.
    return undefined;
  }
}
