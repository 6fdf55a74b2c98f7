/** The headers of answers: what they say and what they look like. */
import type { JsonSchema } from './json-schema.ts';

interface Header {
  description: string;
  schema: JsonSchema;
  example: string | number;
}

const text = (maxLength: number, pattern: string): JsonSchema => ({ type: 'string', maxLength, pattern });
const seconds = (maximum: number): JsonSchema => ({ type: 'integer', format: 'int64', minimum: 0, maximum });
const requests: JsonSchema = { type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647 };
/** The last second that JavaScript's Date can name. */
const epochMax = 8_640_000_000_000;

const headers: Record<string, Header> = {
  ETag: {
    description: 'Names exactly this content. Send it back as If-None-Match to be told 304 while nothing has changed.',
    schema: text(100, '^W/"[A-Za-z0-9_-]+"$'),
    example: 'W/"cAlNkv7dkz1yRjT0pqSvm0YQ0ag"',
  },
  'Cache-Control': {
    description: '`private, no-cache` on what is good: keep it, and ask with If-None-Match before using it again. `no-store` on refusals.',
    schema: { type: 'string', enum: ['private, no-cache', 'no-store'] },
    example: 'private, no-cache',
  },
  ContextCacheControl: {
    description: '`private, max-age=3600`: keep it to yourself, and for an hour at most without asking again.',
    schema: { type: 'string', enum: ['private, max-age=3600'] },
    example: 'private, max-age=3600',
  },
  'X-Robots-Tag': {
    description: 'Asks crawlers to leave alone what they were not given.',
    schema: { type: 'string', enum: ['noindex, nofollow'] },
    example: 'noindex, nofollow',
  },
  'Referrer-Policy': {
    description: 'Keeps browsers from naming the address, token and all, to other sites.',
    schema: { type: 'string', enum: ['no-referrer'] },
    example: 'no-referrer',
  },
  'X-Context-Characters': {
    description: 'How many characters the markdown of this answer has, as text or as `context_markdown`. Absent when there is none.',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 10_000_000 },
    example: 13_277,
  },
  Vary: {
    description: 'The request headers that the answer depends on.',
    schema: text(200, '^[A-Za-z-]+(, [A-Za-z-]+)*$'),
    example: 'X-API-Key, Authorization, Accept-Encoding',
  },
  Link: {
    description: 'The address of the next page, the same as `next` in the body (RFC 8288). Absent on the last page.',
    schema: text(4_100, '^<[^>]+>; rel="next"$'),
    example: '<https://gateway.example/api/workout-templates?per_page=20&cursor=bmV3ZXN0IDE3ODEzNzcyMDAwMDAgMg>; rel="next"',
  },
  'RateLimit-Policy': {
    description: 'The limits of this key: `q` requests in each window of `w` seconds (IETF draft RateLimit header fields).',
    schema: text(200, '^"minute";q=\\d+;w=60, "day";q=\\d+;w=86400$'),
    example: '"minute";q=60;w=60, "day";q=10000;w=86400',
  },
  RateLimit: {
    description: 'What is left: `r` requests in the window, which ends in `t` seconds.',
    schema: text(200, '^"minute";r=\\d+;t=\\d+, "day";r=\\d+;t=\\d+$'),
    example: '"minute";r=12;t=37, "day";r=8123;t=40211',
  },
  'X-RateLimit-Limit': { description: 'Requests allowed in the window that has less left.', schema: requests, example: 60 },
  'X-RateLimit-Remaining': { description: 'Requests left in that window.', schema: requests, example: 12 },
  'X-RateLimit-Reset': { description: 'When that window ends, in seconds since 1970.', schema: seconds(epochMax), example: 1_781_377_237 },
  Deprecation: {
    description:
      'Sent when another key has replaced this one: since when, in seconds since 1970 (RFC 9745). It is the key that is deprecated, not what was asked. Change over before `Sunset`.',
    schema: text(20, '^@\\d+$'),
    example: '@1781377200',
  },
  Sunset: {
    description: 'Sent with `Deprecation`: when the key stops working (RFC 8594). From then on it gets 401.',
    schema: text(29, '^[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT$'),
    example: 'Sat, 20 Jun 2026 19:00:00 GMT',
  },
  'Retry-After': {
    description: 'Wait this many seconds before asking again; then the request can succeed.',
    schema: seconds(86_400),
    example: 37,
  },
  'WWW-Authenticate': {
    description: 'How to say who is asking (RFC 9110, 11.6.1).',
    schema: text(200, '^ApiKey realm="[^"]+"'),
    example: 'ApiKey realm="ekiden", Bearer realm="ekiden"',
  },
  'X-Request-Id': {
    description: 'Names this request in our logs: the id that was sent in this header when it is harmless to repeat, else a new one.',
    schema: text(64, '^[A-Za-z0-9_.:-]{1,64}$'),
    example: '4d1a2f0e-7c1b-4f6e-9a55-0b8f6f3e2d11',
  },
};

/** Components under another name than their header's. */
const aliases: Record<string, string> = { ContextCacheControl: 'Cache-Control' };

/** Not on the last page; not to a key that nothing has replaced; not in a page of days as JSON, which is no markdown. */
const optional = ['Link', 'Deprecation', 'Sunset', 'X-Context-Characters'];

/** On every answer to a known key: where it stands with its limits, and whether it is on its way out. */
export const limitHeaders = [
  'RateLimit-Policy',
  'RateLimit',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Deprecation',
  'Sunset',
];

/** All headers, for the document's components. */
export const headerComponents = Object.fromEntries(
  Object.entries(headers).map(([name, header]) => [name, { ...header, required: !optional.includes(name) }]),
);

/** References to the named components, by the header, for one response. */
export const headerReferences = (names: string[]) =>
  Object.fromEntries(names.map((name) => [aliases[name] ?? name, { $ref: `#/components/headers/${name}` }]));
