/** Reads an input by a zod schema and turns what is wrong with it into faults with paths. */
import type { z } from 'zod';
import { type Fault, invalid } from './errors.ts';

/** How a fault's place is written: `weeks[0].days[2].sessions[0].kind`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`),
    '',
  );
}

/** The faults of a failed parse, in the order of the input. */
export function faultsOf(error: z.ZodError, at: readonly PropertyKey[] = []): Fault[] {
  return error.issues.map((issue) => ({ path: formatPath([...at, ...issue.path]) || 'input', message: issue.message }));
}

/** @throws INVALID with every fault. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (!result.success) throw invalid(faultsOf(result.error));
  return result.data;
}
