/** The history of a template, as triggers have recorded it: who changed it, when, and what. */
import type { Prisma, TemplateChange as StoredChange } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { diffValues, summarise, type ValueChange } from './document-diff.ts';
import { isId } from './ids.ts';
import { withoutNulls } from './json.ts';
import { boundsOf, type ListPart } from './list-parts.ts';
import { permit } from './permissions.ts';
import { requireAuthor } from './template-writes.ts';

export interface TemplateChange {
  /** The version that the change made. */
  version: number;
  at: Date;
  /** Null when nobody said: the change was made past the gateway, or before there was a history. */
  actorKind: string | null;
  actorId: string | null;
  /** One line for people. */
  summary: string;
  /** Place by place; for the first entry every field of the document, from null. */
  changes: ValueChange[];
}

export interface TemplateHistory {
  /** Newest first; from the end when the part is inverted. @throws INVALID for a cursor of another list. */
  rows(part: ListPart): Promise<TemplateChange[]>;
  /** How many there are in all. Asks the database, so only on request. */
  count(): Promise<number>;
}

/**
 * The changes of a template of either kind; null when there is none that the caller may write. Operators also learn
 * what became of deleted ones.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN.
 */
export async function findTemplateHistory(ctx: Context, id: string): Promise<TemplateHistory | null> {
  const reach = permit(ctx.caller, 'templates.write');
  if (!isId(id)) return null;
  const query = {
    where: { id, ...(reach === 'own' && { authorId: requireAuthor(ctx), status: { not: 'DELETED' as const } }) },
    select: { id: true },
  };
  const [workout, plan] = await Promise.all([ctx.db.workoutTemplate.findFirst(query), ctx.db.trainingPlanTemplate.findFirst(query)]);
  const template = workout ?? plan;
  if (!template) return null;
  const where: Prisma.TemplateChangeWhereInput = {
    templateType: workout ? 'WorkoutTemplate' : 'TrainingPlanTemplate',
    templateId: template.id,
  };
  return {
    async rows(part) {
      const version = boundsOf(part, (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null));
      const rows = await ctx.db.templateChange.findMany({
        where: { ...where, version },
        orderBy: { version: part.inverted ? 'asc' : 'desc' },
        take: part.limit,
      });
      return rows.map(readChange);
    },
    count: () => ctx.db.templateChange.count({ where }),
  };
}

function readChange({ version, at, actorKind, actorId, before, after }: StoredChange): TemplateChange {
  const changes = diffValues(documentOf(before), documentOf(after));
  const beginning = version === 1 ? 'created' : `as it was at version ${version}, when its history began`;
  return { version, at, actorKind, actorId, summary: before === null ? beginning : summarise(changes), changes };
}

/** The order in which people know the fields; Postgres keeps its own. A field that is not named here comes last. */
const fieldOrder =
  'slug name description category goalDistance level language attribution tags durationWeeks blocks weeks visibility status'.split(' ');

const placeOf = (name: string) => (fieldOrder.includes(name) ? fieldOrder.indexOf(name) : fieldOrder.length);

/** The stored columns as the part of a document that they are. */
function documentOf(columns: Prisma.JsonValue): Record<string, unknown> {
  const { id: _, ...given } = withoutNulls(columns ?? {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(given).sort(([one], [other]) => placeOf(one) - placeOf(other)));
}
