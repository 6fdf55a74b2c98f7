/** The change of the secret key, for operators. */
import {
  type Reencryption,
  reencryptContextLinks,
  type SecretKeysUse,
  type SecretKeyUse,
  secretKeysUse,
} from '../src/domain/secret-keys.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';

const SecretKeyUseType = builder.objectRef<SecretKeyUse>('SecretKeyUse').implement({
  description: 'What depends on one of the secret keys that the gateway was given.',
  fields: (t) => ({
    id: t.exposeString('id', { description: 'What the secret key is called; not secret.' }),
    apiKeys: t.exposeInt('apiKeys', {
      description: 'API keys that may still be used and were made with it: without it they are refused.',
    }),
    contextLinks: t.exposeInt('contextLinks', {
      description: 'Context links whose address is encrypted under it: without it they work, and can no longer be shown.',
    }),
  }),
});

const SecretKeysUseType = builder.objectRef<SecretKeysUse>('SecretKeysUse').implement({
  description: 'What depends on which secret key. An old one can be dropped when nothing depends on it and nothing is unknown.',
  fields: (t) => ({
    secretKeys: t.expose('secretKeys', { type: [SecretKeyUseType], description: 'Those the gateway was given, newest first.' }),
    apiKeysUnknown: t.exposeInt('apiKeysUnknown', {
      description: 'API keys of which it is not known: minted before it was kept, and not used since.',
    }),
    apiKeysLost: t.exposeInt('apiKeysLost', {
      description: 'API keys made with a secret key that the gateway does not have: they are refused.',
    }),
    contextLinksLost: t.exposeInt('contextLinksLost', {
      description: 'Context links encrypted under a secret key that the gateway does not have: they work, and cannot be shown.',
    }),
  }),
});

const ReencryptionType = builder.objectRef<Reencryption>('Reencryption').implement({
  description: 'What became of one batch of context links.',
  fields: (t) => ({
    reencrypted: t.exposeInt('reencrypted', { description: 'Links whose address is now encrypted under the newest secret key.' }),
    current: t.exposeInt('current', { description: 'Links whose address already was.' }),
    lost: t.exposeInt('lost', { description: 'Links that no secret key of the gateway opens; rotating one gives it a new address.' }),
    next: t.exposeID('next', { nullable: true, description: 'Where the next batch begins; null: that was the last.' }),
  }),
});

builder.queryField('secretKeysUse', (t) =>
  t.field({
    type: SecretKeysUseType,
    description: 'Says which secret keys are still needed, and for what. Operators only.',
    extensions: needs('secret-keys.manage'),
    resolve: (_root, _args, ctx) => secretKeysUse(ctx),
  }),
);

builder.mutationField('reencryptContextLinks', (t) =>
  t.field({
    type: ReencryptionType,
    description:
      'Encrypts the addresses of a batch of context links under the newest secret key; they stay what they are, and asking again changes nothing. Operators only.',
    args: { after: t.arg.id({ description: '`next` of the batch before; left out: from the beginning.' }) },
    extensions: needs('secret-keys.manage'),
    resolve: (_root, { after }, ctx) => reencryptContextLinks(ctx, after ?? null),
  }),
);
