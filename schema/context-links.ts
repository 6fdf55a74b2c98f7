/** The addresses of a runner's context, as their owner sees them. */
import type { OwnedContextLink } from '../src/domain/context-links.ts';
import type { ContextReadCount } from '../src/domain/context-reads.ts';
import {
  createContextLink,
  deleteContextLink,
  linksMax,
  rotateContextLink,
  updateContextLink,
} from '../src/domain/further-context-links.ts';
import { builder, type InputFields } from './builder.ts';
import { needs } from './permission.ts';

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

export const ContextReadsType = builder.objectRef<ContextReadCount>('ContextReads').implement({
  description: 'How often a section was read through a link on a day, by one kind of client. What was read is not kept.',
  fields: (t) => ({
    linkId: t.id({ description: 'The link.', resolve: ({ link }) => link.id }),
    linkLabel: t.string({ description: 'What its owner calls it.', resolve: ({ link }) => link.label }),
    day: t.exposeString('day', { description: 'The day in UTC, YYYY-MM-DD.' }),
    section: t.exposeString('section', {
      description: 'profile, training, health or labs; health-history for the pages of days; none when the link shares nothing.',
    }),
    client: t.exposeString('client', { description: 'The family of the client, as it calls itself: openai, anthropic, browser, other.' }),
    count: t.exposeInt('count', { description: 'How often.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', nullable: true, description: 'When last; absent for reads before this was kept.' }),
  }),
});

const linkFields = (t: InputFields) => ({
  profile: t.boolean({ description: 'Demographics, heart rate zones, gear, personal bests.' }),
  training: t.boolean({ description: 'Weekly volume, goals, race results, recent runs.' }),
  health: t.boolean({ description: 'Daily resting heart rate, HRV, sleep, respiration, weight, recovery.' }),
  labs: t.boolean({ description: 'Lab tests.' }),
  expiresAt: t.field({ type: 'DateTime', description: 'When the link stops working; null: never. The default link has no end.' }),
});

const CreateContextLinkInput = builder.inputType('CreateContextLinkInput', {
  description: 'A further link. It shows the sections that are turned on, and nothing else.',
  fields: (t) => ({ label: t.string({ required: true, description: 'Unique for the runner, at most 60 characters.' }), ...linkFields(t) }),
});

const UpdateContextLinkInput = builder.inputType('UpdateContextLinkInput', {
  description: 'Changes of a link: an omitted field stays.',
  fields: (t) => ({ label: t.string({ description: 'Another label; the default link keeps its own.' }), ...linkFields(t) }),
});

builder.mutationFields((t) => {
  const runnerId = t.arg.id({ required: true, description: 'Id of the runner.' });
  const id = t.arg.id({ required: true, description: 'Id of the link.' });
  return {
    createContextLink: t.field({
      type: ContextLinkType,
      description: `Makes a further address of the context, with sections and an end of its own; at most ${linksMax} links. The switch of all links holds for it too. The runner and operators.`,
      extensions: needs('runners.manage'),
      args: { runnerId, input: t.arg({ type: CreateContextLinkInput, required: true, description: 'The link.' }) },
      resolve: (_root, args, ctx) => createContextLink(ctx, args.runnerId, args.input),
    }),
    updateContextLink: t.field({
      type: ContextLinkType,
      description: 'Changes what a link shows or when it ends, from the next request on; its address stays. The runner and operators.',
      extensions: needs('runners.manage'),
      args: { runnerId, id, input: t.arg({ type: UpdateContextLinkInput, required: true, description: 'The changes.' }) },
      resolve: (_root, args, ctx) => updateContextLink(ctx, args.runnerId, args.id, args.input),
    }),
    rotateContextLink: t.field({
      type: ContextLinkType,
      description: 'Gives a link a new address; the old one is unknown from the next request on. The runner and operators.',
      extensions: needs('runners.manage'),
      args: { runnerId, id },
      resolve: (_root, args, ctx) => rotateContextLink(ctx, args.runnerId, args.id),
    }),
    deleteContextLink: t.id({
      description: 'Deletes a link and the counts of its reads; CONFLICT for the default one. The runner and operators.',
      extensions: needs('runners.manage'),
      args: { runnerId, id },
      resolve: (_root, args, ctx) => deleteContextLink(ctx, args.runnerId, args.id),
    }),
  };
});
