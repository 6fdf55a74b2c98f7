/** The audit log as operators read it: who did what to what, newest first. */
import { z } from 'zod';
import type { AuditEvent, Prisma } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { invalid } from './errors.ts';
import { isId } from './ids.ts';
import { parseInput } from './input.ts';
import { permit } from './permissions.ts';
import { text } from './text.ts';

const name = text(200).nullish();
const filterInput = z.object({
  actor: name,
  actorKind: name,
  target: name,
  targetType: name,
  action: name,
  from: z.date().nullish(),
  to: z.date().nullish(),
});

/** Which events; what is left out does not matter. `from` is the first instant of the span, `to` the first behind it. */
export type AuditFilter = z.input<typeof filterInput>;

/** A page between two cursors, in the order of the list; `inverted` reads it from its end. */
export interface AuditPage {
  limit: number;
  after?: string | undefined;
  before?: string | undefined;
  inverted: boolean;
}

/**
 * The events that match, newest first; oldest first when `inverted`. Events that are written meanwhile stand ahead of
 * every cursor, so that a walk meets each event once.
 *
 * @throws INVALID for a cursor of another list, and for a filter that cannot be stored text.
 */
export async function listAuditEvents(
  ctx: Context,
  filter: AuditFilter,
  { limit, after, before, inverted }: AuditPage,
): Promise<AuditEvent[]> {
  permit(ctx.caller, 'audit-events.read');
  const { actor, actorKind, target, targetType, action, from, to } = parseInput(filterInput, filter);
  const direction = inverted ? 'asc' : 'desc';
  return ctx.db.auditEvent.findMany({
    where: {
      ...(actor && { actorId: actor }),
      ...(actorKind && { actorKind }),
      ...(target && { targetId: target }),
      ...(targetType && { targetType }),
      ...(action && { action }),
      AND: [from ? { at: { gte: from } } : {}, to ? { at: { lt: to } } : {}, ...olderThan(after), ...newerThan(before)],
    },
    orderBy: [{ at: direction }, { id: direction }],
    take: limit,
  });
}

/** The place of an event in the list. */
export const auditCursor = ({ at, id }: Pick<AuditEvent, 'at' | 'id'>) => Buffer.from(`${at.getTime()} ${id}`).toString('base64url');

/** The bound on `at` alone is what an index can be entered by; the rest tells events of one millisecond apart. */
function olderThan(cursor: string | undefined): Prisma.AuditEventWhereInput[] {
  if (cursor === undefined) return [];
  const { at, id } = parseCursor('after', cursor);
  return [{ at: { lte: at } }, { OR: [{ at: { lt: at } }, { id: { lt: id } }] }];
}

function newerThan(cursor: string | undefined): Prisma.AuditEventWhereInput[] {
  if (cursor === undefined) return [];
  const { at, id } = parseCursor('before', cursor);
  return [{ at: { gte: at } }, { OR: [{ at: { gt: at } }, { id: { gt: id } }] }];
}

function parseCursor(path: string, cursor: string): Pick<AuditEvent, 'at' | 'id'> {
  const [, stamp, id = ''] = /^(\d{1,14}) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const place = { at: new Date(Number(stamp)), id };
  if (!isId(id) || Number.isNaN(place.at.getTime()) || auditCursor(place) !== cursor) {
    throw invalid([{ path, message: 'not a cursor of this list; take one from pageInfo or edges, as it is' }]);
  }
  return place;
}
