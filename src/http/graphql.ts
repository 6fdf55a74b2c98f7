/** The GraphQL door: the whole schema for sessions, the public part of it for partners and for nobody in particular. */
import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor';
import { type ExecutionArgs, execute, Kind } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { publicSchema, schema } from '../../schema/index.ts';
import { takesLargeInput } from '../../schema/rest-view.ts';
import type { Caller } from '../domain/caller.ts';
import type { Context } from '../domain/context.ts';
import { DomainError, invalid } from '../domain/errors.ts';
import { graphqlRefusal, refusalHeaders, refusalOf, statusOf } from './errors.ts';
import type { Ask } from './exchange.ts';
import { type Admission, admit, type Gate } from './gate.ts';
import { graphiqlPage } from './graphiql.ts';
import { boundedCost } from './graphql-cost.ts';
import { wordedErrors } from './graphql-errors.ts';
import { answerOnce } from './graphql-kept.ts';
import { observedErrors, observedOperations } from './graphql-observation.ts';
import { isJson } from './headers.ts';
import type { Observation } from './observation.ts';
import { readBody } from './request-body.ts';
import { sessionInCookie } from './session-cookie.ts';
import { variableFaults } from './variable-faults.ts';

export const graphqlPath = '/graphql';

/** Bytes of a request's body: for a question, and for an import by those who may import. */
const bodyBytesMax = { question: 100_000, import: 25_000_000 };

interface ServerContext {
  ctx: Context;
  bodyBytes: number;
  observed: Observation;
}

export function createGraphqlDoor(gate: Gate) {
  const yoga = createYoga<ServerContext, Context>({
    graphqlEndpoint: graphqlPath,
    schema: ({ ctx }) => (hasSession(ctx.caller) ? schema : publicSchema),
    context: ({ ctx }) => ctx,
    plugins: [
      EnvelopArmorPlugin({
        // A plan with weeks, days and sessions is 8 deep.
        maxDepth: { n: 12 },
        maxAliases: { n: 15 },
        maxDirectives: { n: 20 },
        // GraphiQL's introspection has 184. Validation compares every two equal fields, so its time grows with the square.
        maxTokens: { n: 1_000 },
        // `boundedCost` does it, with the sizes of pages.
        costLimit: { enabled: false },
        // The schema can be introspected; "did you mean" tells nothing that it does not.
        blockFieldSuggestion: { enabled: false },
      }) as Plugin,
      inTheOrderAsked,
      observedOperations,
      onlyImportsMayBeLarge,
      boundedCost,
      variableFaults,
      wordedErrors,
      observedErrors,
    ],
    // `wordedErrors` does it, with the request's id.
    maskedErrors: false,
    // Reflecting any origin with credentials is Yoga's default; no browser of another origin has business here.
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    batching: false,
  });

  /** @throws what admission, the method, the parameters of a GET and the body's size refuse. */
  async function respond(request: Request, { caller, context, refusal }: Admission, observed: Observation): Promise<Response> {
    if (refusal) throw refusal;
    const ctx = context();
    const { method, url, headers } = request;
    if (method !== 'GET' && method !== 'POST') {
      throw new DomainError('METHOD_NOT_ALLOWED', `${method} is not possible here; GET and POST are.`);
    }
    if (method === 'GET') requireJsonParameters(new URL(url).searchParams);
    else if (!isJson(headers.get('content-type'))) return refuse(notJson, 415, ctx.requestId);
    const body = await readBody(request, hasSession(caller) ? bodyBytesMax.import : bodyBytesMax.question);
    const told = { ctx, bodyBytes: body?.byteLength ?? 0, observed };
    const answer = async () => yoga.fetch(new Request(url, { method, headers, body }), told);
    const response = await answerOnce(ctx, { body, accept: headers.get('accept'), observed }, answer);
    // Yoga leaves this one without a body.
    return response.status === 406 ? refuse(notAcceptable, 406, ctx.requestId) : response;
  }

  return async (request: Request, ask: Ask): Promise<Response> => {
    if (request.method === 'GET' && ask.query === '' && /text\/html/.test(ask.header('accept') ?? '')) {
      ask.observed.operation = 'graphiql';
      return graphiqlPage(ask);
    }
    let headers: Record<string, string> = { 'Cache-Control': 'no-store' };
    try {
      const admission = await admit(gate, ask, sessionInCookie(ask, gate.base.publicUrl));
      headers = { ...headers, ...admission.headers };
      const response = await respond(request, admission, ask.observed);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    } catch (thrown) {
      const refusal = refusalOf(thrown, gate.base.log, ask.requestId);
      ask.observed.codes = [refusal?.code ?? 'INTERNAL'];
      return refuse(refusal, refusal ? statusOf[refusal.code].status : 500, ask.requestId, headers);
    }
  };
}

const hasSession = ({ kind }: Caller) => kind !== 'partner' && kind !== 'anonymous';

const notJson = new DomainError('INVALID', 'Send the body as application/json.');
const notAcceptable = new DomainError(
  'INVALID',
  'The answer is application/json or application/graphql-response+json; accept one of them.',
);

function refuse(refusal: DomainError | null, status: number, requestId: string, headers: Record<string, string> = {}): Response {
  const allow: Record<string, string> = refusal?.code === 'METHOD_NOT_ALLOWED' ? { Allow: 'GET, POST' } : {};
  return Response.json(
    { errors: [graphqlRefusal(refusal, requestId)] },
    { status, headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers, ...allow, ...refusalHeaders(refusal) } },
  );
}

/** @throws INVALID: Yoga would report a broken parameter of a GET as a defect of ours. */
function requireJsonParameters(parameters: URLSearchParams): void {
  for (const name of ['variables', 'extensions']) {
    try {
      JSON.parse(parameters.get(name) || '{}');
    } catch {
      throw invalid([{ path: name, message: 'must be JSON' }]);
    }
  }
}

/**
 * Fields of an answer stand in the order of the question (GraphQL, 7.2.2): Yoga's own executor writes them down as they come.
 * It is that which tells Yoga of the status of what could not be executed at all, too.
 */
const inTheOrderAsked: Plugin = {
  onExecute({ setExecuteFn }) {
    setExecuteFn(execute);
    return {
      onExecuteDone({ result }) {
        if (Symbol.asyncIterator in result || 'data' in result) return;
        for (const { extensions } of result.errors ?? []) extensions.http = { status: 400 };
      },
    };
  },
};

/** Sessions may send 25 MB, and only to fields that are made for it. */
const onlyImportsMayBeLarge: Plugin<Context, ServerContext> = {
  onExecute({ args }) {
    const { contextValue, schema: asked, document } = args as ExecutionArgs;
    if ((contextValue as ServerContext).bodyBytes <= bodyBytesMax.question) return;
    const mutations = asked.getMutationType()?.getFields() ?? {};
    const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    const selections = operations.flatMap((operation) => operation.selectionSet.selections);
    const allImports = selections.every(
      (field) => field.kind === Kind.FIELD && takesLargeInput(mutations[field.name.value]?.extensions ?? {}),
    );
    if (!allImports) {
      throw new DomainError('PAYLOAD_TOO_LARGE', `Only imports may be larger than ${bodyBytesMax.question} bytes.`);
    }
  },
};
