/** Calendar days as files write them (YYYY-MM-DD) and as the database's driver carries them (midnight UTC). */
import { z } from 'zod';
import { invalid } from './errors.ts';

/** There is no year 0, for Postgres as for historians. */
const dayPattern = /^(?!0000)\d{4}-\d{2}-\d{2}$/;

/** The day as a date at midnight UTC; null when the text is not exactly YYYY-MM-DD or there is no such day. */
export function parseDay(text: string): Date | null {
  const date = dayPattern.test(text) ? new Date(`${text}T00:00:00.000Z`) : null;
  // 2026-02-30 becomes 2 March: what comes back must be what went in.
  return date && !Number.isNaN(date.getTime()) && formatDay(date) === text ? date : null;
}

/** The inverse of `parseDay`. */
export const formatDay = (date: Date): string => date.toISOString().slice(0, 10);

/** The day of an argument; undefined when it was left out. @throws INVALID naming the argument. */
export function requireDay(path: string, text: string | null | undefined): Date | undefined {
  if (text == null) return undefined;
  const date = parseDay(text);
  if (!date) throw invalid([{ path, message: 'must be a day that exists, written YYYY-MM-DD' }]);
  return date;
}

const firstDay = new Date('1900-01-01T00:00:00.000Z');

/** A day in a file. Before 1900 nobody who could be meant was running. */
export const day = z.string('must be a day, written YYYY-MM-DD').transform((text, issue): Date => {
  const date = parseDay(text);
  if (date && date >= firstDay) return date;
  issue.addIssue(date ? 'lies before 1900' : 'is not a day that exists, written YYYY-MM-DD');
  return z.NEVER;
});

/** A month, written YYYY-MM. */
export const month = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/, 'must be a month, written YYYY-MM');
