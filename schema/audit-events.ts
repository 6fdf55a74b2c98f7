/** The audit log: the operator's view of who did what. */
import { type ResolveCursorConnectionArgs, resolveCursorConnection } from '@pothos/plugin-relay';
import type { AuditEvent } from '../prisma/generated/client/client.ts';
import { auditCursor, listAuditEvents } from '../src/domain/audit-log.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';

const ActorKind = builder.enumType('ActorKind', {
  description: 'How an actor came in. ANONYMOUS: whoever showed no more than a token.',
  values: Object.fromEntries(['operator', 'coach', 'runner', 'partner', 'anonymous'].map((kind) => [kind.toUpperCase(), { value: kind }])),
});

builder.scalarType('AuditDetails', {
  description:
    'Facts about an event as a JSON object, by name: labels, scopes, counts, names of fields. Never a secret, and no values of a runner’s.',
  serialize: (value) => value as object,
});

const AuditEventType = builder.objectRef<AuditEvent>('AuditEvent').implement({
  description: 'Something that was done, once and for all: events are never changed or removed.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the event.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was done.' }),
    actorKind: t.field({ type: ActorKind, description: 'How the actor came in.', resolve: ({ actorKind }) => actorKind }),
    actorId: t.exposeString('actorId', {
      nullable: true,
      description: 'The subject of the actor’s session, or the id of the key; admin for the bearer of the admin token.',
    }),
    action: t.exposeString('action', { description: 'noun.verb, such as api-key.revoke.' }),
    targetType: t.exposeString('targetType', { description: 'The kind of thing it was done to, such as ApiKey.' }),
    targetId: t.exposeString('targetId', { nullable: true, description: 'The id of that thing, which may be gone by now.' }),
    details: t.field({ type: 'AuditDetails', description: 'What else is worth knowing.', resolve: ({ details }) => details }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: 'The id of the request, as its answer and the log name it; null for events from before it was kept.',
    }),
  }),
});

builder.queryField('auditEvents', (t) =>
  t.connection({
    type: AuditEventType,
    description: 'What was done, newest first, at most 100 at a time. Filters narrow it together. Operators only.',
    extensions: needs('audit-events.read'),
    args: {
      actor: t.arg.string({ description: 'Only what this actorId did.' }),
      actorKind: t.arg({ type: ActorKind, description: 'Only what actors of this kind did.' }),
      target: t.arg.string({ description: 'Only what was done to this targetId.' }),
      targetType: t.arg.string({ description: 'Only what was done to things of this kind.' }),
      action: t.arg.string({ description: 'Only this action.' }),
      from: t.arg({ type: 'DateTime', description: 'Only from this instant on.' }),
      to: t.arg({ type: 'DateTime', description: 'Only before this instant.' }),
    },
    resolve: (_root, args, ctx) =>
      resolveCursorConnection({ args, toCursor: auditCursor }, (page: ResolveCursorConnectionArgs) => listAuditEvents(ctx, args, page)),
  }),
);
