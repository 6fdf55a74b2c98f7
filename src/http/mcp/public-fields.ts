/**
 * The fields of the public schema as tools give them: read with everything they hold, without nulls, with units in
 * their names and without the addresses that hold the token.
 */
import {
  execute,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { publicSchema } from '../../../schema/index.ts';
import type { Context } from '../../domain/context.ts';
import { withoutNulls } from '../../domain/json.ts';

export type JsonObject = Record<string, unknown>;

/** What a field is called here, where the contract's name does not say the unit. */
const namesWithUnits: Record<string, string> = {
  age: 'age_years',
  avg_hr: 'avg_hr_bpm',
  avg_pace: 'avg_pace_min_per_km',
  awake_duration: 'awake_duration_hours',
  deep_sleep: 'deep_sleep_hours',
  fitness_age: 'fitness_age_years',
  hrv: 'hrv_ms',
  latest_fitness_age: 'latest_fitness_age_years',
  latest_vo2_max: 'latest_vo2_max_ml_per_kg_min',
  light_sleep: 'light_sleep_hours',
  lthr: 'lthr_bpm',
  max_hr: 'max_hr_bpm',
  rem_sleep: 'rem_sleep_hours',
  respiration_rate: 'respiration_rate_breaths_per_min',
  resting_heart_rate: 'resting_heart_rate_bpm',
  resting_hr: 'resting_hr_bpm',
  sleep_duration: 'sleep_duration_hours',
  sleep_score: 'sleep_score_0_to_100',
  time: 'time_h_mm_ss',
  vo2_max: 'vo2_max_ml_per_kg_min',
  zone1_max: 'zone1_max_bpm',
  zone2_max: 'zone2_max_bpm',
  zone3_max: 'zone3_max_bpm',
  zone4_max: 'zone4_max_bpm',
  zone5_max: 'zone5_max_bpm',
};

/** Addresses hold the token, and a tool goes on by calling the next one; pages as markdown are for whoever cannot call. */
const left = ['next', 'history_url', 'health_markdown'];

/**
 * The value of a documented field for this token.
 *
 * @throws what its resolver threw.
 */
export async function readPublicField(ctx: Context, name: string, args: JsonObject & { token: string }): Promise<JsonObject> {
  const field = publicField(name);
  const passed = field.args.filter((arg) => args[arg.name] !== undefined);
  const declared = passed.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const given = passed.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const document = parse(`query (${declared}) { ${name}(${given}) { ${everyField(field.type)} } }`);
  const result = await execute({ schema: publicSchema, document, variableValues: args, contextValue: ctx });
  const [error] = result.errors ?? [];
  if (error) throw error.originalError ?? error;
  const value = withoutNulls(result.data?.[name]) as JsonObject;
  return withoutToken(renamed(value) as JsonObject, args.token);
}

/** JSON Schema of what `readPublicField` gives, from the descriptions and types of the schema. */
export const schemaOfPublicField = (name: string): JsonObject & { properties: JsonObject } =>
  schemaOfObject(getNamedType(publicField(name).type) as GraphQLObjectType);

function publicField(name: string) {
  const field = publicSchema.getQueryType()?.getFields()[name];
  if (!field) throw new Error(`no public field ${name}`);
  return field;
}

const shownFields = (type: GraphQLObjectType) => Object.values(type.getFields()).filter((field) => !left.includes(field.name));

function everyField(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  return shownFields(named)
    .map((field) => (isObjectType(getNamedType(field.type)) ? `${field.name} { ${everyField(field.type)} }` : field.name))
    .join(' ');
}

const nameOf = (field: string): string => namesWithUnits[field] ?? field;

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [nameOf(key), renamed(member)]));
}

/** A runner may have written their own address into a note, where it may have been cut in the middle: no part of it is repeated. */
function withoutToken(value: JsonObject, token: string): JsonObject {
  const text = JSON.stringify(value);
  const said = text.replace(/(runner-context\/)[\w-]{8,}/g, '$1:token').replaceAll(token, ':token');
  return said === text ? value : (JSON.parse(said) as JsonObject);
}

function schemaOfObject(type: GraphQLObjectType): JsonObject & { properties: JsonObject } {
  const fields = shownFields(type);
  return {
    type: 'object',
    description: type.description,
    properties: Object.fromEntries(
      fields.map((field) => [nameOf(field.name), { ...schemaOf(field.type), description: field.description }]),
    ),
    required: fields.filter((field) => isNonNullType(field.type)).map((field) => nameOf(field.name)),
  };
}

const scalarTypes: Record<string, string> = { Int: 'integer', Float: 'number', Boolean: 'boolean' };

function schemaOf(type: GraphQLOutputType): JsonObject {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return { type: 'array', items: schemaOf(bare.ofType as GraphQLOutputType) };
  return isObjectType(bare) ? schemaOfObject(bare) : { type: scalarTypes[bare.toString()] ?? 'string' };
}
