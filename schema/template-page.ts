/** A page of templates, of either kind, and the arguments that choose it. */
import type { ObjectRef } from '@pothos/core';
import { type GraphQLResolveInfo, Kind, type SelectionNode } from 'graphql';
import type { RemovedTemplate, StampedRow, TemplateListArgs, TemplatePage } from '../src/domain/template-list.ts';
import { pageSizeDefault, pageSizeMax } from '../src/domain/template-list.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { RemovalReasonEnum } from './enums.ts';
import { internal } from './rest-view.ts';

/** The arguments of every list of templates. */
export const templateListArgs = builder.args((t) => ({
  search: t.string({
    description: 'Words that must all occur in the name, the description or a tag; letter case does not matter. At most 200 characters.',
  }),
  updatedSince: t.field({
    type: 'DateTime',
    description:
      'Only what changed after this instant (exclusive), oldest change first. Pass the highest updatedAt you have seen. RFC 3339; a + in the offset must be sent as %2B.',
  }),
  page: t.int({
    defaultValue: 1,
    description: 'Number of the page, for people. Programs follow next: page numbers shift when something changes between two requests.',
  }),
  per_page: t.int({ defaultValue: pageSizeDefault, description: `Templates per page, clamped to 1 to ${pageSizeMax}.` }),
  cursor: t.string({ description: 'The place where a walk goes on, as found in next. Takes precedence over page.' }),
  includeRemoved: t.boolean({
    defaultValue: false,
    description: 'Also list, under removed, what partners could once see and no longer can. Other filters do not apply to those.',
  }),
}));

const RemovedTemplateType = builder.objectRef<RemovedTemplate>('RemovedTemplate').implement({
  description: 'A template that partners could once see and no longer can.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id it had.' }),
    version: t.exposeInt('version', { description: 'Its version at the moment it left.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it left.' }),
    reason: t.expose('reason', { type: RemovalReasonEnum, description: 'Why it left.' }),
  }),
});

/** A page, with the address of the next one. */
type LinkedPage<Row> = TemplatePage<Row> & { next: string | null };

type Arguments = Record<string, string | number | boolean | Date | null | undefined>;

/** Adds the absolute address that goes on with the same query after this page; null at the end. */
export function linkPage<Row>(page: TemplatePage<Row>, args: TemplateListArgs & Arguments, url: string): LinkedPage<Row> {
  if (page.nextCursor === null) return { next: null, ...page };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(args)) {
    if (value == null || value === false || name === 'page') continue;
    query.set(name, value instanceof Date ? value.toISOString() : String(value));
  }
  query.set('per_page', String(page.perPage));
  query.set('cursor', page.nextCursor);
  return { next: `${url}?${query}`, ...page };
}

/** What tells the state of a template without any of its content. */
const stateFields = ['id', 'version', 'updatedAt'];

/** A template's state as one text: whoever has written the document of that state before need not do so again. */
export const templateState = ({ id, version, updatedAt }: { id: string; version: number; updatedAt: string }): string =>
  `${id} ${version} ${updatedAt}`;

/** Whether a query of a page asks for more of its templates than their state. What stands in a fragment counts as more. */
export function asksForContent({ fieldNodes }: GraphQLResolveInfo): boolean {
  const selections = (nodes: readonly SelectionNode[]) =>
    nodes.flatMap((node) => (node.kind === Kind.FIELD ? (node.selectionSet?.selections ?? []) : [node]));
  return selections(fieldNodes).some((asked) => {
    if (asked.kind !== Kind.FIELD) return true;
    return asked.name.value === 'data' && selections([asked]).some((of) => of.kind !== Kind.FIELD || !stateFields.includes(of.name.value));
  });
}

/** The type of a page of such templates; `plural` is what its description calls them. */
export const templatePageType = <Row extends StampedRow>(name: string, plural: string, templateType: ObjectRef<SchemaTypes, Row>) =>
  builder.objectRef<LinkedPage<Row>>(name).implement({
    description: `One page of ${plural}.`,
    fields: (t) => ({
      data: t.field({
        type: [templateType],
        description: 'The templates: newest change first, or with updatedSince oldest change first.',
        resolve: ({ data }) => data,
      }),
      states: t.stringList({
        description:
          'The state of each template, in the order of data: id, version and updatedAt as one text that changes with its document.',
        extensions: internal,
        resolve: ({ data }) => data.map((row) => templateState({ ...row, updatedAt: row.updatedAt.toISOString() })),
      }),
      removed: t.field({
        type: [RemovedTemplateType],
        nullable: true,
        description: 'With includeRemoved: templates that left, in the same order and counted in the same page size. Absent otherwise.',
        resolve: ({ removed }) => removed,
      }),
      page: t.int({ description: 'Number of this page.', resolve: ({ page }) => page }),
      per_page: t.int({ description: 'Size of a page after clamping.', resolve: ({ perPage }) => perPage }),
      total: t.int({ description: 'Templates on all pages; with includeRemoved, removed ones too.', resolve: ({ total }) => total }),
      total_pages: t.int({
        description: 'Pages in all; 0 when there is nothing.',
        resolve: ({ total, perPage }) => Math.ceil(total / perPage),
      }),
      next: t.string({
        nullable: true,
        description: 'Address of the next page, absent on the last. Over GraphQL, take its cursor parameter.',
        resolve: ({ next }) => next,
      }),
    }),
  });
