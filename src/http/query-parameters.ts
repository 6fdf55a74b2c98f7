/**
 * Reads a query string by the arguments of a GraphQL field. Sofa never validates and takes what it does not know;
 * here every fault is named, because a parameter that is silently ignored answers another question.
 */
import { distance } from 'fastest-levenshtein';
import { type GraphQLArgument, type GraphQLInputType, getNamedType, isEnumType } from 'graphql';
import { type Fault, invalid } from '../domain/errors.ts';

const int32 = { min: -2_147_483_648, max: 2_147_483_647 };

/**
 * The parameters in their canonical form, in the order of the arguments; empty ones are left out.
 *
 * @throws INVALID with every fault: unknown or repeated names, values that are not of the argument's type.
 */
export function readQueryParameters(query: string, args: readonly GraphQLArgument[]): URLSearchParams {
  const canonical = new URLSearchParams();
  if (query === '') return canonical;
  const given = new URLSearchParams(query);
  const faults: Fault[] = [...new Set(given.keys())]
    .filter((name) => !args.some((arg) => arg.name === name))
    .map((name) => ({ path: name, message: `unknown parameter; ${suggest(name, args)}` }));
  for (const { name, type } of args) {
    const values = given.getAll(name);
    if (values.length > 1) faults.push({ path: name, message: 'given more than once' });
    else if (values[0]) {
      const read = readValue(values[0], type);
      if ('fault' in read) faults.push({ path: name, message: read.fault });
      else canonical.set(name, read.value);
    }
  }
  if (faults.length > 0) throw invalid(faults);
  return canonical;
}

/**
 * The parameters of an address that people pass on and that must go on working: what is not known is ignored, and so
 * is a number that is none. Whether a text makes sense is for the resolver to say.
 */
export function readSharedUrlParameters(query: string, args: readonly GraphQLArgument[]): URLSearchParams {
  const given = new URLSearchParams(query);
  const canonical = new URLSearchParams();
  for (const { name, type } of args) {
    const text = given.get(name);
    if (text === null) continue;
    const read = readValue(text, type);
    // Sofa takes an empty text for an absent one; a blank is just as wrong and reaches the resolver.
    if ('value' in read) canonical.set(name, read.value || ' ');
  }
  return canonical;
}

type Reading = { value: string } | { fault: string };

function readValue(text: string, type: GraphQLInputType): Reading {
  const named = getNamedType(type);
  if (isEnumType(named)) {
    const names = named.getValues().map((value) => value.name);
    const value = text.toUpperCase();
    return names.includes(value) ? { value } : { fault: `unknown value ${JSON.stringify(text)}; known: ${names.join(', ')}` };
  }
  if (named.name === 'Int') {
    if (!/^-?\d+$/.test(text)) return { fault: 'must be a whole number' };
    return { value: String(Math.min(int32.max, Math.max(int32.min, Number(text)))) };
  }
  if (named.name === 'Boolean') {
    return text === 'true' || text === 'false' ? { value: text } : { fault: 'must be true or false' };
  }
  if (named.name === 'DateTime') return readDateTime(text, type);
  return { value: text };
}

function readDateTime(text: string, type: GraphQLInputType): Reading {
  const scalar = getNamedType(type) as unknown as { parseValue(value: unknown): Date };
  try {
    return { value: scalar.parseValue(text).toISOString() };
  } catch (error) {
    // In a query string an unencoded + is a space; that is what happened to an offset such as +02:00.
    const hint = / \d{2}:\d{2}$/.test(text) ? '; send the + of the offset as %2B' : '';
    return { fault: `${(error as Error).message}${hint}` };
  }
}

function suggest(name: string, args: readonly GraphQLArgument[]): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  const ranked = args
    .map((arg) => ({ name: arg.name, distance: distance(plain(arg.name), plain(name)) }))
    .sort((a, b) => a.distance - b.distance);
  const nearest = ranked[0];
  if (nearest && nearest.distance <= Math.max(2, name.length / 3)) return `did you mean ${nearest.name}?`;
  return args.length === 0 ? 'this resource takes none' : `known: ${args.map((arg) => arg.name).join(', ')}`;
}
