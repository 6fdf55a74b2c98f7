/** Selections made from the schema, so that a new field is asked for without anyone remembering it. */
import { type GraphQLField, type GraphQLObjectType, type GraphQLOutputType, getNamedType, isObjectType, isRequiredArgument } from 'graphql';

/** Every field of an object type, at every depth. */
export function everyField(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  return Object.values(named.getFields())
    .map((field) => (isObjectType(getNamedType(field.type)) ? `${field.name} { ${everyField(field.type)} }` : field.name))
    .join(' ');
}

/** Whether the field gives a part of a list, as long as its caller says. */
export const isPaged = ({ args }: GraphQLField<unknown, unknown>) => args.some(({ name }) => ['first', 'per_page', 'limit'].includes(name));

/** Every field of an object type, at every depth, but lists with pages of their own and what leads back to where it came from. */
export function everythingOnce(type: GraphQLOutputType, path: readonly GraphQLObjectType[] = []): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const selected = Object.values(named.getFields()).flatMap((field) => {
    const of = getNamedType(field.type);
    if (isPaged(field) || field.args.some(isRequiredArgument)) return [];
    if (!isObjectType(of)) return [field.name];
    return of === named || path.includes(of) ? [] : [`${field.name} { ${everythingOnce(of, [...path, named])} }`];
  });
  return selected.join(' ');
}
