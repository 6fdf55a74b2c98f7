/** What a refusal's body looks like, and which refusals an operation knows. */
import { statusOf } from '../errors.ts';
import { exampleObjects, type RecordedExamples } from './examples.ts';
import type { JsonSchema } from './json-schema.ts';
import { headerReferences, limitHeaders } from './response-headers.ts';

/** Codes that only writers meet, over GraphQL. */
const unheardOf = ['CONFLICT', 'PAYLOAD_TOO_LARGE'];
const codes = [...Object.keys(statusOf).filter((code) => !unheardOf.includes(code)), 'INTERNAL'];

const text = (maxLength: number, description: string, rest: JsonSchema = {}) => ({ type: 'string', maxLength, ...rest, description });

export const problemSchemas: Record<string, JsonSchema> = {
  Problem: {
    description: 'Why a request was refused (RFC 9457). Programs read code; detail is for people and may change.',
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
    properties: {
      type: text(200, 'Always about:blank: the status and the code say what kind of problem it is.', { format: 'uri-reference' }),
      title: text(100, 'The name of the status.'),
      status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599, description: 'The status of the answer, once more.' },
      detail: text(40_000, 'What was wrong and, where it helps, what is allowed.'),
      code: { type: 'string', enum: codes, description: 'What kind of refusal it is. More values may be added: go by the status then.' },
      requestId: text(64, 'Names this request; the same as in the header X-Request-Id. Quote it when you ask about it.'),
      errors: {
        type: 'array',
        maxItems: 10_000,
        items: { $ref: '#/components/schemas/Fault' },
        description: 'Every fault of the request; with INVALID only.',
      },
    },
  },
  Fault: {
    description: 'One thing that is wrong with a request.',
    type: 'object',
    required: ['path', 'message'],
    properties: {
      path: text(16_000, 'Where: the name of the parameter.'),
      message: text(40_000, 'What is wrong with it.'),
    },
  },
};

const always = ['X-Request-Id', 'Cache-Control', 'Vary'];

interface Problem {
  status: number;
  description: string;
  headers: string[];
}

/** On every answer under an address that is a secret. */
const secretAddress = [...always, 'X-Robots-Tag', 'Referrer-Policy'];

const problems = {
  BadParameters: {
    status: 400,
    description: 'A parameter is unknown or its value is not possible. `errors` names every fault.',
    headers: [...always, ...limitHeaders],
  },
  UnexpectedParameters: {
    status: 400,
    description: 'A query parameter was given, and this resource takes none.',
    headers: [...always, ...limitHeaders],
  },
  Unauthorized: {
    status: 401,
    description:
      'The key is missing, malformed, unknown, expired or revoked, or was sent together with another credential. The answer is the same for every reason.',
    headers: [...always, 'WWW-Authenticate'],
  },
  Forbidden: {
    status: 403,
    description: 'The key is good but lacks the scope that this operation needs.',
    headers: [...always, ...limitHeaders],
  },
  NotFound: {
    status: 404,
    description: 'There is none with this id that partners may see: unknown, malformed, private and archived ids get the same answer.',
    headers: [...always, ...limitHeaders],
  },
  TooManyRequests: {
    status: 429,
    description: 'The key has used up its minute or its day. Wait for Retry-After seconds.',
    headers: [...always, ...limitHeaders, 'Retry-After'],
  },
  InternalError: { status: 500, description: 'A defect on our side. Trying again may help.', headers: always },
  Unavailable: {
    status: 503,
    description: 'The database cannot be asked just now. Try again after Retry-After seconds.',
    headers: [...always, 'Retry-After'],
  },
  NotADay: {
    status: 400,
    description: '`before` is not a day that exists, written YYYY-MM-DD, nor, for runs, what a page gave as `next_before`.',
    headers: secretAddress,
  },
  NotShared: {
    status: 403,
    description:
      'The runner has turned sharing off, or does not share the section that this is of: health for days, training for runs, profile for personal bests. There may be data or not.',
    headers: secretAddress,
  },
  UnknownToken: {
    status: 404,
    description: 'There is no such token: it was mistyped, has expired, or was replaced by its owner.',
    headers: secretAddress,
  },
  TooManyReads: {
    status: 429,
    description:
      'More than 600 requests in a minute with this token, or more than 60 unknown tokens from this address. Wait for Retry-After seconds.',
    headers: [...secretAddress, 'Retry-After'],
  },
  ContextInternalError: { status: 500, description: 'A defect on our side. Trying again may help.', headers: secretAddress },
  ContextUnavailable: {
    status: 503,
    description: 'The database cannot be asked just now. Try again after Retry-After seconds.',
    headers: [...secretAddress, 'Retry-After'],
  },
} satisfies Record<string, Problem>;

export type ProblemName = keyof typeof problems;

/** The responses that operations share, by name. */
export function problemResponses({ refusals }: RecordedExamples): Record<string, object> {
  const response = ({ description, headers }: Problem, name: string) => ({
    description,
    headers: headerReferences(headers),
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, examples: exampleObjects(refusals[name]) },
    },
  });
  return Object.fromEntries(Object.entries(problems).map(([name, problem]) => [name, response(problem, name)]));
}

/** The named problems by status, for an operation's `responses`. */
export function problemReferences(names: ProblemName[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [problems[name].status, { $ref: `#/components/responses/${name}` }]));
}
