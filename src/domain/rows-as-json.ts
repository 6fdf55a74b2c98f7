/**
 * How a statement puts rows together as JSON, so that one answer can hold what many small ones would. Days come as
 * YYYY-MM-DD, and numbers as exactly as they are stored.
 */

/** The rows of a query in its order, as an array. */
export const rowsAsJson = (query: string): string => `(SELECT coalesce(json_agg(item), '[]') FROM (${query}) AS item)`;

/** The one row of a query as an object; null when it has none. */
export const rowAsJson = (query: string): string => `(SELECT row_to_json(item) FROM (${query}) AS item)`;

/** An instant as milliseconds: JSON would write it in the time zone of the connection, which for old instants is no RFC 3339. */
export const epochMs = (column: string): string => `round(extract(epoch FROM ${column}) * 1000)::float8`;

/** The inverse of `epochMs`. */
export const instantOf = (ms: number | null | undefined): Date | null => (ms == null ? null : new Date(ms));

/** Columns as a statement names them, of a table by another name if it has one there. */
export const columnsOf = (names: readonly string[], table?: string): string =>
  names.map((name) => (table ? `${table}."${name}"` : `"${name}"`)).join(', ');
