/** What a reader may ask of a context: which sections, in how much detail, how long at most, with which addresses. */
import { type ContextScope, contextScopes } from './facts.ts';

export const details = ['brief', 'standard', 'full'] as const;
export type Detail = (typeof details)[number];

/** How the answer names the addresses where there is more. */
const linkForms = ['query', 'path', 'none'] as const;
type LinkForm = (typeof linkForms)[number];

export interface DocumentOptions {
  /** Only these, as far as they are shared; null: all that are. An empty list shows nothing of the runner but the name. */
  sections?: readonly ContextScope[] | null;
  /** `standard` when left out. */
  detail?: Detail | null;
  /** Characters of the document, at least `maxCharsMin`; what `detail` allows when left out, and never more than that. */
  maxChars?: number | null;
  /**
   * `query` (when left out): the JSON names addresses as the contract does. `path`: none of them needs a query string.
   * `none`: the document names no address at all, so that it can be passed on without the secret in it.
   */
  links?: LinkForm | null;
}

/** How long a document is at most, in characters, unless what is never cut is longer. */
export const documentLengthMax: Record<Detail, number> = { brief: 5_000, standard: 16_000, full: 100_000 };

/** Below this there is no room for a title, the reading rules and a summary. */
export const maxCharsMin = 2_000;

/** The length that a document must keep to. */
export function lengthMaxOf({ detail, maxChars }: DocumentOptions): number {
  const allowed = documentLengthMax[detail ?? 'standard'];
  return maxChars == null ? allowed : Math.min(allowed, Math.max(maxCharsMin, maxChars));
}

/**
 * The options as addresses carry them. Nothing is refused, since addresses are passed on by hand, and nobody gets more
 * than they asked for by a slip: a name that is no section selects none, and it is an empty list that selects all.
 */
export function readDocumentOptions(given: {
  sections?: string | null;
  detail?: string | null;
  max_chars?: number | null;
  links?: string | null;
}): DocumentOptions {
  const names = (given.sections ?? '').toLowerCase().split(/[\s,]+/);
  const asked = names.some((name) => name !== '');
  return {
    sections: asked ? contextScopes.filter((scope) => names.includes(scope)) : null,
    detail: details.find((detail) => detail === given.detail?.toLowerCase()) ?? 'standard',
    maxChars: given.max_chars ?? null,
    links: readLinkForm(given.links),
  };
}

/** `query` unless the text names another form. */
export const readLinkForm = (text: string | null | undefined): LinkForm =>
  linkForms.find((form) => form === text?.toLowerCase()) ?? 'query';
