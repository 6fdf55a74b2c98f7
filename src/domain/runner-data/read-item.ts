/**
 * Reads one item of a file as far as it makes sense: every value is judged by itself, what is impossible is refused
 * with its path and the reason, and the rest stands. Nothing is left out without a word.
 */
import type { z } from 'zod';
import type { Fault } from '../errors.ts';
import { formatPath } from '../input.ts';

export type Item = Record<string, unknown>;
type Path = readonly PropertyKey[];

export interface ItemShape {
  fields: Record<string, z.ZodType>;
  /** Without these there is no item. */
  required: readonly string[];
  /** Days and instants that cannot lie in the future. */
  past?: readonly string[];
  /** What is impossible about values that are each possible: the fields that cannot be kept, and why. */
  contradictions?(item: Item): [fields: readonly string[], message: string][];
  /** Why what is left is no item at all; null when it is one. */
  emptiness?(item: Item): string | null;
}

/** How the refusal of a whole item begins. */
export const leftOut = 'left out, because ';

interface Reading {
  shape: ItemShape;
  path: Path;
  item: Item;
  refuse(at: Path, message: string): void;
}

/**
 * The item with the values that can be kept; null when none of it can. Null and absent mean the same: not known.
 * `latest` is the end of the present; what must have happened lies before it.
 */
export function readItem(shape: ItemShape, input: unknown, path: Path, latest: Date, refusals: Fault[]): Item | null {
  const refuse = (at: Path, message: string) => refusals.push({ path: formatPath(at) || 'input', message });
  if (input === null || typeof input !== 'object' || Array.isArray(input)) {
    refuse(path, 'must be an object');
    return null;
  }
  const reading: Reading = { shape, path, item: {}, refuse };
  for (const [name, value] of Object.entries(input)) {
    if (value !== null && value !== undefined) readField(reading, name, value);
  }
  refuseFuture(reading, latest);
  refuseContradictions(reading);
  const reason = reasonToLeaveOut(reading);
  if (reason === null) return reading.item;
  refuse(path, `${leftOut}${reason}`);
  return null;
}

function readField({ shape, path, item, refuse }: Reading, name: string, value: unknown): void {
  const at = [...path, name];
  const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
  if (!field) {
    refuse(at, 'is not a field that is kept here');
    return;
  }
  const parsed = field.safeParse(value);
  if (parsed.success) item[name] = parsed.data;
  // The reason stands with the value, when that is short: whoever reads the report need not look it up.
  const said = typeof value === 'object' ? '' : JSON.stringify(value);
  for (const issue of parsed.error?.issues ?? []) {
    refuse([...at, ...issue.path], said.length > 0 && said.length <= 40 ? `${said}: ${issue.message}` : issue.message);
  }
}

function refuseFuture({ shape, path, item, refuse }: Reading, latest: Date): void {
  for (const name of shape.past ?? []) {
    const date = item[name];
    if (!(date instanceof Date) || date <= latest) continue;
    refuse([...path, name], `${date.toISOString()}: lies in the future`);
    delete item[name];
  }
}

function refuseContradictions({ shape, path, item, refuse }: Reading): void {
  for (const [names, message] of shape.contradictions?.(item) ?? []) {
    for (const name of names.filter((candidate) => item[candidate] !== undefined)) {
      refuse([...path, name], message);
      delete item[name];
    }
  }
}

function reasonToLeaveOut({ shape, item }: Reading): string | null {
  const missing = shape.required.find((name) => item[name] === undefined);
  return missing === undefined ? (shape.emptiness?.(item) ?? null) : `it has no usable ${missing}`;
}
