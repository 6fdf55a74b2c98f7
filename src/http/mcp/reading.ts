/** What one MCP message may see: a link that is in force, its scopes, and the public fields behind it. */
import type { Context } from '../../domain/context.ts';
import { scopesOf } from '../../domain/context-links.ts';
import { openContext } from '../../domain/opened-contexts.ts';
import { type ContextScope, contextScopes } from '../../domain/runner-context/facts.ts';
import { type JsonObject, readPublicField } from './public-fields.ts';

/** Of the document: the addresses in it would hold the token. */
export const withoutAddresses = { links: 'none' };

export interface ContextReading {
  /** The sections that the runner shares. */
  shared: readonly ContextScope[];
  /** The value of a field of the public schema, as tools give it. @throws what its resolver threw. */
  read(field: string, args?: JsonObject): Promise<JsonObject>;
}

/**
 * Opens the link anew: what a runner has changed counts from the next message on. A message counts as one read, however
 * it is answered, so the field that it goes on to read is not counted again.
 *
 * @throws NOT_FOUND; FORBIDDEN while sharing is off; RATE_LIMITED.
 */
export async function openReading(ctx: Context, token: string): Promise<ContextReading> {
  const opened = await openContext(ctx, token);
  const scopes = scopesOf(opened.link);
  return {
    shared: contextScopes.filter((scope) => scopes[scope]),
    read: (field, args = {}) => readPublicField({ opened, ...ctx }, field, { ...args, token }),
  };
}
