/** What differs between two documents, place by place, for people to read and for programs to apply. */
import { isDeepStrictEqual } from 'node:util';
import { formatPath } from './input.ts';

/** One place that differs. Null stands for absent. */
export interface ValueChange {
  /** As in faults: `blocks[0].steps[2].target.min`. */
  path: string;
  before: unknown;
  after: unknown;
}

/**
 * The places where two values differ, outermost first. Lists are compared from both ends: what lies between the equal
 * beginning and the equal end is compared one by one, and where one list is longer there, its last ones are named as
 * removed (by where they were) or added (by where they are). Applied in order, removals from the last on, the changes
 * make `after` of `before`.
 */
export function diffValues(before: unknown, after: unknown, path: readonly PropertyKey[] = []): ValueChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, path);
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => diffValues(before[name] ?? null, after[name] ?? null, [...path, name]));
  }
  return [{ path: formatPath(path), before: before ?? null, after: after ?? null }];
}

function diffLists(before: unknown[], after: unknown[], path: readonly PropertyKey[]): ValueChange[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && isDeepStrictEqual(before.at(-1 - end), after.at(-1 - end))) end++;
  const [old, young] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return Array.from({ length: Math.max(old.length, young.length) }, (_, index) =>
    diffValues(old[index] ?? null, young[index] ?? null, [...path, start + index]),
  ).flat();
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes that a line has room for, and characters of a text in it. */
const [changesShown, textShown] = [5, 40];

/** One line: `name: “A” → “B”; blocks[1].repeat: 4 → 5`. */
export function summarise(changes: readonly ValueChange[]): string {
  const shown = changes.slice(0, changesShown).map(({ path, before, after }) => `${path}: ${describe(before, after)}`);
  const rest = changes.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

function describe(before: unknown, after: unknown): string {
  if (typeof before !== 'object' && typeof after !== 'object') return `${quoted(before)} → ${quoted(after)}`;
  if (before === null) return typeof after === 'object' ? 'added' : `none → ${quoted(after)}`;
  if (after === null) return typeof before === 'object' ? 'removed' : `${quoted(before)} → none`;
  return 'changed';
}

function quoted(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  const line = Array.from(value.replace(/\s+/g, ' '));
  return line.length > textShown ? `“${line.slice(0, textShown - 1).join('')}…”` : `“${line.join('')}”`;
}
