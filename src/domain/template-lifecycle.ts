/** What an author does with a whole template: publish it, take it back, archive it, start another from it. */
import type { Context, Tx } from './context.ts';
import { DomainError } from './errors.ts';
import { isId } from './ids.ts';
import { parseInput } from './input.ts';
import { permit } from './permissions.ts';
import { visibleTo } from './template-list.ts';
import {
  freeSlug,
  recordWrite,
  requireAuthor,
  requireTemplate,
  requireVersion,
  type Standing,
  type TemplateColumns,
  type TemplateDocument,
  type TemplateKind,
  type TemplateRow,
  writeTemplates,
} from './template-writes.ts';
import { slugOf } from './text.ts';

const standings = {
  publish: { visibility: 'PUBLIC', status: 'ACTIVE' },
  unpublish: { visibility: 'PRIVATE', status: 'DRAFT' },
  // Its visibility stays, and says where it comes back to.
  archive: { status: 'ARCHIVED' },
} as const satisfies Record<string, Standing>;

export type LifecycleStep = keyof typeof standings;

/**
 * Takes the template that step and gives it. `publish`: partners see it, public and active. `unpublish`: a private
 * draft again. `archive`: put away, for partners gone; publishing brings it back. A step it has taken already
 * changes nothing.
 *
 * @throws NOT_FOUND; CONFLICT with `currentVersion` when it has moved on, with `plans` and `workouts` when a visible
 * plan would name a workout that partners cannot see.
 */
export function moveTemplate<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  ctx: Context,
  kind: TemplateKind<Row, Document, Columns>,
  step: LifecycleStep,
  id: string,
  expectedVersion: number,
): Promise<Row> {
  return writeTemplates(ctx, async (tx) => {
    requireVersion(await requireTemplate(ctx, tx, kind, id), expectedVersion);
    const row = await kind.table(tx).update({ where: { id }, data: standings[step] });
    if (row.version !== expectedVersion) await recordWrite(ctx, tx, kind, step, row);
    return row;
  });
}

/**
 * Gives a private draft of the caller's own with the same content, named "… (copy)", whose slug is made from that name.
 * Of anything they may see, published templates of others too.
 *
 * @throws NOT_FOUND; INVALID for a stored document that today's rules would refuse.
 */
export function duplicateTemplate<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  ctx: Context,
  kind: TemplateKind<Row, Document, Columns>,
  id: string,
): Promise<Row> {
  permit(ctx.caller, 'templates.copy');
  const authorId = requireAuthor(ctx);
  return writeTemplates(ctx, async (tx) => {
    const table = kind.table(tx);
    const source = isId(id) ? await table.findUnique({ where: { id, ...visibleTo(ctx) } }) : null;
    if (!source) throw new DomainError('NOT_FOUND', `There is no ${kind.noun} with the id ${JSON.stringify(id)}.`);
    const { slug: _, ...content } = kind.documentOf(source);
    const name = await freeName(kind, tx, authorId, source.name);
    const document = parseInput(kind.schema, { ...content, name, visibility: 'PRIVATE', status: 'DRAFT' });
    const slug = await freeSlug(table, slugOf(name));
    const columns = await kind.columnsOf(ctx, tx, document, slug, source);
    const row = await table.create({ data: { ...columns, authorId, createdAt: ctx.now() } });
    await recordWrite(ctx, tx, kind, 'create', row);
    return row;
  });
}

const nameLengthMax = 120;

/** "A (copy)", or the first of "A (copy 2)", "A (copy 3)" … that the author has not given yet; also of "A (copy)". */
async function freeName<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  kind: TemplateKind<Row, Document, Columns>,
  tx: Tx,
  authorId: string,
  name: string,
): Promise<string> {
  const original = name.replace(/ \(copy(?: \d+)?\)$/, '');
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? ' (copy)' : ` (copy ${number})`;
    const wanted = `${shortened(original, nameLengthMax - suffix.length)}${suffix}`;
    const [taken] = await kind.table(tx).findMany({ where: { authorId, status: { not: 'DELETED' }, name: wanted }, take: 1 });
    if (!taken) return wanted;
  }
}

/** As many whole characters as fit: half a surrogate pair cannot be stored. */
function shortened(text: string, lengthMax: number): string {
  return text
    .slice(0, lengthMax)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}
