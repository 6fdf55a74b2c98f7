/** Scalars of our own. */
import { GraphQLError } from 'graphql';
import { parseDateTime } from '../src/domain/date-time.ts';
import { builder } from './builder.ts';

builder.scalarType('DateTime', {
  description: 'An instant in UTC as RFC 3339 with milliseconds, such as 2026-06-13T19:00:00.000Z. Input may carry any offset.',
  extensions: { jsonSchema: { type: 'string', format: 'date-time' } },
  // Sofa hands query strings to `serialize` too (sofa-api 0.18, parse.js), so it must take what `parseValue` takes.
  serialize: (value) => (value instanceof Date ? value : parseDateTimeInput(value)).toISOString(),
  parseValue: parseDateTimeInput,
});

function parseDateTimeInput(value: unknown): Date {
  const parsed = typeof value === 'string' ? parseDateTime(value) : null;
  if (!parsed) throw new GraphQLError(`not an RFC 3339 date-time; write it like 2026-06-13T19:00:00Z`);
  return parsed;
}
