/** The contracts may grow; whatever a client of the released ones relies on stays. */
import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';
import { describe, expect, it } from 'vitest';
import { findOpenApiBreaks, type OpenApi } from '../support/openapi-breaks.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const released = JSON.parse(read('schema/released/openapi.json')) as OpenApi;
const advice = 'if this break is meant, announce it in CHANGELOG.md first and copy the new contract to schema/released/';

it('clients of the released OpenAPI document can go on', () => {
  expect(findOpenApiBreaks(released, JSON.parse(read('schema/openapi.json'))), advice).toEqual([]);
});

it('clients of the released GraphQL schema can go on', () => {
  const breaks = findBreakingChanges(buildSchema(read('schema/released/schema.graphql')), buildSchema(read('schema/schema.graphql')));
  expect(
    breaks.map(({ type, description }) => `${type}: ${description}`),
    advice,
  ).toEqual([]);
});

/** A change of the document, made by hand, and what must be said of it. */
const breaks: [name: string, change: (document: Editable) => void, expected: RegExp][] = [
  ['a path that is gone', ({ paths }) => delete paths['/key'], /^GET \/key: removed$/],
  ['a parameter that is gone', ({ list }) => list.parameters.shift(), /^GET \/workout-templates: query search: removed$/],
  ['a parameter that is required now', ({ list }) => (list.parameters[0].required = true), /query search: required now$/],
  [
    'a new parameter that is required',
    ({ list }) => list.parameters.push({ name: 'tenant', in: 'query', required: true }),
    /query tenant: required now$/,
  ],
  ['a value that is accepted no more', ({ categories }) => categories.enum.pop(), /query category: \w+ is accepted no more$/],
  ['an enum where anything went', ({ parameter }) => (parameter('search').enum = ['a']), /query search: any value is accepted no more$/],
  ['a tighter bound', ({ parameter }) => (parameter('search').maxLength = 1), /query search: maxLength is lower$/],
  ['another type of a parameter', ({ parameter }) => (parameter('per_page').type = 'string'), /query per_page: no integer any more$/],
  ['another default', ({ parameter }) => (parameter('per_page').default = 50), /query per_page: default changed$/],
  ['a status that is gone', ({ list }) => delete list.responses['304'], /GET \/workout-templates: 304: removed$/],
  ['a field that is gone', ({ workout }) => delete workout.properties.name, /\.name: removed$/],
  [
    'a field that may be absent now',
    ({ workout }) => (workout.required = workout.required.filter((name: string) => name !== 'name')),
    /\.name: may be absent now$/,
  ],
  ['a field of another type', ({ workout }) => (workout.properties.version.type = 'string'), /\.version: string now$/],
  ['a field that may be null now', ({ workout }) => (workout.properties.name.type = ['string', 'null']), /\.name: null now$/],
  [
    'a content type that is gone',
    ({ list }) => delete list.responses['200'].content['application/json'],
    /200: application\/json: removed$/,
  ],
  ['a header that is gone', ({ list }) => delete list.responses['200'].headers.ETag, /200: header ETag: removed$/],
  [
    'a credential that was not needed',
    ({ paths }) => (paths['/runner-context/{token}'].get.security = [{ apiKey: [] }]),
    /needs a credential now$/,
  ],
];

// biome-ignore lint/suspicious/noExplicitAny: whatever the document holds is changed by hand.
type Editable = any;

function editable({ paths, components }: Editable): Editable {
  const list = paths['/workout-templates'].get;
  return {
    paths,
    list,
    workout: components.schemas.WorkoutTemplate,
    categories: components.schemas.WorkoutCategory,
    parameter: (name: string) => list.parameters.find((parameter: { name?: string }) => parameter.name === name).schema,
  };
}

describe('a break of the OpenAPI document is found:', () => {
  it.each(breaks)('%s', (_name, change, expected) => {
    const changed = structuredClone(released);
    change(editable(changed));
    const found = findOpenApiBreaks(released, changed);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((line) => !expected.test(line))).toEqual([]);
  });

  it('nothing is said of what is only added', () => {
    const changed = structuredClone(released);
    const { list, workout, categories } = editable(changed);
    list.parameters.push({ name: 'sport', in: 'query', schema: { type: 'string' } });
    workout.properties.surface = { type: 'string' };
    categories.enum.push('CANICROSS');
    expect(findOpenApiBreaks(released, changed)).toEqual([]);
  });
});
