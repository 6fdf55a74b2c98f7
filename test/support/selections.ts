/** Selections made from the schema, so that a new field is asked for without anyone remembering it. */
import { type GraphQLOutputType, getNamedType, isObjectType } from 'graphql';

/** Every field of an object type, at every depth. */
export function everyField(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  return Object.values(named.getFields())
    .map((field) => (isObjectType(getNamedType(field.type)) ? `${field.name} { ${everyField(field.type)} }` : field.name))
    .join(' ');
}
