/** How templates of either kind are written: in one transaction, checked against the version the author saw. */
import type { z } from 'zod';
import type { TemplateStatus } from '../../prisma/generated/client/client.ts';
import { recordAuditEvent } from './audit-events.ts';
import type { Context, Tx } from './context.ts';
import { DomainError, type Fault, invalid, unauthenticated } from './errors.ts';
import { isId } from './ids.ts';
import { faultsOf } from './input.ts';
import { permit } from './permissions.ts';
import { brokenPlans } from './template-dependencies.ts';
import type { visibleTo } from './template-list.ts';
import { slugOf } from './text.ts';

/**
 * Runs `work` in one transaction and commits it, or nothing. The history names the caller for what it writes.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN; CONFLICT listing the plans when a visible plan would be left with a workout that partners cannot see.
 */
export async function writeTemplates<T>(ctx: Context, work: (tx: Tx) => Promise<T>, timeoutMs = 20_000): Promise<T> {
  const actor = `${ctx.caller.kind}:${requireAuthor(ctx)}`;
  try {
    return await ctx.db.$transaction(
      async (tx) => {
        // Taken first, so that what `work` reads stays true until it has written: writers come one after another.
        await tx.$executeRaw`SELECT set_config('ekiden.actor', ${actor}, true) FROM "SyncClock" WHERE "id" = 1 FOR UPDATE`;
        const result = await work(tx);
        // The rule about visible plans is checked at commit; asked for here, its refusal can still be read.
        await tx.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`;
        return result;
      },
      { timeout: timeoutMs },
    );
  } catch (error) {
    throw (await brokenPlans(ctx, error)) ?? error;
  }
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
export interface TemplateDocument {
  slug?: string | null;
  name: string;
}

export type TemplateRow = TemplateColumns & { id: string; version: number; authorId: string | null };

/** One of the two tables, as far as writing goes. */
interface TemplateTable<Row, Columns> {
  findUnique(query: { where: ({ id: string } & Partial<ReturnType<typeof visibleTo>>) | { slug: string } }): Promise<Row | null>;
  findMany(query: { where: { slug: { startsWith: string } } | OwnName; take?: number }): Promise<Row[]>;
  create(query: { data: Columns & { authorId: string; createdAt: Date } }): Promise<Row>;
  update(query: { where: { id: string }; data: Columns | Standing }): Promise<Row>;
}

/** Whether an author has given this name. */
interface OwnName {
  authorId: string;
  status: { not: 'DELETED' };
  name: string;
}

/** Where a template is in its life and who may see it. */
export type Standing = Partial<Pick<TemplateColumns, 'visibility' | 'status'>>;

/** What distinguishes one kind of template from the other. */
export interface TemplateKind<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns> {
  /** The name of its table, and of its type in the schema. */
  type: 'WorkoutTemplate' | 'TrainingPlanTemplate';
  /** As callers are told: "workout template". */
  noun: string;
  schema: z.ZodType<Document>;
  table(tx: Tx): TemplateTable<Row, Columns>;
  /** The stored row as its author would write it. */
  documentOf(row: Row): Record<string, unknown>;
  /** What is stored of a document. `before` is the row it replaces or copies. @throws INVALID for what only the database can tell. */
  columnsOf(ctx: Context, tx: Tx, document: Document, slug: string, before: Row | null): Promise<Columns>;
  /** What only the database can tell of an input that has other faults already, so that a form shows all of them at once. */
  furtherFaults?(ctx: Context, tx: Tx, input: Record<string, unknown>, before: Row | null): Promise<Fault[]>;
  /** @throws CONFLICT when others depend on the row that is about to go. */
  requireUnused?(ctx: Context, tx: Tx, row: Row): Promise<void>;
}

/**
 * Gives the new template. Without a slug it gets one from its name, with a number behind it when that is taken.
 *
 * @throws INVALID with every fault; CONFLICT when the slug that was asked for is taken.
 */
export async function createTemplate<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  ctx: Context,
  kind: TemplateKind<Row, Document, Columns>,
  input: Record<string, unknown>,
): Promise<Row> {
  const authorId = requireAuthor(ctx);
  const document = await parseDocument(ctx, ctx.db, kind, input, null);
  return writeTemplates(ctx, async (tx) => {
    const table = kind.table(tx);
    if (document.slug && (await table.findUnique({ where: { slug: document.slug } }))) {
      throw new DomainError('CONFLICT', `The slug "${document.slug}" is taken, perhaps by a deleted ${kind.noun}.`);
    }
    const slug = document.slug ?? (await freeSlug(table, slugOf(document.name)));
    const columns = await kind.columnsOf(ctx, tx, document, slug, null);
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
    const document = await parseDocument(ctx, tx, kind, { ...kind.documentOf(before), ...patch }, before);
    if (document.slug !== before.slug) throw invalid([{ path: 'slug', message: 'never changes: others refer to the template by it' }]);
    const row = await kind.table(tx).update({ where: { id }, data: await kind.columnsOf(ctx, tx, document, before.slug, before) });
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
    await kind.requireUnused?.(ctx, tx, before);
    await kind.table(tx).update({ where: { id }, data: { status: 'DELETED' } });
    await recordWrite(ctx, tx, kind, 'delete', before);
    return before.id;
  });
}

/** Puts the write into the audit log. */
export const recordWrite = (
  ctx: Context,
  tx: Tx,
  { type, noun }: { type: string; noun: string },
  verb: string,
  { id, version }: TemplateRow,
) => recordAuditEvent(ctx, tx, { action: `${noun.replaceAll(' ', '-')}.${verb}`, targetType: type, targetId: id, details: { version } });

/** @throws INVALID with every fault. */
async function parseDocument<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  ctx: Context,
  tx: Tx,
  kind: TemplateKind<Row, Document, Columns>,
  input: Record<string, unknown>,
  before: Row | null,
): Promise<Document> {
  const result = kind.schema.safeParse(input);
  if (result.success) return result.data;
  throw invalid([...faultsOf(result.error), ...((await kind.furtherFaults?.(ctx, tx, input, before)) ?? [])]);
}

/** The template, which the caller may write. @throws NOT_FOUND, whether it exists or not. */
export async function requireTemplate<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
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

/** The slug, with a number behind it when it is taken. */
export async function freeSlug(table: TemplateTable<{ slug: string }, never>, wanted: string): Promise<string> {
  const taken = new Set((await table.findMany({ where: { slug: { startsWith: wanted } } })).map((row) => row.slug));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
  }
}

/** @throws CONFLICT with `currentVersion`. */
export function requireVersion(current: TemplateRow, expectedVersion: number): void {
  if (current.version === expectedVersion) return;
  const message = `This template is at version ${current.version}, not ${expectedVersion}. Read it again and repeat the change.`;
  throw new DomainError('CONFLICT', message, { details: { currentVersion: current.version } });
}
