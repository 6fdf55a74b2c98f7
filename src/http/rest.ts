/** The REST door: the documented fields of the public schema, one path each. */
import type { GraphQLArgument } from 'graphql';
import { publicSchema } from '../../schema/index.ts';
import { restViewOf } from '../../schema/rest-view.ts';
import { DomainError } from '../domain/errors.ts';
import { problem, refusalOf } from './errors.ts';
import type { Answer, Ask, Door } from './exchange.ts';
import { admit, type Gate } from './gate.ts';
import { compressed, withEtag } from './headers.ts';
import { readQueryParameters } from './query-parameters.ts';
import { createRestRoutes } from './sofa.ts';

/** Under which every documented path stands. */
export const restBasePath = '/api';

interface Endpoint {
  pattern: RegExp;
  /** Arguments that stand in the query string. */
  queryArgs: readonly GraphQLArgument[];
}

const endpoints: Endpoint[] = Object.values(publicSchema.getQueryType()?.getFields() ?? {}).map((field) => {
  const path = restViewOf(field.extensions)?.path ?? '';
  return {
    pattern: new RegExp(`^${restBasePath}${path.replace(/:[^/]+/g, '[^/]+')}$`),
    queryArgs: field.args.filter((arg) => !path.includes(`:${arg.name}`)),
  };
});

const routes = createRestRoutes(publicSchema, restBasePath);

export const sofaDocument = routes.openApiDocument;

/** Answers GET and HEAD on the documented paths; every other path under /api is 404, every other method 405. */
export const restDoor =
  (gate: Gate): Door =>
  async (ask) => {
    const { log } = gate.base;
    let headers: Record<string, string> = { Vary: 'X-API-Key, Authorization, Accept-Encoding' };
    try {
      const endpoint = endpoints.find(({ pattern }) => pattern.test(ask.path));
      if (!endpoint) throw new DomainError('NOT_FOUND', 'There is no such resource.');
      if (ask.method !== 'GET' && ask.method !== 'HEAD') {
        headers = { ...headers, Allow: 'GET, HEAD' };
        throw new DomainError('METHOD_NOT_ALLOWED', `${ask.method} is not possible here; GET and HEAD are.`);
      }
      const admission = await admit(gate, ask);
      headers = { ...headers, ...admission.headers };
      if (admission.refusal) throw admission.refusal;
      if (admission.caller.kind === 'anonymous') throw new DomainError('UNAUTHENTICATED', 'The credentials are missing or not valid.');
      if (!isPlainPath(ask.path)) throw new DomainError('NOT_FOUND', 'There is no such resource.');
      const parameters = readQueryParameters(ask.query, endpoint.queryArgs);
      const { value, json } = await routes.get(`${ask.path}?${parameters}`, admission.ctx);
      return await represent(ask, json, { ...headers, ...linkHeader(value.next) });
    } catch (thrown) {
      const answer = problem(refusalOf(thrown, log, ask.requestId), ask.requestId);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    }
  };

/** False for a path that Sofa's router would tidy up (dot segments, backslashes, #) or cannot decode: it names nothing here. */
function isPlainPath(path: string): boolean {
  try {
    decodeURIComponent(path);
  } catch {
    // A URIError is how JavaScript says that the percent-encoding is not UTF-8.
    return false;
  }
  return new URL(`http://gateway${path}`).pathname === path;
}

/** The address of the next page as a header too (RFC 8288), for clients that follow links without reading bodies. */
const linkHeader = (next: unknown): Record<string, string> => (typeof next === 'string' ? { Link: `<${next}>; rel="next"` } : {});

async function represent(ask: Ask, json: string, headers: Record<string, string>): Promise<Answer> {
  const answer = {
    status: 200,
    headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'private, no-cache' },
    body: json,
  };
  return compressed(withEtag(answer, ask), ask);
}
