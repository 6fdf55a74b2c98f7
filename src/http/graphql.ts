/** The GraphQL door: the whole schema for sessions, the public part of it for partners and for nobody in particular. */
import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor';
import { type ExecutionArgs, GraphQLError, Kind } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { publicSchema, schema } from '../../schema/index.ts';
import { takesLargeInput } from '../../schema/rest-view.ts';
import type { Context } from '../domain/context.ts';
import { DomainError } from '../domain/errors.ts';
import { graphqlRefusal, refusalHeaders, refusalOf, statusOf } from './errors.ts';
import type { Ask } from './exchange.ts';
import { type Admission, admit, type Gate } from './gate.ts';
import { graphiqlPage } from './graphiql.ts';

export const graphqlPath = '/graphql';

/** Bytes of a request's body: for a question, and for an import by those who may import. */
const bodyBytesMax = { question: 100_000, import: 25_000_000 };

interface ServerContext {
  ctx: Context;
  bodyBytes: number;
}

export function createGraphqlDoor(gate: Gate) {
  const { log } = gate.base;
  const yoga = createYoga<ServerContext, Context>({
    graphqlEndpoint: graphqlPath,
    schema: ({ ctx }) => (ctx.caller.kind === 'operator' ? schema : publicSchema),
    context: ({ ctx }) => ctx,
    plugins: [
      EnvelopArmorPlugin({
        // A plan with weeks, days and sessions is 8 deep; 100 workouts with all their fields cost under 10 000.
        maxDepth: { n: 12 },
        maxAliases: { n: 15 },
        maxDirectives: { n: 20 },
        maxTokens: { n: 1_500 },
        costLimit: { maxCost: 20_000, objectCost: 2, scalarCost: 1, depthCostFactor: 1.5, ignoreIntrospection: true },
        // The schema can be introspected; "did you mean" tells nothing that it does not.
        blockFieldSuggestion: { enabled: false },
      }) as Plugin,
      onlyImportsMayBeLarge,
      everyErrorHasACode,
    ],
    maskedErrors: {
      maskError(error) {
        // Errors of GraphQL itself (syntax, validation, variables) are written for the caller already.
        if (error instanceof GraphQLError && !error.originalError) return error;
        const { message, extensions } = graphqlRefusal(refusalOf(error, log, ''), '');
        const { nodes, path } = error as GraphQLError;
        return new GraphQLError(message, { nodes, path, extensions });
      },
    },
    // Reflecting any origin with credentials is Yoga's default; no browser of another origin has business here.
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    batching: false,
  });

  /** @throws what admission and the body's size refuse. */
  async function respond(request: Request, { caller, ctx, refusal }: Admission): Promise<Response> {
    if (refusal) throw refusal;
    const body = await readBody(request, caller.kind === 'operator' ? bodyBytesMax.import : bodyBytesMax.question);
    const { method, url, headers } = request;
    return yoga.fetch(new Request(url, { method, headers, body }), { ctx, bodyBytes: body?.byteLength ?? 0 });
  }

  return async (request: Request, ask: Ask): Promise<Response> => {
    if (request.method === 'GET' && ask.query === '' && /text\/html/.test(ask.header('accept') ?? '')) return graphiqlPage(ask);
    let headers: Record<string, string> = {};
    try {
      const admission = await admit(gate, ask);
      headers = admission.headers;
      const response = await respond(request, admission);
      for (const [name, value] of Object.entries({ 'Cache-Control': 'no-store', ...headers })) response.headers.set(name, value);
      return response;
    } catch (thrown) {
      const refusal = refusalOf(thrown, log, ask.requestId);
      return Response.json(
        { errors: [graphqlRefusal(refusal, ask.requestId)] },
        { status: refusal ? statusOf[refusal.code].status : 500, headers: { ...headers, ...refusalHeaders(refusal) } },
      );
    }
  };
}

/** The body, read no further than the limit. */
async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!request.body) return null;
  const tooLarge = () => new DomainError('PAYLOAD_TOO_LARGE', `The body is larger than the ${limit} bytes that are allowed.`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Operators may send 25 MB, and only to fields that are made for it. */
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

/** Clients branch on `extensions.code`; GraphQL's own errors have none. */
const everyErrorHasACode: Plugin = {
  onResultProcess({ result, setResult }) {
    if (Array.isArray(result) || Symbol.asyncIterator in result || !('errors' in result) || !result.errors) return;
    const errors = result.errors.map((error) => (error.extensions.code ? error : withCode(error)));
    setResult({ ...result, errors });
  },
};

function withCode(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, path, originalError, extensions } = error;
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions: { ...extensions, code: 'INVALID' } });
}
