import { readFileSync } from 'node:fs';
import { type GraphQLNamedType, isEnumType, isInputObjectType, isIntrospectionType, isObjectType, isSpecifiedScalarType } from 'graphql';
import { expect, it } from 'vitest';
import { printContracts } from '../../schema/contracts.ts';
import { schema } from '../../schema/index.ts';

it.each(Object.entries(printContracts()))('%s is what the schema prints (npm run schema:print)', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

interface Described {
  name: string;
  description?: string | null;
}

/** The paths of what nobody described: `Query.partners(first)`, `WorkoutTemplate.name`, `DateTime`. */
function undescribed(type: GraphQLNamedType): string[] {
  const blank = (parts: readonly Described[], path: (name: string) => string) =>
    parts.filter(({ description }) => !description?.trim()).map(({ name }) => path(name));
  const own = blank([type], (name) => name);
  if (!isObjectType(type) && !isInputObjectType(type)) return own;
  const fields = Object.values<Described & { args?: readonly Described[] }>(type.getFields());
  const args = fields.flatMap((field) => blank(field.args ?? [], (name) => `${type.name}.${field.name}(${name})`));
  return [...own, ...blank(fields, (name) => `${type.name}.${name}`), ...args];
}

it('every type, field, argument and input of the schema says what it is', () => {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
  expect(types.filter(isEnumType).length).toBeGreaterThan(5);
  expect(types.flatMap(undescribed)).toEqual([]);
});
