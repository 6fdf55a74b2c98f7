/**
 * Parts of a list in the order of one column that never changes, unique in the list. A part begins behind a value, not
 * behind a row: whatever is written meanwhile, a walk meets every row that stays exactly once.
 */
import { invalid } from './errors.ts';

/** What a connection asks for. The cursors are opaque to callers; here they are the values of the column. */
export interface ListPart {
  after?: string | undefined;
  before?: string | undefined;
  /** One more than the caller gets, to see whether there are more. */
  limit: number;
  /** Whether to count from the end: the rows then come last one first. */
  inverted: boolean;
}

/** The same with values the database can compare; both bounds exclude. */
export interface Bounds<Value> {
  gt?: Value;
  lt?: Value;
}

export const formatCursor = (value: string | number): string => Buffer.from(String(value)).toString('base64url');

/**
 * Where the part lies in a list whose greatest value comes first. `parse` gives null for what cannot be a value.
 *
 * @throws INVALID for a cursor that is none of this list.
 */
export function boundsOf<Value>({ after, before }: ListPart, parse: (text: string) => Value | null): Bounds<Value> {
  const read = (path: string, cursor: string) => {
    const value = parse(Buffer.from(cursor, 'base64url').toString());
    if (value === null) throw invalid([{ path, message: 'not a cursor of this list; take one from pageInfo or edges, as it is' }]);
    return value;
  };
  return {
    ...(after !== undefined && { lt: read('after', after) }),
    ...(before !== undefined && { gt: read('before', before) }),
  };
}
