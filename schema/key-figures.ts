/** What operators are told of a key's state and use. */
import { type KeyStatus, keyStatuses } from '../src/domain/key-state.ts';
import type { KeyDay, KeyWindow } from '../src/domain/key-usage.ts';
import { builder } from './builder.ts';

const statusDescriptions: Record<KeyStatus, string> = {
  ACTIVE: 'It is let in.',
  DEPRECATED: 'Another key has replaced it; it is let in until sunsetAt.',
  DISABLED: 'It is refused until it is enabled again.',
  EXPIRED: 'Its expiry has passed, or it was replaced and its grace is over.',
  REVOKED: 'It was ended by an operator, for good, or replaced without a grace.',
};

export const ApiKeyStatusEnum = builder.enumType('ApiKeyStatus', {
  description: 'What a key is at a moment. What is final comes before what can be undone.',
  values: Object.fromEntries(keyStatuses.map((status) => [status, { description: statusDescriptions[status] }])) as Record<
    KeyStatus,
    { description: string }
  >,
});

export const ApiKeyDayType = builder.objectRef<KeyDay>('ApiKeyDay').implement({
  description: 'What was asked with a key on one day. A node that crashes loses the counts of its last ten seconds.',
  fields: (t) => ({
    day: t.exposeString('day', { description: 'YYYY-MM-DD, from midnight to midnight UTC.' }),
    requests: t.exposeInt('requests', { description: 'All of them, on every node, whatever the answer was.' }),
    refused: t.exposeInt('refused', { description: 'Those among them that were over a limit (429).' }),
  }),
});

const KeyWindowType = builder.objectRef<KeyWindow>('KeyWindow').implement({
  description: 'A window of a limit. It begins with the first request in it and has a fixed length.',
  fields: (t) => ({
    used: t.exposeInt('used', { description: 'Requests counted in it, at most the limit.' }),
    limit: t.exposeInt('limit', { description: 'Requests allowed in it.' }),
    resetsAt: t.expose('resetsAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends; null when none is open, because nothing was asked.',
    }),
  }),
});

export const KeyConsumptionType = builder.objectRef<{ minute: KeyWindow; day: KeyWindow }>('KeyConsumption').implement({
  description: 'Where a key stands with its limits.',
  fields: (t) => ({
    minute: t.expose('minute', { type: KeyWindowType, description: 'The minute that is open.' }),
    day: t.expose('day', { type: KeyWindowType, description: 'The day that is open; it need not begin at midnight.' }),
  }),
});
