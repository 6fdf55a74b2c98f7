/** Identifiers: UUIDs, version 7, so that they sort by age. */
import { DomainError } from './errors.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the text can be an id at all. What cannot is simply not found: ids are opaque to callers. */
export const isId = (text: string): boolean => uuidPattern.test(text);

/** @throws INVALID when a list is to go on after something that is no id; the database would fail on it. */
export function requireIdCursor({ cursor }: { cursor?: { id?: unknown } | undefined }): void {
  if (!cursor || (typeof cursor.id === 'string' && isId(cursor.id))) return;
  throw new DomainError('INVALID', 'not a cursor of this list; take one from pageInfo or edges, as it is');
}
