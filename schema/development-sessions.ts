/** Sessions without an identity provider. */
import { createDevelopmentSession, type DevelopmentSession } from '../src/domain/development-sessions.ts';
import { createSignInLink, type SignInLink } from '../src/domain/sign-in-codes.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';

const SessionRole = builder.enumType('SessionRole', {
  values: { OPERATOR: { value: 'operator' }, COACH: { value: 'coach' }, RUNNER: { value: 'runner' } } as const,
  description: 'Whom a session speaks for.',
});

const CreateDevelopmentSessionInput = builder.inputType('CreateDevelopmentSessionInput', {
  description: 'Whose session it will be.',
  fields: (t) => ({
    role: t.field({ type: SessionRole, required: true, description: 'Whom it speaks for.' }),
    user: t.string({
      description: "The username of a runner; for coaches and operators any subject, by default the role's name in lower case.",
    }),
  }),
});

const DevelopmentSessionType = builder.objectRef<DevelopmentSession>('DevelopmentSession').implement({
  description: 'A session that the gateway has signed itself.',
  fields: (t) => ({
    role: t.expose('role', { type: SessionRole, description: 'Whom it speaks for.' }),
    subject: t.exposeString('subject', { description: 'The `sub` of the token.' }),
    token: t.exposeString('token', { description: 'Goes into the header `Authorization: Bearer`. It is shown once.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends.' }),
  }),
});

const SignInLinkType = builder.objectRef<SignInLink>('SignInLink').implement({
  description: 'An address that signs one browser in, once.',
  fields: (t) => ({
    url: t.exposeString('url', { description: 'Open it in the browser. Whoever opens it first is signed in.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it can be used.' }),
  }),
});

builder.mutationField('createSignInLink', (t) =>
  t.field({
    type: SignInLinkType,
    extensions: needs('development-sessions.create'),
    description:
      'Gives a link to sign in to the console with as anyone, within 5 minutes and for development; CONFLICT where an identity provider signs the sessions. Operators only.',
    args: { input: t.arg({ type: CreateDevelopmentSessionInput, required: true, description: 'Whose session it will be.' }) },
    resolve: (_root, { input }, ctx) => createSignInLink(ctx, input),
  }),
);

builder.mutationField('createDevelopmentSession', (t) =>
  t.field({
    type: DevelopmentSessionType,
    extensions: needs('development-sessions.create'),
    description:
      'Signs in as anyone, for 12 hours and for development; CONFLICT where an identity provider signs the sessions. Operators only.',
    args: { input: t.arg({ type: CreateDevelopmentSessionInput, required: true, description: 'Whose session it will be.' }) },
    resolve: (_root, { input }, ctx) => createDevelopmentSession(ctx, input),
  }),
);
