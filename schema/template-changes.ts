/** The history of templates. */
import type { ValueChange } from '../src/domain/document-diff.ts';
import { findTemplateHistory, type TemplateChange } from '../src/domain/template-changes.ts';
import { builder } from './builder.ts';
import { connectionOf, totalCountDescription } from './list-connections.ts';
import { needs } from './permission.ts';

builder.scalarType('DocumentValue', {
  description: 'A value of a document as JSON: text, number, list or object; null where there is none.',
  serialize: (value) => value,
});

const ValueChangeType = builder.objectRef<ValueChange>('ValueChange').implement({
  description:
    'A place of a document that changed. In lists, what lies between the equal beginning and the equal end is compared one by one.',
  fields: (t) => ({
    path: t.exposeString('path', {
      description: 'Where, as in faults: blocks[1].repeat. An item that was removed goes by where it was, any other by where it is.',
    }),
    before: t.expose('before', { type: 'DocumentValue', nullable: true, description: 'What was there; null when it was added.' }),
    after: t.expose('after', { type: 'DocumentValue', nullable: true, description: 'What is there now; null when it was removed.' }),
  }),
});

const TemplateChangeType = builder.objectRef<TemplateChange>('TemplateChange').implement({
  description: 'One real change of a template, recorded by the database.',
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'The version that the change made.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    actorKind: t.exposeString('actorKind', {
      nullable: true,
      description: 'The role of who made it, such as coach; null when it was made past the gateway, or before there was a history.',
    }),
    actorId: t.exposeString('actorId', { nullable: true, description: 'Who made it: the subject of their session.' }),
    summary: t.exposeString('summary', { description: 'The change in one line: name: “A” → “B”; blocks[1].repeat: 4 → 5' }),
    changes: t.expose('changes', {
      type: [ValueChangeType],
      description: 'The change place by place. The first entry has every field of the document, from null.',
    }),
  }),
});

builder.queryField('changes', (t) =>
  t.connection(
    {
      type: TemplateChangeType,
      nullable: true,
      description:
        'The version history of a workout or training plan template, newest change first; null when there is none that the caller may write. Coaches their own. Operators see those of deleted templates too. At most 100 at once.',
      extensions: needs('templates.write'),
      args: { id: t.arg.id({ required: true, description: 'Id of the template.' }) },
      resolve: async (_root, { id, ...args }, ctx) => {
        const history = await findTemplateHistory(ctx, id);
        return history && connectionOf(args, history, ({ version }) => version);
      },
    },
    { fields: (c) => ({ totalCount: c.int({ description: totalCountDescription, resolve: ({ countRows }) => countRows() }) }) },
  ),
);
