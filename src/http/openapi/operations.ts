/** One operation of the document for each documented field of the public schema. */
import type { GraphQLField } from 'graphql';
import { publicSchema } from '../../../schema/index.ts';
import { type RestView, restViewOf } from '../../../schema/rest-view.ts';
import { exampleObjects, type RecordedExamples } from './examples.ts';
import { describedParameter, headerParameterReferences, type SofaParameter } from './parameters.ts';
import { type ProblemName, problemReferences } from './problems.ts';
import { headerReferences, limitHeaders } from './response-headers.ts';
import { tokenOperation } from './token-operations.ts';

/** What Sofa makes of one field. */
export interface SofaOperation {
  operationId: string;
  tags: string[];
  parameters?: SofaParameter[];
  responses: { 200: { content: { 'application/json': { schema: object } } } };
}

export type SofaPaths = Record<string, { get: SofaOperation }>;

export type Field = GraphQLField<unknown, unknown>;

export const security = [{ ApiKeyAuth: [] }];

const validators = ['ETag', 'Cache-Control', 'Vary', 'X-Request-Id'];
export function describedPaths(sofaPaths: SofaPaths, examples: RecordedExamples): Record<string, object> {
  const fields = publicSchema.getQueryType()?.getFields() ?? {};
  return Object.fromEntries(
    Object.entries(sofaPaths).map(([path, { get }]) => {
      const field = fields[get.operationId.replace(/_query$/, '')];
      const view = field && restViewOf(field.extensions);
      if (!view) throw new Error(`no documented field is behind ${path}`);
      return [path, { get: describedOperation(get, field, view, examples) }];
    }),
  );
}

function describedOperation(sofa: SofaOperation, field: Field, view: RestView, examples: RecordedExamples): object {
  return view.security === 'token' ? tokenOperation(sofa, field, view, examples) : keyOperation(sofa, field, view, examples);
}

function keyOperation(sofa: SofaOperation, field: Field, view: RestView, examples: RecordedExamples): object {
  const isList = isPage(field);
  const needs = view.scope ? `Needs the scope \`${view.scope}\`.` : 'Any key may ask; no scope is needed.';
  return {
    operationId: `${isList ? 'list' : 'get'}${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`,
    tags: sofa.tags,
    summary: view.summary,
    description: `${field.description} ${needs}`,
    security,
    parameters: [...(sofa.parameters ?? []).map((parameter) => describedParameter(parameter, field.args)), ...headerParameterReferences],
    responses: {
      200: {
        description: isList ? 'A page of them; `data` is empty when there is nothing.' : 'What was asked for.',
        headers: headerReferences([...validators, ...(isList ? ['Link'] : []), ...limitHeaders]),
        content: {
          'application/json': {
            schema: sofa.responses[200].content['application/json'].schema,
            examples: exampleObjects(examples.answers[field.name]),
          },
        },
      },
      304: { $ref: `#/components/responses/${isList ? 'UnchangedPage' : 'Unchanged'}` },
      ...problemReferences(problemsOf(sofa, view)),
    },
  };
}

/** What has pages is a list; its type holds the items under `data`. */
const isPage = (field: Field) => field.args.some(({ name }) => name === 'per_page');

/** The refusals of an operation: what it says itself, and what the doors before it can say of any request. */
function problemsOf(sofa: SofaOperation, { scope, refusals }: RestView): ProblemName[] {
  const takesQuery = sofa.parameters?.some((parameter) => parameter.in === 'query') ?? false;
  const known: [ProblemName, boolean][] = [
    ['BadParameters', takesQuery],
    ['UnexpectedParameters', !takesQuery],
    ['Unauthorized', true],
    ['Forbidden', scope !== undefined],
    ['NotFound', refusals.includes(404)],
    ['TooManyRequests', true],
    ['InternalError', true],
    ['Unavailable', true],
  ];
  return known.filter(([, applies]) => applies).map(([name]) => name);
}

/** The 304s that operations share. */
export const unchangedResponses = {
  Unchanged: {
    description: 'Nothing has changed since the ETag was given; there is no body.',
    headers: headerReferences([...validators, ...limitHeaders]),
  },
  UnchangedPage: {
    description: 'Nothing on this page has changed since the ETag was given; there is no body.',
    headers: headerReferences([...validators, 'Link', ...limitHeaders]),
  },
};
