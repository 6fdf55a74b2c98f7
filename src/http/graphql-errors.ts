/** How /graphql says no: every error has one of the documented codes and the request's id, and nothing of ours in it. */
import { PothosValidationError } from '@pothos/core';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../domain/context.ts';
import type { ErrorCode, Fault } from '../domain/errors.ts';
import { graphqlRefusal, refusalHeaders, refusalOf, statusOf } from './errors.ts';
import { withoutTokens } from './path-for-log.ts';

/** What Yoga makes of an error's `extensions.http`. `spec`: the status holds for application/graphql-response+json only. */
interface HttpExtension {
  status?: number;
  headers?: Record<string, string>;
  spec?: boolean;
}

/** A refusal that ends the whole request says so in its HTTP status too; others stand beside data, under 200. */
const codesWithStatus: readonly string[] = ['PAYLOAD_TOO_LARGE', 'UNAVAILABLE', 'INTERNAL'];

/** Words every error for the caller. Logs defects with the request's id and masks them. */
export const wordedErrors: Plugin<object, { ctx: Context }> = {
  onResultProcess({ result, setResult, serverContext }) {
    if (Array.isArray(result) || Symbol.asyncIterator in result || !('errors' in result) || !result.errors) return;
    const hasData = result.data != null;
    const isEmpty = Object.values(result.data ?? {}).every((value) => value === null);
    setResult({
      ...result,
      errors: result.errors.map((error) =>
        isForCaller(error) ? ofGraphql(error, serverContext.ctx, hasData) : ofOurs(error, serverContext.ctx, hasData, isEmpty),
      ),
    });
  },
};

function thrownBehind(error: GraphQLError): unknown {
  let thrown: unknown = error;
  while (thrown instanceof GraphQLError && thrown.originalError) thrown = thrown.originalError;
  return thrown;
}

/**
 * Whether GraphQL itself wrote the error about the request: syntax, validation, variables, arguments. An error at a
 * path that points to no place in the document is about a value of ours that its type refused.
 */
function isForCaller(error: GraphQLError): boolean {
  const thrown = thrownBehind(error);
  // Pothos' own words about the arguments of connections (plugin-relay, plugin-prisma).
  if (thrown instanceof PothosValidationError) return true;
  return thrown instanceof GraphQLError && (error.path === undefined || thrown.nodes !== undefined);
}

function ofGraphql(error: GraphQLError, { requestId }: Context, hasData: boolean): GraphQLError {
  const { message, nodes, source, positions, path } = error;
  const given = error.extensions.http as HttpExtension | undefined;
  const errors = faultsWithoutTokens(error);
  // `originalError` is Yoga's mark of a body that is no JSON, which is 400 for every kind of client.
  const http = given
    ? { ...given, spec: given.spec && !error.extensions.originalError }
    : hasData
      ? undefined
      : { status: 400, spec: true };
  const code: ErrorCode = http?.status === statusOf.METHOD_NOT_ALLOWED.status ? 'METHOD_NOT_ALLOWED' : 'INVALID';
  return new GraphQLError(withoutTokens(message), {
    nodes,
    source,
    positions,
    path,
    extensions: { code, requestId, ...(errors && { errors }), ...(http && { http }) },
  });
}

/** What `variableFaults` found. */
function faultsWithoutTokens({ extensions }: GraphQLError): Fault[] | undefined {
  const faults = extensions.errors as Fault[] | undefined;
  return faults?.map(({ path, message }) => ({ path: withoutTokens(path), message: withoutTokens(message) }));
}

/** `isEmpty`: nothing was answered but null, which must not be taken for "there is none" while the database is away. */
function ofOurs(error: GraphQLError, { log, requestId }: Context, hasData: boolean, isEmpty: boolean): GraphQLError {
  const refusal = refusalOf(thrownBehind(error), log, requestId);
  const { message, extensions } = graphqlRefusal(refusal, requestId);
  const status = refusal ? statusOf[refusal.code].status : 500;
  const endsRequest = extensions.code === 'UNAVAILABLE' ? isEmpty : !hasData && codesWithStatus.includes(extensions.code);
  const http = endsRequest && { http: { status, headers: refusalHeaders(refusal) } };
  return new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions: { ...extensions, ...http } });
}
