/** The order of dated rows, newest first, and the rows beyond a place in it, as conditions that Prisma understands. */
import { parseDateTime } from './date-time.ts';
import { isId } from './ids.ts';

/** A column of the order. Only an instant may be null: then it comes after those that are known. */
interface KeyColumn {
  name: string;
  kind: 'day' | 'instant' | 'id';
}

type Key = (Date | string | null)[];
type Direction = 'older' | 'newer';

/** Rows by day, then by the instant where there is one, then by id, so that no two share a place. */
export function keyset(dayColumn: string, instantColumn?: string) {
  const columns: KeyColumn[] = [
    { name: dayColumn, kind: 'day' },
    ...(instantColumn ? [{ name: instantColumn, kind: 'instant' as const }] : []),
    { name: 'id', kind: 'id' },
  ];
  return {
    orderBy: (direction: Direction) =>
      columns.map(({ name, kind }) => {
        const sort = direction === 'older' ? 'desc' : 'asc';
        return { [name]: kind === 'instant' ? { sort, nulls: direction === 'older' ? 'last' : 'first' } : sort };
      }),
    /** The rows that come after the key on the way to the older or the newer end. */
    beyond: (key: Key, direction: Direction): object => ({
      OR: columns.flatMap((column, index) => {
        const further = furtherThan(column, key[index] ?? null, direction);
        const equal = Object.fromEntries(columns.slice(0, index).map(({ name }, before) => [name, key[before] ?? null]));
        return further.map((condition) => ({ ...equal, ...condition }));
      }),
    }),
    places: {
      placeOf: (row: Record<string, unknown>): Key => columns.map(({ name }) => row[name] as Date | string | null),
      write: (key: Key) => key,
      read: (written: unknown): Key | undefined => readKey(columns, written),
    },
  };
}

function furtherThan({ name, kind }: KeyColumn, value: Date | string | null, direction: Direction): object[] {
  if (value === null) return direction === 'older' ? [] : [{ [name]: { not: null } }];
  if (direction === 'newer') return [{ [name]: { gt: value } }];
  return [{ [name]: { lt: value } }, ...(kind === 'instant' ? [{ [name]: null }] : [])];
}

function readKey(columns: readonly KeyColumn[], written: unknown): Key | undefined {
  if (!Array.isArray(written) || written.length !== columns.length) return undefined;
  const key = columns.map(({ kind }, index): Date | string | null | undefined => {
    const value: unknown = written[index];
    if (value === null && kind === 'instant') return null;
    if (typeof value !== 'string') return undefined;
    if (kind === 'id') return isId(value) ? value : undefined;
    const date = parseDateTime(value);
    return date ?? undefined;
  });
  return key.every((value) => value !== undefined) ? (key as Key) : undefined;
}
