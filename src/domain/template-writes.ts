/** How templates of either kind are written: in one transaction, checked against the version the author saw. */
import type { z } from 'zod';
import type { TemplateStatus } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { DomainError, invalid, unauthenticated } from './errors.ts';
import { isId } from './ids.ts';
import { parseInput } from './input.ts';
import { permit } from './permissions.ts';
import { slugOf } from './text.ts';

interface PlanName {
  id: string;
  slug: string;
  name: string;
}

/**
 * Runs `work` in one transaction and commits it, or nothing.
 *
 * @throws CONFLICT listing the plans when a visible plan would be left with a workout that partners cannot see.
 */
export async function writeTemplates<T>(ctx: Context, work: (tx: Tx) => Promise<T>, timeoutMs = 20_000): Promise<T> {
  try {
    return await ctx.db.$transaction(
      async (tx) => {
        // Taken first, so that what `work` reads stays true until it has written: writers come one after another.
        await tx.$executeRaw`SELECT 1 FROM "SyncClock" WHERE "id" = 1 FOR UPDATE`;
        const result = await work(tx);
        // The rule about visible plans is checked at commit; asked for here, its refusal can still be read.
        await tx.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`;
        return result;
      },
      { timeout: timeoutMs },
    );
  } catch (error) {
    throw brokenPlans(error) ?? error;
  }
}

/** The refusal behind SQLSTATE EK001, raised by the trigger `visible_plans_need_visible_workouts`. */
function brokenPlans(error: unknown): DomainError | null {
  const cause = (error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string; code?: string; detail?: string } } } }).meta
    ?.driverAdapterError?.cause;
  if ((cause?.originalCode ?? cause?.code) !== 'EK001' || !cause?.detail) return null;
  const { plans, workouts } = JSON.parse(cause.detail) as { plans: PlanName[]; workouts: PlanName[] };
  const names = (items: PlanName[]) => items.map((item) => `"${item.name ?? item.id}"`).join(', ');
  return new DomainError(
    'CONFLICT',
    `Partners see the training plan ${names(plans)}, which uses the workout ${names(workouts)}: both must be visible. Hide the plan first, or take the workout out of it.`,
    { details: { plans, workouts } },
  );
}

/** Whose templates the caller writes. @throws UNAUTHENTICATED, FORBIDDEN. */
export function requireAuthor({ caller }: Context): string {
  permit(caller, 'templates.write');
  // Whoever may write has a session, and so a subject.
  if (caller.kind === 'anonymous' || caller.kind === 'partner') throw unauthenticated();
  return caller.id;
}

/** The columns that every template has and an author sets. */
export interface TemplateColumns {
  slug: string;
  name: string;
  visibility: 'PUBLIC' | 'PRIVATE';
  status: TemplateStatus;
}

/** What every document says of its identity. */
interface TemplateDocument {
  slug?: string | null;
  name: string;
}

type TemplateRow = TemplateColumns & { id: string; version: number; authorId: string | null };

/** One of the two tables, as far as writing goes. */
interface TemplateTable<Row, Columns> {
  findUnique(query: { where: { id: string } | { slug: string } }): Promise<Row | null>;
  findMany(query: { where: { slug: { startsWith: string } } }): Promise<Row[]>;
  create(query: { data: Columns & { authorId: string; createdAt: Date } }): Promise<Row>;
  update(query: { where: { id: string }; data: Columns | { status: 'DELETED' } }): Promise<Row>;
}

/** What distinguishes one kind of template from the other. */
export interface TemplateKind<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns> {
  /** As callers are told: "workout template". */
  noun: string;
  schema: z.ZodType<Document>;
  table(tx: Tx): TemplateTable<Row, Columns>;
  /** The stored row as its author would write it. */
  documentOf(row: Row): Record<string, unknown>;
  /** What is stored of a document. `before` is the row it replaces. @throws INVALID for what only the database can tell. */
  columnsOf(tx: Tx, document: Document, slug: string, before: Row | null): Promise<Columns>;
  /** @throws CONFLICT when others depend on the row that is about to go. */
  requireUnused?(tx: Tx, row: Row): Promise<void>;
}

/**
 * Gives the new template. Without a slug it gets one from its name, with a number behind it when that is taken.
 *
 * @throws INVALID with every fault; CONFLICT when the slug that was asked for is taken.
 */
export function createTemplate<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  ctx: Context,
  kind: TemplateKind<Row, Document, Columns>,
  input: unknown,
): Promise<Row> {
  const authorId = requireAuthor(ctx);
  const document = parseInput(kind.schema, input);
  return writeTemplates(ctx, async (tx) => {
    const table = kind.table(tx);
    if (document.slug && (await table.findUnique({ where: { slug: document.slug } }))) {
      throw new DomainError('CONFLICT', `The slug "${document.slug}" is taken, perhaps by a deleted ${kind.noun}.`);
    }
    const slug = document.slug ?? (await freeSlug(table, slugOf(document.name)));
    const columns = await kind.columnsOf(tx, document, slug, null);
    const row = await table.create({ data: { ...columns, authorId, createdAt: ctx.now() } });
    await recordWrite(ctx, tx, kind, 'create', row);
    return row;
  });
}

/**
 * Changes what the patch names and gives the template: an omitted field stays, null clears it. A patch that changes
 * nothing leaves the version as it is.
 *
 * @throws INVALID with every fault; NOT_FOUND; CONFLICT with `currentVersion` when the template has moved on.
 */
export function updateTemplate<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  ctx: Context,
  kind: TemplateKind<Row, Document, Columns>,
  id: string,
  expectedVersion: number,
  patch: Record<string, unknown>,
): Promise<Row> {
  requireAuthor(ctx);
  return writeTemplates(ctx, async (tx) => {
    const before = await requireTemplate(ctx, tx, kind, id);
    requireVersion(before, expectedVersion);
    const document = parseInput(kind.schema, { ...kind.documentOf(before), ...patch });
    if (document.slug !== before.slug) throw invalid([{ path: 'slug', message: 'never changes: others refer to the template by it' }]);
    const row = await kind.table(tx).update({ where: { id }, data: await kind.columnsOf(tx, document, before.slug, before) });
    if (row.version !== before.version) await recordWrite(ctx, tx, kind, 'update', row);
    return row;
  });
}

/**
 * Takes a template away from everyone and gives its id. Partners who saw it learn of it by `includeRemoved`.
 *
 * @throws NOT_FOUND; CONFLICT when the template has moved on, or others depend on it.
 */
export function deleteTemplate<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  ctx: Context,
  kind: TemplateKind<Row, Document, Columns>,
  id: string,
  expectedVersion?: number | null,
): Promise<string> {
  requireAuthor(ctx);
  return writeTemplates(ctx, async (tx) => {
    const before = await requireTemplate(ctx, tx, kind, id);
    if (expectedVersion != null) requireVersion(before, expectedVersion);
    await kind.requireUnused?.(tx, before);
    await kind.table(tx).update({ where: { id }, data: { status: 'DELETED' } });
    await recordWrite(ctx, tx, kind, 'delete', before);
    return before.id;
  });
}

const recordWrite = (ctx: Context, tx: Tx, { noun }: { noun: string }, verb: string, { id, version }: TemplateRow) =>
  recordAuditEvent(ctx, tx, {
    action: `${noun.replaceAll(' ', '-')}.${verb}`,
    targetType: noun.replace(/(?:^| )(\w)/g, (_match, initial: string) => initial.toUpperCase()),
    targetId: id,
    details: { version },
  });

async function requireTemplate<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  ctx: Context,
  tx: Tx,
  kind: TemplateKind<Row, Document, Columns>,
  id: string,
): Promise<Row> {
  const row = isId(id) ? await kind.table(tx).findUnique({ where: { id } }) : null;
  const isTheirs = permit(ctx.caller, 'templates.write') === 'all' || row?.authorId === requireAuthor(ctx);
  if (!row || row.status === 'DELETED' || !isTheirs)
    throw new DomainError('NOT_FOUND', `There is no ${kind.noun} with the id ${JSON.stringify(id)}.`);
  return row;
}

async function freeSlug(table: TemplateTable<{ slug: string }, never>, wanted: string): Promise<string> {
  const taken = new Set((await table.findMany({ where: { slug: { startsWith: wanted } } })).map((row) => row.slug));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
  }
}

function requireVersion(current: TemplateRow, expectedVersion: number): void {
  if (current.version === expectedVersion) return;
  throw new DomainError(
    'CONFLICT',
    `This template is at version ${current.version}, not ${expectedVersion}. Read it again and repeat the change.`,
    {
      details: { currentVersion: current.version },
    },
  );
}
