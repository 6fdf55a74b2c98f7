/** What a root field stands on. The domain decides; what is declared here is printed in `docs/roles.md` and proved by the tests. */
import type { GraphQLFieldExtensions } from 'graphql';
import type { Permission, Reach } from '../src/domain/permissions.ts';

/** A permission of the matrix; `token`: whoever shows a context link's token; `session`: whoever has a session. */
export type Need = Permission | 'token' | 'session';

type Extensions = Readonly<GraphQLFieldExtensions<unknown, unknown>>;

/** Declares what a root field stands on. Every root field needs one. `atMost`: it reaches no further, whoever asks. */
export const needs = (need: Need, atMost?: Reach) => ({ need, atMost });

/** What was declared; undefined when that was forgotten. */
export const needOf = (extensions: Extensions) => extensions.need as Need | undefined;

export const atMostOf = (extensions: Extensions) => extensions.atMost as Reach | undefined;
