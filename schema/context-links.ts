/** The addresses of a runner's context, as their owner sees them. */
import type { OwnedContextLink } from '../src/domain/context-links.ts';
import { builder } from './builder.ts';

export const ContextLinkType = builder.objectRef<OwnedContextLink>('ContextLink').implement({
  description: 'An address under which a runner’s context can be read. Whoever has it can read it: show it to its owner only.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the link; not secret.' }),
    label: t.exposeString('label', { description: 'What its owner calls it.' }),
    isDefault: t.exposeBoolean('isDefault', { description: 'Whether it is the one that sharing and rotation are about.' }),
    url: t.exposeString('url', {
      nullable: true,
      description: 'The address, token and all; null when the secret key it was stored under is gone: then rotate it.',
    }),
    profile: t.boolean({ description: 'Whether it shows the profile.', resolve: ({ scopes }) => scopes.profile }),
    training: t.boolean({ description: 'Whether it shows the training.', resolve: ({ scopes }) => scopes.training }),
    health: t.boolean({ description: 'Whether it shows health data.', resolve: ({ scopes }) => scopes.health }),
    labs: t.boolean({ description: 'Whether it shows lab tests.', resolve: ({ scopes }) => scopes.labs }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it stops working; absent: never.' }),
    rotatedAt: t.expose('rotatedAt', { type: 'DateTime', description: 'Since when it has this address.' }),
  }),
});
