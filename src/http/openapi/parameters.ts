/** The parameters of operations: those of their GraphQL field, and the headers that every one of them takes. */
import type { GraphQLArgument } from 'graphql';
import { healthPageSize } from '../../domain/context-reading.ts';
import { documentLengthMax, maxCharsMin } from '../../domain/runner-context/document-options.ts';
import { pageSizeDefault, pageSizeMax, searchLengthMax } from '../../domain/template-list.ts';
import type { JsonSchema } from './json-schema.ts';

/** Stands for every runner's token in examples: nobody has it. */
export const exampleToken = 'Vt3kq8ZrXw1mB7yNd0sGfLhE5jTcPa2uQ9oRiKxW4bM';

/** Sofa's parameter: the description stands in its schema. */
export interface SofaParameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: JsonSchema & { description?: string };
}

interface Detail {
  /** Keywords of the schema. The gateway may take more; what is said here is taken as it is. */
  schema: JsonSchema;
  example?: string | number | boolean;
  /** Follows the description of the argument. */
  more?: string;
}

const int32Max = 2_147_483_647;

const details: Record<string, Detail> = {
  id: {
    schema: { format: 'uuid', maxLength: 36 },
    example: '01977b2c-4c00-7000-8000-000000000001',
    more: 'An id of any other form is answered with 404.',
  },
  search: { schema: { maxLength: searchLengthMax, pattern: '^[^\\u0000]*$' }, example: 'threshold hills' },
  updatedSince: {
    schema: { maxLength: 64 },
    example: '2026-06-13T19:00:00.000Z',
    more: 'Digits beyond milliseconds are cut off.',
  },
  page: {
    schema: { minimum: 1, maximum: int32Max },
    more: 'A whole number outside these bounds is not refused: below 1 counts as 1. What is no whole number gets 400.',
  },
  per_page: {
    schema: { minimum: 1, maximum: pageSizeMax },
    example: pageSizeDefault,
    more: `A whole number outside these bounds is not refused: below 1 counts as 1, above ${pageSizeMax} as ${pageSizeMax}. What is no whole number gets 400.`,
  },
  cursor: {
    schema: { pattern: '^[A-Za-z0-9_-]+$', maxLength: 200 },
    more: 'Opaque: do not make one up and do not keep one for another query.',
  },
  includeRemoved: { schema: {} },
  category: { schema: {} },
  token: {
    schema: { pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 },
    example: exampleToken,
    more: 'It is all that lets a request in. Anything that is no token in force is answered with 404.',
  },
  format: { schema: { maxLength: 100 }, example: 'json' },
  sections: { schema: { maxLength: 200 }, example: 'profile,health' },
  detail: { schema: { maxLength: 100 }, example: 'brief' },
  max_chars: {
    schema: { minimum: maxCharsMin, maximum: documentLengthMax.full },
    example: 8_000,
    more: 'Nothing is refused: a whole number outside these bounds counts as the nearest within them, and what is no whole number as left out.',
  },
  links: { schema: { maxLength: 100 }, example: 'path' },
  limit: {
    schema: { minimum: healthPageSize.min, maximum: healthPageSize.max },
    example: 30,
    more: 'Nothing is refused: a whole number outside these bounds counts as the nearest within them.',
  },
  before: {
    // Of runs a page may end within a day; then a sign and an id follow.
    schema: { pattern: '^\\d{4}-\\d{2}-\\d{2}(~[0-9a-f-]{36})?$', maxLength: 47 },
    example: '2026-03-15',
    more: 'Pass the `next_before` of a page to get the next. What is neither, an empty text too, gets 400.',
  },
  goalDistance: { schema: {} },
};

/** The parameter with the default of its argument, its bounds and an example. */
export function describedParameter({ schema, ...parameter }: SofaParameter, args: readonly GraphQLArgument[]): object {
  const detail = details[parameter.name];
  const arg = args.find(({ name }) => name === parameter.name);
  if (!detail || !arg) throw new Error(`nothing is known of the parameter ${parameter.name}`);
  const { description, ...type } = schema;
  const own = arg.defaultValue === undefined ? detail.schema : { ...detail.schema, default: arg.defaultValue };
  return {
    ...parameter,
    description: detail.more ? `${description} ${detail.more}` : description,
    // In the schema, because Swagger UI would send an example of the parameter itself with the first request.
    schema: { ...type, ...own, ...(detail.example !== undefined && { examples: [detail.example] }) },
  };
}

export const headerParameters = {
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag of what you have, or several separated by commas: 304 without a body when it is still the same.',
    schema: { type: 'string', maxLength: 4_000, pattern: '^[^\\r\\n]*$', examples: ['W/"cAlNkv7dkz1yRjT0pqSvm0YQ0ag"'] },
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    required: false,
    description: 'Your own name for this request, repeated in the answer and in our logs. One is made when it is left out.',
    schema: { type: 'string', maxLength: 64, pattern: '^[A-Za-z0-9_.:-]{1,64}$', examples: ['nightly-sync-2026-06-13-0001'] },
  },
};

export const headerParameterReferences = Object.keys(headerParameters).map((name) => ({ $ref: `#/components/parameters/${name}` }));
