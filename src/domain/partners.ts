/** Partners: the companies that hold API keys. */
import { z } from 'zod';
import type { Partner, Prisma } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context } from './context.ts';
import { DomainError } from './errors.ts';
import { requireIdCursor } from './ids.ts';
import { parseInput } from './input.ts';
import { permit } from './permissions.ts';
import { text } from './text.ts';

/** Prisma's code for a value that a unique index already has. */
const uniqueViolation = 'P2002';

const partnerInput = z.strictObject({
  name: text(120),
  contactEmail: z.email().max(254).nullish(),
  notes: z.union([z.literal('').transform(() => null), text(10_000)]).nullish(),
});

/**
 * Gives the new partner.
 *
 * @throws INVALID with every fault; CONFLICT when a partner of that name exists.
 */
export async function createPartner(ctx: Context, input: unknown): Promise<Partner> {
  permit(ctx.caller, 'partners.manage');
  const data = parseInput(partnerInput, input);
  try {
    return await ctx.db.$transaction(async (tx) => {
      const partner = await tx.partner.create({ data: { ...data, createdAt: ctx.now() } });
      await recordAuditEvent(ctx, tx, {
        action: 'partner.create',
        targetType: 'Partner',
        targetId: partner.id,
        details: { name: partner.name },
      });
      return partner;
    });
  } catch (error) {
    // The unique index decides, not a look beforehand: two at once would both find the name free.
    if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
    const taken = await ctx.db.partner.findUnique({ where: { name: data.name } });
    throw new DomainError('CONFLICT', `A partner named "${data.name}" exists.`, { details: { partnerId: taken?.id } });
  }
}

/**
 * The partners, oldest first. `query` is what the schema asks the database to select along with them.
 *
 * @throws INVALID for a cursor that is no id.
 */
export async function listPartners(ctx: Context, query: Prisma.PartnerFindManyArgs): Promise<Partner[]> {
  permit(ctx.caller, 'partners.manage');
  requireIdCursor(query);
  return ctx.db.partner.findMany({ ...query, orderBy: { id: 'asc' } });
}
