/** The operations that need no key, because the token in their path is all there is to show. */
import type { RestView } from '../../../schema/rest-view.ts';
import { exampleObjects, type RecordedExamples } from './examples.ts';
import type { Field, SofaOperation } from './operations.ts';
import { describedParameter, headerParameterReferences } from './parameters.ts';
import { type ProblemName, problemReferences } from './problems.ts';
import { headerReferences } from './response-headers.ts';

const headers = ['ETag', 'ContextCacheControl', 'Vary', 'X-Robots-Tag', 'X-Request-Id'];

/** What an operation of this kind can refuse, beside defects and a lost database. */
const refusalNames: Record<RestView['refusals'][number], ProblemName> = {
  400: 'BadDay',
  403: 'NotShared',
  404: 'UnknownToken',
  429: 'TooManyReads',
};

export function tokenOperation(sofa: SofaOperation, field: Field, view: RestView, { answers }: RecordedExamples): object {
  const examples = answers[field.name] ?? [];
  const texts = examples.filter(({ body }) => typeof body === 'string');
  const asText = { schema: { type: 'string', maxLength: 1_000_000 }, examples: exampleObjects(texts) };
  const asJson = {
    schema: sofa.responses[200].content['application/json'].schema,
    examples: exampleObjects(examples.filter((example) => !texts.includes(example))),
  };
  return {
    operationId: `get${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`,
    tags: sofa.tags,
    summary: view.summary,
    description: `${field.description} No key is needed, and none is looked at.`,
    security: [],
    parameters: [...(sofa.parameters ?? []).map((parameter) => describedParameter(parameter, field.args)), ...headerParameterReferences],
    responses: {
      200: {
        description: 'What the runner shares.',
        headers: headerReferences(headers),
        content: { ...(view.textField && { 'text/plain': asText }), 'application/json': asJson },
      },
      304: { $ref: '#/components/responses/UnchangedContext' },
      ...problemReferences([...view.refusals.map((status) => refusalNames[status]), 'InternalError', 'Unavailable']),
    },
  };
}

/** The 304 that these operations share. */
export const unchangedContext = {
  UnchangedContext: {
    description: 'Nothing that the address shows has changed since the ETag was given; there is no body.',
    headers: headerReferences(headers),
  },
};
