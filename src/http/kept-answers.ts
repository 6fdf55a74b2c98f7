/** Answers that stand until what they were made of changes, under keys that name the state it was in. */
import type { RestView } from '../../schema/rest-view.ts';
import type { Caller } from '../domain/caller.ts';

/**
 * Names the answer to a partner's question about the catalogue as it was when the key was read; null when the answer is made
 * of something else, or for somebody who may see more than partners do. A poll from beyond the newest change asks the same,
 * nothing, from whichever instant: in its name `updatedSince` is that change's.
 */
export function catalogueKey({ catalogue }: RestView, caller: Caller, path: string, parameters: URLSearchParams): string | null {
  if (!catalogue || caller.kind !== 'partner') return null;
  const stamp = caller.catalogue[catalogue];
  return `${path}?${settled(parameters, stamp)} ${stamp} ${caller.scopes.join(' ')}`;
}

function settled(parameters: URLSearchParams, stamp: number): string {
  const text = parameters.toString();
  const since = parameters.get('updatedSince');
  if (since === null || Date.parse(since) < stamp) return text;
  return text.replace(/\bupdatedSince=[^&]*/, `updatedSince=${stamp}`);
}
