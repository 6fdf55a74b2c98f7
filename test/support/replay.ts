/** A document as its history says it is. */
import type { ValueChange } from '../../src/domain/document-diff.ts';

type Place = Record<string | number, unknown>;

const partsOf = (path: string) =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** Applies changes as the schema documents them: in order, removals from the last on. */
export function applyChanges(document: object, changes: readonly ValueChange[]): object {
  const copy = structuredClone(document) as Place;
  const kept = changes.filter(({ after }) => after !== null);
  const removed = changes.filter(({ after }) => after === null);
  for (const change of [...kept, ...removed.toReversed()]) {
    const parts = partsOf(change.path);
    const last = parts.pop() ?? '';
    put(parts.reduce<unknown>((inner, part) => (inner as Place)[part], copy) as Place, last, change);
  }
  return copy;
}

function put(place: Place | unknown[], at: string | number, { before, after }: ValueChange): void {
  if (!Array.isArray(place)) {
    if (after === null) delete place[at];
    else place[at] = after;
  } else if (after === null) place.splice(Number(at), 1);
  else place.splice(Number(at), before === null ? 0 : 1, after);
}
