/** API keys, as their own holders and operators see them. */
import { findOwnApiKey } from '../src/domain/api-keys.ts';
import { deprecationOf, keyStatus } from '../src/domain/key-state.ts';
import { firstUsageDay, keyConsumption, listUsageDays, usageDaysDefault, usageDaysMax } from '../src/domain/key-usage.ts';
import { builder } from './builder.ts';
import { KeyEnvironmentEnum } from './enums.ts';
import { ApiKeyDayType, ApiKeyStatusEnum, KeyConsumptionType } from './key-figures.ts';
import { needs } from './permission.ts';
import { documented, internal } from './rest-view.ts';

export const ApiKeyType = builder.prismaObject('ApiKey', {
  description: 'A credential of a partner. Its secret is shown once, when it is minted, and not kept.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the key; not secret.' }),
    lookup: t.exposeString('lookup', { description: 'The part of the key between the second and the third underscore; not secret.' }),
    environment: t.expose('environment', { type: KeyEnvironmentEnum, description: 'LIVE or TEST.' }),
    label: t.exposeString('label', { nullable: true, description: 'What operators call it.' }),
    scopes: t.exposeStringList('scopes', { description: 'What it may read.' }),
    requestsPerMinute: t.exposeInt('requestsPerMinute', { description: 'Requests allowed in a minute.' }),
    requestsPerDay: t.exposeInt('requestsPerDay', { description: 'Requests allowed in a day.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it stops working; absent: never.' }),
    sunsetAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Present when another key has replaced it: it is deprecated, and stops working at this moment.',
      resolve: (key) => deprecationOf(key)?.sunsetAt,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was minted.' }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; absent: it was not.',
      extensions: internal,
    }),
    status: t.field({
      type: ApiKeyStatusEnum,
      description: "What it is at this moment. None of an archived partner's keys is let in, whatever stands here.",
      extensions: internal,
      resolve: (key, _args, ctx) => keyStatus(key, ctx.now()),
    }),
    disabledAt: t.expose('disabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is disabled; null: it is not.',
      extensions: internal,
    }),
    rotatedAt: t.expose('rotatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When another key replaced it; null: none did.',
      extensions: internal,
    }),
    replacedBy: t.relation('replacedBy', {
      nullable: true,
      description: 'The key that replaced it; null: none did.',
      extensions: internal,
    }),
    rotatedFrom: t.relation('rotatedFrom', {
      nullable: true,
      description: 'The key that it replaced; null: none.',
      extensions: internal,
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last let in or refused for a limit; null: never. Up to a minute behind.',
      extensions: internal,
    }),
    usage: t.field({
      type: [ApiKeyDayType],
      description: 'Requests day by day (UTC), oldest first, today last, days without any too. Up to a minute behind.',
      args: {
        days: t.arg.int({
          defaultValue: usageDaysDefault,
          description: `How many days, today included; clamped to 1 to ${usageDaysMax}.`,
        }),
      },
      extensions: internal,
      select: ({ days }, ctx) => ({ days: { where: { day: { gte: firstUsageDay(days, ctx.now()) } } } }),
      resolve: (key, { days }, ctx) => listUsageDays(key.days, days, ctx.now()),
    }),
    consumption: t.field({
      type: KeyConsumptionType,
      nullable: true,
      description:
        'What it has used of its limits at this moment; asking costs it nothing. Without Redis it is what this node alone has counted; null while Redis does not answer.',
      extensions: internal,
      resolve: (key, _args, ctx) => keyConsumption(ctx, key),
    }),
    secretKeyId: t.exposeString('secretKeyId', {
      nullable: true,
      description: 'Which secret key it was made with; null: it was minted before this was kept, and not used since.',
      extensions: internal,
    }),
    partner: t.relation('partner', { description: 'Whose key it is.', extensions: internal }),
  }),
});

builder.queryField('apiKey', (t) =>
  t.prismaField({
    type: 'ApiKey',
    nullable: true,
    description: 'Tells the calling key what it may read, how often, and until when.',
    extensions: {
      ...documented({ path: '/key', tag: 'API key', summary: 'Describe the calling key', refusals: [] }),
      ...needs('own-key.read'),
    },
    resolve: (query, _root, _args, ctx) => findOwnApiKey(ctx, query),
  }),
);
