/**
 * Sofa, which makes one REST route and its operation document out of each documented field of the public schema.
 * It is used for just that: callers, limits, parameters and errors are settled before and after it, and the document is
 * executed here, because finding the route again would take longer than executing it.
 */
import {
  type DocumentNode,
  type ExecutionArgs,
  execute,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isScalarType,
} from 'graphql';
import { useSofa } from 'sofa-api';
import { restViewOf } from '../../schema/rest-view.ts';
import type { Context } from '../domain/context.ts';
import { notFound } from '../domain/errors.ts';
import { withoutNulls } from '../domain/json.ts';
import { isTemplatePage, type JsonObject, readTemplatePage } from './template-pages.ts';

export interface RestRoutes {
  /**
   * What one GET of a field's route finds.
   *
   * @throws what the resolver threw; NOT_FOUND when it gave null.
   */
  get(question: RestQuestion, ctx: Context): Promise<Found>;
  /** The OpenAPI document as Sofa makes it, before `openapi/` completes it. */
  openApiDocument: Record<string, unknown>;
}

/** A field of the public schema, and how a GET asks for it. */
export interface RestQuestion {
  field: Field;
  /** With canonical parameters. */
  pathAndQuery: string;
  /** The same parameters, and those in the path, by the names of the field's arguments. */
  values: Record<string, string>;
}

type Field = GraphQLField<unknown, unknown>;

/** A JSON object and its text, nulls left out. */
interface Found {
  value: JsonObject;
  json: string;
}

/** Where Sofa leaves the document it would have executed. */
interface Exchange {
  document?: DocumentNode;
}

/** @param whole is the schema that `schema` is the public part of: it knows the states of templates. */
export function createRestRoutes(schema: GraphQLSchema, whole: GraphQLSchema, basePath: string): RestRoutes {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const routes = fields.map((field) => {
    const view = restViewOf(field.extensions);
    return [`Query.${field.name}`, { path: view?.path ?? field.name, tags: view ? [view.tag] : [] }] as const;
  });
  /** Sofa makes each when its route is first asked for, and always the same. */
  const documents = new Map<Field, DocumentNode>();

  const sofa = useSofa({
    basePath,
    schema,
    routes: Object.fromEntries(routes),
    customScalars: jsonSchemasOfScalars(schema),
    // An endpoint must be named or no paths are made; requests never reach it.
    openAPI: { endpoint: '/openapi.json', openapi: '3.1.0' as '3.0.1', info: {} } as never,
    swaggerUI: { endpoint: false } as never,
    context: (server: unknown) => server as object,
    async execute({ document, contextValue, operationName }: ExecutionArgs) {
      (contextValue as { exchange: Exchange }).exchange.document = document;
      return { data: { [String(operationName).replace(/_query$/, '')]: {} } } as never;
    },
    errorHandler(errors: readonly unknown[]) {
      throw errors[0];
    },
  });

  async function documentOf({ field, pathAndQuery }: RestQuestion): Promise<DocumentNode> {
    const known = documents.get(field);
    if (known) return known;
    const exchange: Exchange = {};
    const response = await sofa.handleRequest(new Request(`http://gateway${pathAndQuery}`), { exchange } as never);
    if (!exchange.document) throw new Error(`Sofa answered ${response.status} to ${field.name} without a document`);
    documents.set(field, exchange.document);
    return exchange.document;
  }

  return {
    async get(question, contextValue) {
      const { field, values } = question;
      const variableValues = Object.fromEntries(
        field.args.flatMap(({ name, type }) => (name in values ? [[name, readVariable(type, values[name])]] : [])),
      );
      const everything = await documentOf(question);
      const ask = async (document: DocumentNode) => {
        const result = await execute({ schema: whole, document, variableValues, contextValue });
        if (result.errors) throw result.errors[0]?.originalError ?? result.errors[0];
        return (result.data as Record<string, JsonObject | null | undefined> | null | undefined)?.[field.name] ?? null;
      };
      const found = isTemplatePage(field)
        ? await readTemplatePage(field, everything, contextValue.atHand, ask)
        : await readWhole(() => ask(everything));
      if (!found) throw notFound();
      return found;
    },
    openApiDocument: (sofa as unknown as { openAPIDocument: Record<string, unknown> }).openAPIDocument,
  };
}

/** A parameter, which has been checked, as a variable; what is text for its type stays text. */
function readVariable(type: GraphQLInputType, text: string | undefined): unknown {
  const { name } = getNamedType(type);
  if (name === 'Int' || name === 'Float') return Number(text);
  return name === 'Boolean' ? text === 'true' : text;
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
  return {
    value,
    // Not before it is asked for: of a context that is read as a document, only a member goes out.
    get json() {
      return JSON.stringify(value);
    },
  };
}
