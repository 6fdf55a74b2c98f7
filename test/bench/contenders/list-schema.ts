/** What Fastify validates of a list's query, and from what fast-json-stringify makes its serialiser. */
const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const integer = { type: 'integer' } as const;

const categories = 'EASY LONG RECOVERY TEMPO THRESHOLD INTERVAL REPETITION HILLS FARTLEK PROGRESSION RACE_PACE TEST STRENGTH OTHER'.split(
  ' ',
);

const target = { type: 'object', properties: { type: text, min: number, max: number, unit: text, reference: text } } as const;
const step = { type: 'object', properties: { kind: text, durationSeconds: integer, distanceMeters: number, target, notes: text } } as const;
const block = { type: 'object', properties: { name: text, repeat: integer, steps: { type: 'array', items: step } } } as const;
const instant = { type: 'string', format: 'date-time' } as const;

const workout = {
  type: 'object',
  properties: {
    id: text,
    slug: text,
    name: text,
    description: text,
    category: text,
    level: text,
    language: text,
    attribution: text,
    tags: { type: 'array', items: text },
    estimatedDurationSeconds: integer,
    estimatedDistanceMeters: number,
    blocks: { type: 'array', items: block },
    version: integer,
    createdAt: instant,
    updatedAt: instant,
  },
} as const;

export const pageSchema = {
  type: 'object',
  properties: {
    data: { type: 'array', items: workout },
    page: integer,
    per_page: integer,
    total: integer,
    total_pages: integer,
    next: text,
  },
} as const;

export const querySchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    search: { type: 'string', maxLength: 200 },
    category: { type: 'string', enum: categories },
    updatedSince: instant,
    page: { type: 'integer', minimum: 1, default: 1 },
    per_page: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    cursor: { type: 'string', maxLength: 200 },
  },
} as const;
