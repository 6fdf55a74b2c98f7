/** API keys: minted, listed and revoked by operators; a key may look at itself. */
import { type CreatedApiKey, createApiKey, findOwnApiKey, revokeApiKey } from '../src/domain/api-keys.ts';
import { builder } from './builder.ts';
import { KeyEnvironmentEnum } from './enums.ts';
import { needs } from './permission.ts';
import { documented, internal } from './rest-view.ts';

const ApiKeyType = builder.prismaObject('ApiKey', {
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
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was minted.' }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; absent: it was not.',
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

const CreatedApiKeyType = builder.objectRef<CreatedApiKey>('CreatedApiKey').implement({
  description: 'A key that was just minted, with its only copy.',
  fields: (t) => ({
    apiKey: t.expose('apiKey', { type: ApiKeyType, description: 'What is kept of it.' }),
    plaintext: t.exposeString('plaintext', { description: 'The whole credential, for the header X-API-Key. It cannot be seen again.' }),
  }),
});

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'A new key.',
  fields: (t) => ({
    partnerId: t.id({ required: true, description: 'Whose key it will be.' }),
    environment: t.field({ type: KeyEnvironmentEnum, required: true, description: 'LIVE or TEST.' }),
    label: t.string({ description: 'At most 120 characters.' }),
    scopes: t.stringList({ description: 'All there are when left out.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'In the future; never when left out.' }),
    requestsPerMinute: t.int({ description: '60 when left out.' }),
    requestsPerDay: t.int({ description: '10 000 when left out.' }),
  }),
});

builder.mutationFields((t) => ({
  createApiKey: t.field({
    type: CreatedApiKeyType,
    description: 'Mints a key. Operators only.',
    extensions: needs('partners.manage'),
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'The key.' }) },
    resolve: (_root, { input }, ctx) => createApiKey(ctx, input),
  }),
  revokeApiKey: t.field({
    type: ApiKeyType,
    description: 'Ends a key at once, on every node; it keeps its first revokedAt. Operators only.',
    extensions: needs('partners.manage'),
    args: { id: t.arg.id({ required: true, description: 'Id of the key.' }) },
    resolve: (_root, { id }, ctx) => revokeApiKey(ctx, id),
  }),
}));
