/** The schemas of what answers hold: Sofa's, with the bounds, formats and descriptions it leaves out. */
import { type GraphQLNamedType, getNamedType, isEnumType, isObjectType, isScalarType } from 'graphql';
import { publicSchema } from '../../../schema/index.ts';
import { bounds } from './bounds.ts';
import type { JsonSchema } from './json-schema.ts';
import { problemSchemas } from './problems.ts';

type Schemas = Record<string, JsonSchema>;

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Every schema that operations refer to, by name. Root types are not among them: nobody is answered with one. */
export function describedSchemas(sofaSchemas: Schemas): Schemas {
  const schemas: Schemas = {};
  for (const [name, schema] of Object.entries(sofaSchemas)) {
    const type = publicSchema.getType(name);
    if (!type || type === publicSchema.getQueryType()) continue;
    schemas[name] = isObjectType(type) ? describedObject(name, schema) : describedEnum(type, schema);
  }
  return { ...schemas, ...problemSchemas };
}

function describedEnum(type: GraphQLNamedType, schema: JsonSchema): JsonSchema {
  const { title: _title, ...rest } = schema;
  return { ...rest, description: type.description };
}

function describedObject(name: string, { properties, description, ...schema }: JsonSchema): JsonSchema {
  const described = Object.entries(properties as Schemas).map(([field, property]) => [field, describedProperty(name, field, property)]);
  return { description, ...schema, properties: Object.fromEntries(described) };
}

function describedProperty(typeName: string, fieldName: string, { description, ...property }: JsonSchema): JsonSchema {
  const type = publicSchema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`the public schema has no ${typeName}.${fieldName}`);
  const named = getNamedType(field.type);
  const { items, ...own } = bounds[typeName]?.[fieldName] ?? {};
  if (isEnumType(named))
    return property.type === 'array'
      ? { ...property, items: reference(named.name), description }
      : { ...reference(named.name), description };
  if (property.$ref) return { ...property, description };
  if (!property.items) return { ...doublePrecision(property), ...own, description };
  const item = isScalarType(named) ? { ...(property.items as JsonSchema), ...(items as JsonSchema | undefined) } : property.items;
  return { ...property, ...own, items: item, description };
}

/** GraphQL's Float is a double; Sofa says float. */
const doublePrecision = (schema: JsonSchema) => (schema.format === 'float' ? { ...schema, format: 'double' } : schema);
