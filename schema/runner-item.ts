/** What every item of a runner's lists is made by: a type to read, an input and two mutations to write. */
import { formatDay } from '../src/domain/days.ts';
import { deleteRunnerItem, saveRunnerItem } from '../src/domain/runner-item-writes.ts';
import type { RunnerItem, RunnerNoun } from '../src/domain/runner-items.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';

interface ItemField {
  /** As Pothos knows it. A day is text to the outside. */
  type: unknown;
  description: string;
  /** Every stored item has it. */
  always?: boolean;
  /** Where it is written in another form than it is read. */
  inputType?: unknown;
}
export type Fields = Record<string, ItemField>;

export const field = (type: unknown, description: string): ItemField => ({ type, description });
export const always = (type: unknown, description: string): ItemField => ({ type, description, always: true });

const id = always('ID', 'Identifies it.');

const shown = (value: unknown) => (value instanceof Date ? formatDay(value) : value);

/** The type of an item: what is written of it, and what follows. */
export function itemType(name: string, description: string, fields: Fields) {
  return builder.objectRef<RunnerItem>(name).implement({
    description,
    fields: (t) =>
      Object.fromEntries(
        Object.entries(fields).map(([column, { type, description: said, always: there }]) => [
          column,
          t.field({
            // TypeScript is told the simplest type; GraphQL checks the values against the real one.
            type: type as 'String',
            nullable: !there,
            description: said,
            resolve: (row) => (type === 'String' ? shown(row[column]) : row[column]) as string,
          }),
        ]),
      ),
  });
}

export const inputType = (name: string, description: string, fields: Fields) =>
  builder.inputType(name, {
    description,
    fields: (t) =>
      Object.fromEntries(
        Object.entries(fields).map(([column, { type, inputType: written, description: said }]) => [
          column,
          t.field({ type: (written ?? type) as 'String', description: said }),
        ]),
      ),
  });

const saved =
  'Without an id it adds one, or changes the one that the runner wrote before and that has the same key; with an id it edits that one, whatever its source. Impossible values are INVALID, with their paths, and nothing is written.';

/** A kind of item: its type, and the two mutations that write it. `key` says by what it is recognised. */
export function runnerItem(noun: RunnerNoun, name: string, { description, key, written, derived = {} }: ItemWords) {
  const type = itemType(name, description, { id, ...written, ...derived });
  const input = inputType(`Save${name}Input`, `What to write. An omitted field stays, null clears it. ${key}`, {
    id: field('ID', 'The one to edit; left out for a new one.'),
    ...written,
  });
  builder.mutationFields((t) => ({
    [`save${name}`]: t.field({
      type,
      description: `Writes of a runner: ${description} ${saved} The runner and operators.`,
      extensions: needs('runners.manage'),
      args: {
        runnerId: t.arg.id({ required: true, description: 'Id of the runner.' }),
        input: t.arg({ type: input, required: true, description: 'What to write.' }),
      },
      resolve: (_root, args, ctx) => saveRunnerItem(ctx, args.runnerId, noun, args.input),
    }),
    [`delete${name}`]: t.id({
      description: `Deletes one of a runner's, whatever its source: ${description} An import that has it brings it back. The runner and operators.`,
      extensions: needs('runners.manage'),
      args: {
        runnerId: t.arg.id({ required: true, description: 'Id of the runner.' }),
        id: t.arg.id({ required: true, description: 'The one to delete.' }),
      },
      resolve: (_root, args, ctx) => deleteRunnerItem(ctx, args.runnerId, noun, args.id),
    }),
  }));
  return type;
}

interface ItemWords {
  description: string;
  key: string;
  written: Fields;
  derived?: Fields;
}
