/** Identifiers: UUIDs, version 7, so that they sort by age. */
import { randomBytes } from 'node:crypto';
import { DomainError } from './errors.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the text can be an id at all. What cannot is simply not found: ids are opaque to callers. */
export const isId = (text: string): boolean => uuidPattern.test(text);

/**
 * What follows the row behind a cursor in a list that is ordered by id, as a condition. Prisma's own cursor loses rows
 * when that row has left the list meanwhile: it skips whichever comes first instead.
 *
 * @throws INVALID when the cursor is no id; the database would fail on it.
 */
export function afterIdCursor({ cursor, take }: { cursor?: { id?: unknown } | undefined; take?: number | undefined }) {
  if (!cursor) return {};
  const { id } = cursor;
  if (typeof id !== 'string' || !isId(id)) {
    throw new DomainError('INVALID', 'not a cursor of this list; take one from pageInfo or edges, as it is');
  }
  return { id: take !== undefined && take < 0 ? { lt: id } : { gt: id } };
}

let newestMs = 0;
let sequence = 0;

/** A new id, greater than every one this process made before. Prisma makes ids in the same way; this is for who needs one before or without it. */
export function newId(): string {
  const nowMs = Date.now();
  sequence = nowMs > newestMs ? 0 : (sequence + 1) & 0xfff;
  // More than 4 096 in one millisecond borrow from the next.
  newestMs = Math.max(nowMs, newestMs + (sequence === 0 ? 1 : 0));
  // RFC 9562, 5.7 and 6.2: 48 bits of milliseconds, then a counter in the 12 bits that may hold one.
  const bytes = randomBytes(16);
  bytes.writeUIntBE(newestMs, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
