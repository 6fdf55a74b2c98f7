/** Partners: the companies that hold API keys. */
import { z } from 'zod';
import type { Partner, Prisma } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { DomainError, invalid } from './errors.ts';
import { afterIdCursor, isId } from './ids.ts';
import { parseInput } from './input.ts';
import { permit } from './permissions.ts';
import { isStorable, text } from './text.ts';

/** Prisma's code for a value that a unique index already has. */
const uniqueViolation = 'P2002';

/** The longest text partners can be searched for. */
const searchLengthMax = 200;

const contact = {
  contactEmail: z.email().max(254).nullish(),
  notes: z.union([z.literal('').transform(() => null), text(10_000)]).nullish(),
};
const createInput = z.strictObject({ name: text(120), ...contact });
// A partner always has a name: null cannot clear it.
const updateInput = z.strictObject({ name: text(120).optional(), ...contact });

/**
 * Gives the new partner.
 *
 * @throws INVALID with every fault; CONFLICT when a partner of that name exists.
 */
export async function createPartner(ctx: Context, input: unknown): Promise<Partner> {
  permit(ctx.caller, 'partners.manage');
  const data = parseInput(createInput, input);
  return withFreeName(ctx, data.name, async (tx) => {
    const partner = await tx.partner.create({ data: { ...data, createdAt: ctx.now() } });
    await recordPartnerEvent(ctx, tx, 'partner.create', partner.id, { name: partner.name });
    return partner;
  });
}

/**
 * Changes a partner: what is left out stays, null clears. The audit log keeps which fields were changed, not what people
 * wrote in them.
 *
 * @throws INVALID with every fault; NOT_FOUND; CONFLICT when another partner has that name.
 */
export async function updatePartner(ctx: Context, id: string, input: unknown): Promise<Partner> {
  permit(ctx.caller, 'partners.manage');
  const wanted = parseInput(updateInput, input);
  return withFreeName(ctx, wanted.name, async (tx) => {
    const partner = await lockPartner(tx, id);
    const isNew = ([name, value]: [string, unknown]) => value !== undefined && value !== partner[name as keyof typeof wanted];
    const data = Object.fromEntries(Object.entries(wanted).filter(isNew));
    const changed = Object.keys(data);
    if (changed.length === 0) return partner;
    await recordPartnerEvent(ctx, tx, 'partner.update', id, { changed });
    return tx.partner.update({ where: { id }, data });
  });
}

/**
 * Refuses every key of the partner from the next request on, on every node, until it is unarchived. Archiving twice
 * changes nothing and keeps the first time.
 *
 * @throws NOT_FOUND for an unknown partner.
 */
export const archivePartner = (ctx: Context, id: string): Promise<Partner> => setArchived(ctx, id, true);

/**
 * Lets the partner's keys in again, each as far as it is still good by itself.
 *
 * @throws NOT_FOUND for an unknown partner.
 */
export const unarchivePartner = (ctx: Context, id: string): Promise<Partner> => setArchived(ctx, id, false);

async function setArchived(ctx: Context, id: string, archived: boolean): Promise<Partner> {
  permit(ctx.caller, 'partners.manage');
  return ctx.db.$transaction(async (tx) => {
    const partner = await lockPartner(tx, id);
    if ((partner.archivedAt !== null) === archived) return partner;
    await recordPartnerEvent(ctx, tx, archived ? 'partner.archive' : 'partner.unarchive', id, { name: partner.name });
    return tx.partner.update({ where: { id }, data: { archivedAt: archived ? ctx.now() : null } });
  });
}

/** The partner; null when there is none. `query` is what the schema asks the database to select along with it. */
export async function findPartner(ctx: Context, id: string, query: Prisma.PartnerDefaultArgs): Promise<Partner | null> {
  permit(ctx.caller, 'partners.manage');
  return isId(id) ? ctx.db.partner.findUnique({ ...query, where: { id } }) : null;
}

export interface PartnerFilter {
  /** Only archived ones, or only the others; both when it is not said. */
  archived?: boolean | null;
  /** Occurs in the name, the address or the notes; letter case does not matter. */
  search?: string | null;
}

/**
 * The partners, oldest first. `query` is what the schema asks the database to select along with them.
 *
 * @throws INVALID for a cursor that is no id, and for a text that nothing can contain.
 */
export async function listPartners(ctx: Context, filter: PartnerFilter, query: Prisma.PartnerFindManyArgs): Promise<Partner[]> {
  permit(ctx.caller, 'partners.manage');
  const { archived, search } = filter;
  const { cursor: _cursor, skip: _skip, ...page } = query;
  const where: Prisma.PartnerWhereInput = {
    ...afterIdCursor(query),
    ...(archived != null && { archivedAt: archived ? { not: null } : null }),
    ...(search && { OR: searchConditions(search.trim()) }),
  };
  return ctx.db.partner.findMany({ ...page, where, orderBy: { id: 'asc' } });
}

function searchConditions(search: string): Prisma.PartnerWhereInput[] {
  if (!isStorable(search) || search.length > searchLengthMax) {
    throw invalid([{ path: 'search', message: `at most ${searchLengthMax} characters, without NUL` }]);
  }
  // Prisma hands the text to LIKE as it is; without the backslashes % and _ would match anything.
  const condition = { contains: search.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const;
  return [{ name: condition }, { contactEmail: condition }, { notes: condition }];
}

/** @throws NOT_FOUND for an unknown partner; CONFLICT for an archived one, whose keys are refused. */
export async function requireUnarchivedPartner(db: Tx, id: string): Promise<void> {
  const partner = isId(id) ? await db.partner.findUnique({ where: { id }, select: { archivedAt: true } }) : null;
  if (!partner) throw partnerNotFound(id);
  if (partner.archivedAt) {
    throw new DomainError('CONFLICT', `The partner was archived at ${partner.archivedAt.toISOString()}. Unarchive it first.`);
  }
}

/** The partner as it is now. Whoever else wants to change it waits until this transaction ends. */
async function lockPartner(tx: Tx, id: string): Promise<Partner> {
  if (!isId(id)) throw partnerNotFound(id);
  await tx.$queryRaw`SELECT 1 FROM "Partner" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  const partner = await tx.partner.findUnique({ where: { id } });
  if (!partner) throw partnerNotFound(id);
  return partner;
}

function recordPartnerEvent(ctx: Context, tx: Tx, action: string, targetId: string, details: Record<string, string | string[]>) {
  return recordAuditEvent(ctx, tx, { action, targetType: 'Partner', targetId, details });
}

/** Writes in a transaction. @throws CONFLICT naming the partner that has the name already. */
async function withFreeName(ctx: Context, name: string | undefined, write: (tx: Tx) => Promise<Partner>): Promise<Partner> {
  try {
    return await ctx.db.$transaction(write);
  } catch (error) {
    // The unique index decides, not a look beforehand: two at once would both find the name free.
    if (name === undefined || (error as { code?: unknown }).code !== uniqueViolation) throw error;
    const taken = await ctx.db.partner.findUnique({ where: { name } });
    throw new DomainError('CONFLICT', `A partner named "${name}" exists.`, { details: { partnerId: taken?.id } });
  }
}

const partnerNotFound = (id: string) => new DomainError('NOT_FOUND', `There is no partner with the id ${JSON.stringify(id)}.`);
