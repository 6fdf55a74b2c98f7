/**
 * Sofa, which makes one REST route and its operation document out of each documented field of the public schema.
 * It is used for just that: callers, limits, parameters and errors are settled before and after it.
 */
import { type DocumentNode, type ExecutionArgs, execute, type GraphQLSchema, isScalarType } from 'graphql';
import { useSofa } from 'sofa-api';
import { restViewOf } from '../../schema/rest-view.ts';
import type { Context } from '../domain/context.ts';
import { notFound } from '../domain/errors.ts';
import { withoutNulls } from '../domain/json.ts';
import { isTemplatePage, type JsonObject, readTemplatePage } from './template-pages.ts';

export interface RestRoutes {
  /**
   * What one GET finds. `pathAndQuery` must name a known route with canonical parameters.
   *
   * @throws what the resolver threw; NOT_FOUND when it gave null.
   */
  get(pathAndQuery: string, ctx: Context): Promise<Found>;
  /** The OpenAPI document as Sofa makes it, before `openapi/` completes it. */
  openApiDocument: Record<string, unknown>;
}

/** A JSON object and its text, nulls left out. */
interface Found {
  value: JsonObject;
  json: string;
}

/** What one execution leaves for whoever asked for it; Sofa's own answer carries neither errors nor values out. */
interface Exchange {
  ctx: Context;
  found?: Found | null;
  error?: unknown;
}

export function createRestRoutes(schema: GraphQLSchema, basePath: string): RestRoutes {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const routes = fields.map((field) => {
    const view = restViewOf(field.extensions);
    return [`Query.${field.name}`, { path: view?.path ?? field.name, tags: view ? [view.tag] : [] }] as const;
  });
  const exchanges = new WeakMap<Context, Exchange>();

  const sofa = useSofa({
    basePath,
    schema,
    routes: Object.fromEntries(routes),
    customScalars: jsonSchemasOfScalars(schema),
    // An endpoint must be named or no paths are made; requests never reach it.
    openAPI: { endpoint: '/openapi.json', openapi: '3.1.0' as '3.0.1', info: {} } as never,
    swaggerUI: { endpoint: false } as never,
    context: (server: unknown) => (server as { exchange: Exchange }).exchange.ctx,
    async execute(args: ExecutionArgs) {
      const exchange = exchanges.get(args.contextValue as Context);
      const field = fields.find((candidate) => args.operationName === `${candidate.name}_query`);
      if (!exchange || !field) throw new Error(`no exchange for ${args.operationName}`);
      const ask = async (document: DocumentNode) => {
        const result = await execute({ ...args, document, schema });
        if (result.errors) throw result.errors[0]?.originalError ?? result.errors[0];
        return (result.data as Record<string, JsonObject | null | undefined> | null | undefined)?.[field.name] ?? null;
      };
      try {
        const { atHand } = exchange.ctx;
        const read = isTemplatePage(field) ? readTemplatePage(field, args.document, atHand, ask) : readWhole(() => ask(args.document));
        exchange.found = await read;
      } catch (error) {
        exchange.error = error;
      }
      // What is found goes out as text that is already written; Sofa has nothing more to do with it.
      return { data: { [field.name]: {} } } as never;
    },
    errorHandler(errors: readonly unknown[]) {
      throw errors[0];
    },
  });

  return {
    async get(pathAndQuery, ctx) {
      const exchange: Exchange = { ctx };
      exchanges.set(ctx, exchange);
      const response = await sofa.handleRequest(new Request(`http://gateway${pathAndQuery}`), { exchange } as never);
      if (exchange.error) throw exchange.error;
      if (exchange.found === undefined) throw new Error(`Sofa answered ${response.status} without executing anything`);
      if (exchange.found === null) throw notFound();
      return exchange.found;
    },
    openApiDocument: (sofa as unknown as { openAPIDocument: Record<string, unknown> }).openAPIDocument,
  };
}

/**
 * What OpenAPI says of our scalars. Sofa writes parameter descriptions into the object it is given (router.js), so
 * every look-up gets a copy of its own.
 */
function jsonSchemasOfScalars(schema: GraphQLSchema): Record<string, object> {
  const schemas: Record<string, object> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    const { jsonSchema } = type.extensions as { jsonSchema?: object };
    if (!isScalarType(type) || !jsonSchema) continue;
    Object.defineProperty(schemas, type.name, { enumerable: true, get: () => structuredClone(jsonSchema) });
  }
  return schemas;
}

async function readWhole(ask: () => Promise<JsonObject | null>): Promise<Found | null> {
  const data = await ask();
  if (!data) return null;
  const value = withoutNulls(data);
  return { value, json: JSON.stringify(value) };
}
