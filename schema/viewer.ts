/** Who am I? */
import { findViewerRunner, getViewer, type Viewer } from '../src/domain/viewer.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';
import { RunnerType } from './runners.ts';

const ViewerRole = builder.enumType('ViewerRole', {
  values: ['ANONYMOUS', 'PARTNER', 'RUNNER', 'COACH', 'OPERATOR'] as const,
  description: 'How a caller came in. More values may be added.',
});

const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'The caller, as the gateway sees it.',
  fields: (t) => ({
    role: t.expose('role', { type: ViewerRole, description: 'How the caller came in.' }),
    id: t.exposeID('id', { nullable: true, description: "The subject of the session, or the key's id; null for nobody in particular." }),
    scopes: t.stringList({ description: 'What a key may read; empty for everyone else.', resolve: (viewer) => [...viewer.scopes] }),
    runner: t.prismaField({
      type: RunnerType,
      nullable: true,
      description: "The runner whose session this is; null for everyone else, and when no runner has the session's subject.",
      resolve: (query, _viewer, _args, ctx) => findViewerRunner(ctx, query),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    description: 'Tells who the caller is.',
    extensions: needs('session'),
    resolve: (_root, _args, ctx) => getViewer(ctx),
  }),
);
