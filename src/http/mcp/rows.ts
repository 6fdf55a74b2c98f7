/** Rows of data as a markdown table, whose columns are the names of the fields: a third of the length of JSON. */
import { quoted, table } from '../../domain/runner-context/markdown.ts';
import type { JsonObject } from './public-fields.ts';

/** What people wrote, rather than what was measured or computed. */
const written = new Set(['name']);

export function rowsAsTable(rows: readonly JsonObject[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // Absent values make absent keys, so the first row with a late key would put it last: the order of the fullest row counts.
  const fullest = rows.reduce((best, row) => (Object.keys(row).length > Object.keys(best).length ? row : best), {} as JsonObject);
  const ordered = [...Object.keys(fullest), ...names.filter((name) => !(name in fullest))];
  return table<JsonObject>(
    ordered.map((name) => [name, (row) => (row[name] === undefined ? null : cell(name, row[name]))]),
    rows,
  );
}

const cell = (name: string, value: unknown): string => (written.has(name) ? quoted(String(value)) : String(value));
