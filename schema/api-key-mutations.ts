/** What operators do with API keys. */
import { type CreatedApiKey, createApiKey, updateApiKey } from '../src/domain/api-keys.ts';
import { disableApiKey, enableApiKey, revokeApiKey } from '../src/domain/key-changes.ts';
import { rotateApiKey } from '../src/domain/key-rotation.ts';
import { ApiKeyType } from './api-keys.ts';
import { builder } from './builder.ts';
import { KeyEnvironmentEnum } from './enums.ts';
import { needs } from './permission.ts';

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

const UpdateApiKeyInput = builder.inputType('UpdateApiKeyInput', {
  description: 'What is to change of a key. What is left out stays; null brings back what a new key has.',
  fields: (t) => ({
    label: t.string({ description: 'At most 120 characters; null: none.' }),
    scopes: t.stringList({ description: 'null: all there are.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'In the future; null: never. It does not prolong a grace.' }),
    requestsPerMinute: t.int({ description: 'null: 60.' }),
    requestsPerDay: t.int({ description: 'null: 10 000.' }),
  }),
});

const idDescription = 'Id of the key.';

builder.mutationFields((t) => ({
  createApiKey: t.field({
    type: CreatedApiKeyType,
    description: 'Mints a key. CONFLICT for an archived partner. Operators only.',
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'The key.' }) },
    extensions: needs('partners.manage'),
    resolve: (_root, { input }, ctx) => createApiKey(ctx, input),
  }),
  updateApiKey: t.field({
    type: ApiKeyType,
    description:
      'Changes what was agreed on a key, from its next request on, on every node. CONFLICT when it was revoked, or replaced and its grace is over. Operators only.',
    args: {
      id: t.arg.id({ required: true, description: idDescription }),
      input: t.arg({ type: UpdateApiKeyInput, required: true, description: 'The changes.' }),
    },
    extensions: needs('partners.manage'),
    resolve: (_root, { id, input }, ctx) => updateApiKey(ctx, id, input),
  }),
  rotateApiKey: t.field({
    type: CreatedApiKeyType,
    description:
      'Mints a successor with the same partner, environment, label, scopes, limits and expiry, and ends the old key with its grace; until then its answers carry Deprecation and Sunset. CONFLICT when it was rotated before, or is revoked, expired or disabled, or its partner archived. Operators only.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of the old key.' }),
      graceSeconds: t.arg.int({
        defaultValue: 0,
        description:
          'How long the old key still works, 0 to 604 800 (7 days), and never beyond its own expiry. 0: it is revoked and refused at its very next request.',
      }),
    },
    extensions: needs('partners.manage'),
    resolve: (_root, { id, graceSeconds }, ctx) => rotateApiKey(ctx, id, graceSeconds ?? 0),
  }),
  disableApiKey: t.field({
    type: ApiKeyType,
    description:
      'Refuses a key from its next request on, on every node, until it is enabled again; its grace or expiry goes on meanwhile. Disabling twice changes nothing. CONFLICT when it has ended for good. Operators only.',
    args: { id: t.arg.id({ required: true, description: idDescription }) },
    extensions: needs('partners.manage'),
    resolve: (_root, { id }, ctx) => disableApiKey(ctx, id),
  }),
  enableApiKey: t.field({
    type: ApiKeyType,
    description: 'Lets a disabled key in again. CONFLICT when it has ended for good. Operators only.',
    args: { id: t.arg.id({ required: true, description: idDescription }) },
    extensions: needs('partners.manage'),
    resolve: (_root, { id }, ctx) => enableApiKey(ctx, id),
  }),
  revokeApiKey: t.field({
    type: ApiKeyType,
    description: 'Ends a key at once and for good, on every node; it keeps its first revokedAt. Operators only.',
    args: { id: t.arg.id({ required: true, description: idDescription }) },
    extensions: needs('partners.manage'),
    resolve: (_root, { id }, ctx) => revokeApiKey(ctx, id),
  }),
}));
