/**
 * Which part of the schema the public sees. Everything is internal until it says otherwise: a root field by being
 * a documented REST endpoint, a field of a type that such a field gives by not being marked internal.
 */
import type { GraphQLFieldExtensions } from 'graphql';
import type { CatalogueStamps } from '../src/domain/caller.ts';

export interface RestView {
  /** Under /api, with `:name` for arguments that stand in the path. */
  path: string;
  /** The heading it stands under in the API's documentation. */
  tag: string;
  /** One short line for lists of operations. */
  summary: string;
  /** The scope a key needs, if any in particular. */
  scope?: string;
  /** The refusals that this operation knows, besides those of every authenticated one. */
  refusals: (400 | 403 | 404 | 429)[];
  /** What lets a request in: an API key or a session, unless it is the token in the path and nothing else. */
  security?: 'token';
  /** The kind of template that the answer is made of, and of nothing else: it stands until one of them changes. */
  catalogue?: keyof CatalogueStamps;
  /** The field that is the whole answer as plain text, unless the query says format=json. */
  textField?: string;
}

type Extensions = Readonly<GraphQLFieldExtensions<unknown, unknown>>;

/** Makes a root field a documented REST endpoint, and with that part of the public schema. */
export const documented = (rest: RestView) => ({ rest });

/** Keeps a field of an otherwise public type to operators. */
export const internal = { internal: true };

/** Marks a mutation that takes whole files. */
export const largeInput = { largeInput: true };

export const takesLargeInput = (extensions: Extensions) => extensions.largeInput === true;

export const restViewOf = (extensions: Extensions) => extensions.rest as RestView | undefined;

export const isInternal = (extensions: Extensions) => extensions.internal === true;
