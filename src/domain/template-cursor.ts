/** The opaque cursor of a walk through templates: the place after the last row that was given. */
import { DomainError } from './errors.ts';

export interface TemplateCursor {
  /** Which way the walk goes: `oldest` change first, or `newest` first. */
  order: 'oldest' | 'newest';
  /** The stamp of that row; no other row has it. */
  updatedAt: Date;
  /** The number of the page that starts here, for people. */
  page: number;
}

export function formatCursor({ order, updatedAt, page }: TemplateCursor): string {
  return Buffer.from(`${order} ${updatedAt.getTime()} ${page}`).toString('base64url');
}

/** @throws INVALID when the text is no cursor of ours, or belongs to a walk in the other order. */
export function parseCursor(cursor: string, order: TemplateCursor['order']): TemplateCursor {
  const parts = /^(oldest|newest) (\d{1,15}) (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, givenOrder, stamp, page] = parts ?? [];
  const parsed = { order, updatedAt: new Date(Number(stamp)), page: Number(page) };
  if (givenOrder !== order || formatCursor(parsed) !== cursor) {
    const message = 'not a cursor of this query; take the "next" of the page before, as it is';
    throw new DomainError('INVALID', `cursor: ${message}`, { faults: [{ path: 'cursor', message }] });
  }
  return parsed;
}
