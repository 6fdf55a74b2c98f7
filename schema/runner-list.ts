/** The list of runners: the operator's desk. */
import { contextLinkOrder, ownedLink } from '../src/domain/context-links.ts';
import { kindOfSource } from '../src/domain/health-connections.ts';
import { listRunners } from '../src/domain/runner-list.ts';
import { builder } from './builder.ts';
import { ContextLinkType } from './context-links.ts';
import { HealthSourceKindEnum } from './enums.ts';
import { needs } from './permission.ts';

const ListedSourceType = builder.prismaObject('HealthSource', {
  variant: 'ListedHealthSource',
  description: 'A source of a runner as the list shows it. What it brought is asked of one runner at a time.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the source.' }),
    name: t.exposeString('name', { description: 'As values name it.' }),
    kind: t.field({ type: HealthSourceKindEnum, description: 'The sort of system it is.', resolve: kindOfSource }),
    priority: t.exposeInt('priority', { description: 'Of two readings of one metric and day, the smaller priority wins.' }),
    excluded: t.exposeBoolean('excluded', { description: 'Whether nothing of it is shared.' }),
    lastImportAt: t.expose('lastImportAt', { type: 'DateTime', nullable: true, description: 'When it last brought something new.' }),
  }),
});

const ListedRunnerType = builder.prismaObject('Runner', {
  variant: 'ListedRunner',
  description: 'A runner as the list shows them. Their runs and days are asked of one runner at a time.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the runner.' }),
    username: t.exposeString('username', { description: 'Unique, in lower case.' }),
    timezone: t.exposeString('timezone', { description: 'IANA name of the time zone in which their days begin.' }),
    sharingEnabled: t.exposeBoolean('sharingEnabled', { description: 'Whether any context link answers at all.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When they were created.' }),
    contextLinks: t.field({
      type: [ContextLinkType],
      description: 'The addresses of their context, the default one first.',
      select: { contextLinks: { orderBy: contextLinkOrder } },
      resolve: ({ contextLinks }, _args, ctx) => contextLinks.map((link) => ownedLink(ctx, link)),
    }),
    healthConnections: t.relation('healthConnections', {
      type: ListedSourceType,
      query: { orderBy: [{ priority: 'asc' }, { name: 'asc' }] },
      description: 'Where their values come from, the source that wins first.',
    }),
  }),
});

builder.queryField('runners', (t) =>
  t.prismaConnection({
    type: ListedRunnerType,
    cursor: 'id',
    description: 'The runners, oldest first. Operators only.',
    args: { search: t.arg.string({ description: 'Only those whose username contains this, in any letter case.' }) },
    extensions: needs('runners.list'),
    resolve: (query, _root, { search }, ctx) => listRunners(ctx, search, query),
  }),
);
