/** The operations that are asked by an address which is itself the secret: no key, no limits in headers, text beside JSON. */
import type { RestView } from '../../../schema/rest-view.ts';
import { exampleObjects, type RecordedExamples } from './examples.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Field, SofaOperation } from './operations.ts';
import { describedParameter, headerParameterReferences } from './parameters.ts';
import { problemReferences } from './problems.ts';
import { headerReferences } from './response-headers.ts';

const contextHeaders = ['ETag', 'ContextCacheControl', 'Vary', 'X-Request-Id', 'X-Robots-Tag', 'Referrer-Policy', 'X-Context-Characters'];

/** What the text of an operation is, by the field of the answer that holds it. */
const texts: Record<string, { schema: JsonSchema; when: string }> = {
  context_markdown: {
    schema: {
      type: 'string',
      maxLength: 10_000_000,
      description:
        'Markdown for a language model, within the sections that the runner shares: at most 16 000 characters unless the detail says otherwise, or personal bests, goals, races and lab results alone need more.',
    },
    when: 'The document as text, or as JSON with `format=json`. The text is the same bytes under both types; it is `text/markdown` for who accepts that by name.',
  },
  health_markdown: {
    schema: {
      type: 'string',
      maxLength: 1_000_000,
      description: 'Markdown for a language model: the days as a table, then the addresses of the next page and of the whole context.',
    },
    when: 'A page of days, or the same as text with `format=markdown`: `text/markdown` for who accepts that by name.',
  },
};

export function tokenOperation(sofa: SofaOperation, field: Field, view: RestView, examples: RecordedExamples): object {
  const answers = examples.answers[field.name] ?? [];
  const { schema } = sofa.responses[200].content['application/json'];
  const text = texts[view.textField ?? ''];
  const textContent = text && { schema: text.schema, examples: exampleObjects(answers.filter(({ body }) => typeof body === 'string')) };
  return {
    operationId: `get${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`,
    tags: sofa.tags,
    summary: view.summary,
    description: `${field.description} No key and no header is needed: the token in the path is what lets the request in.`,
    security: [],
    parameters: [...(sofa.parameters ?? []).map((parameter) => describedParameter(parameter, field.args)), ...headerParameterReferences],
    responses: {
      200: {
        description: text?.when ?? 'What was asked for.',
        headers: headerReferences(contextHeaders),
        content: {
          ...(textContent && { 'text/plain': textContent, 'text/markdown': textContent }),
          'application/json': { schema, examples: exampleObjects(answers.filter(({ body }) => typeof body !== 'string')) },
        },
      },
      304: { $ref: '#/components/responses/UnchangedContext' },
      ...problemReferences([
        ...(view.refusals.includes(400) ? (['NotADay'] as const) : []),
        'NotShared',
        'UnknownToken',
        'TooManyReads',
        'ContextInternalError',
        'ContextUnavailable',
      ]),
    },
  };
}

/** The 304 that these operations share. */
export const unchangedContext = {
  UnchangedContext: {
    description: 'What the runner shares has not changed since the ETag was given; there is no body.',
    headers: headerReferences(contextHeaders),
  },
};
