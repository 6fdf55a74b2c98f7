/**
 * What a client of an earlier OpenAPI document would stumble over in a later one. The OpenAPI comparisons on npm know 3.0
 * or bring a binary; this knows what our document has: GET, parameters, JSON schemas.
 */

type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  format?: string;
  pattern?: string;
  [keyword: string]: unknown;
};
interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}
interface Answer {
  $ref?: string;
  headers?: Record<string, object>;
  content?: Record<string, { schema?: Schema }>;
}
interface Operation {
  parameters?: Parameter[];
  responses?: Record<string, Answer>;
  security?: object[];
}
export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  security?: object[];
  [key: string]: unknown;
}

/** Bounds of what a client may send: each may only be loosened. */
const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'];
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'];

/** One line for each break; empty when every client of `before` can go on with `after`. */
export function findOpenApiBreaks(before: OpenApi, after: OpenApi): string[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const place = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      if (!now) return [`${place}: removed`];
      return [
        ...parameterBreaks(operation, now, place),
        ...answerBreaks(operation, now, place),
        ...securityBreaks(operation.security ?? before.security ?? [], now.security ?? after.security ?? [], place),
      ];
    }),
  );

  function parameterBreaks(was: Operation, now: Operation, place: string): string[] {
    const parametersOf = ({ parameters = [] }: Operation, document: OpenApi) =>
      new Map(parameters.map((given) => resolve(given, document)).map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]));
    const [old, current] = [parametersOf(was, before), parametersOf(now, after)];
    const added = [...current].filter(([key, { required }]) => required && !old.has(key));
    return [
      ...added.map(([key]) => `${place}: ${key}: required now`),
      ...[...old].flatMap(([key, parameter]) => {
        const same = current.get(key);
        if (!same) return [`${place}: ${key}: removed`];
        const stricter = same.required && !parameter.required ? [`${place}: ${key}: required now`] : [];
        return [...stricter, ...inputBreaks(parameter.schema ?? {}, same.schema ?? {}, `${place}: ${key}`)];
      }),
    ];
  }

  /** What was accepted must be. */
  function inputBreaks(given: Schema, givenNow: Schema, place: string): string[] {
    const [was, now] = [resolve(given, before), resolve(givenNow, after)];
    const lost = (now.enum && (was.enum ?? ['any value']).filter((value) => !now.enum?.includes(value))) ?? [];
    const isTighter = (name: string, sign: number) =>
      now[name] !== undefined && sign * Number(now[name]) > sign * Number(was[name] ?? -sign * Infinity);
    return [
      ...typesLost(was, now).map((type) => `${place}: no ${type} any more`),
      ...lost.map((value) => `${place}: ${String(value)} is accepted no more`),
      ...lowerBounds.filter((name) => isTighter(name, 1)).map((name) => `${place}: ${name} is higher`),
      ...upperBounds.filter((name) => isTighter(name, -1)).map((name) => `${place}: ${name} is lower`),
      ...['pattern', 'format']
        .filter((name) => now[name] !== undefined && now[name] !== was[name])
        .map((name) => `${place}: ${name} changed`),
      ...(JSON.stringify(was.default) === JSON.stringify(now.default) ? [] : [`${place}: default changed`]),
    ];
  }

  function answerBreaks(was: Operation, now: Operation, place: string): string[] {
    return Object.entries(was.responses ?? {}).flatMap(([status, given]) => {
      const here = `${place}: ${status}`;
      const givenNow = now.responses?.[status];
      if (!givenNow) return [`${here}: removed`];
      const [old, current] = [resolve(given, before), resolve(givenNow, after)];
      const headers = Object.keys(old.headers ?? {}).filter((name) => !current.headers?.[name]);
      return [
        ...headers.map((name) => `${here}: header ${name}: removed`),
        ...Object.entries(old.content ?? {}).flatMap(([type, { schema = {} }]) => {
          const same = current.content?.[type];
          return same ? outputBreaks(schema, same.schema ?? {}, `${here}: ${type}`, new Set()) : [`${here}: ${type}: removed`];
        }),
      ];
    });
  }

  /** What was promised must come, of the same kind. New enum values are announced as possible and break nothing. */
  function outputBreaks(given: Schema, givenNow: Schema, place: string, seen: Set<string>): string[] {
    if (given.$ref && seen.has(given.$ref)) return [];
    const within = given.$ref ? new Set([...seen, given.$ref]) : seen;
    const [was, now] = [resolve(given, before), resolve(givenNow, after)];
    const properties = Object.entries(was.properties ?? {}).flatMap(([name, schema]) => {
      const same = now.properties?.[name];
      return same ? outputBreaks(schema, same, `${place}.${name}`, within) : [`${place}.${name}: removed`];
    });
    const optional = (was.required ?? []).filter((name) => now.properties?.[name] && !now.required?.includes(name));
    return [
      ...typesLost(now, was).map((type) => `${place}: ${type} now`),
      ...(was.enum && !now.enum ? [`${place}: any value now`] : []),
      ...(was.format !== now.format ? [`${place}: format changed`] : []),
      ...optional.map((name) => `${place}.${name}: may be absent now`),
      ...properties,
      ...(was.items ? outputBreaks(was.items, now.items ?? {}, `${place}[]`, within) : []),
    ];
  }
}

/** A client that needed no credential, or that one, must not need another. */
function securityBreaks(was: object[], now: object[], place: string): string[] {
  const ways = now.map((way) => JSON.stringify(way));
  if (was.length === 0) return ways.length > 0 ? [`${place}: needs a credential now`] : [];
  const lost = was.map((way) => JSON.stringify(way)).filter((way) => !ways.includes(way));
  return lost.map((way) => `${place}: not with ${way} any more`);
}

/** Types that `from` has and `to` has not; a schema without a type has them all. */
function typesLost(from: Schema, to: Schema): string[] {
  const typesOf = ({ type }: Schema) => (type === undefined ? null : [type].flat());
  const [had, has] = [typesOf(from), typesOf(to)];
  if (!has) return [];
  return (had ?? ['any type']).filter((type) => !has.includes(type) && !(type === 'integer' && has.includes('number')));
}

/** What the reference points at, in its own document. */
function resolve<T extends { $ref?: string }>(value: T, document: OpenApi): T {
  if (!value.$ref) return value;
  const found = value.$ref
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown>)?.[name], document);
  if (!found) throw new Error(`the document has no ${value.$ref}`);
  return resolve(found as T, document);
}
