/** The REST door: the documented fields of the public schema, one path each. */
import type { GraphQLArgument, GraphQLField } from 'graphql';
import { publicSchema, schema } from '../../schema/index.ts';
import { type RestView, restViewOf } from '../../schema/rest-view.ts';
import type { Context } from '../domain/context.ts';
import { DomainError, notFound, unauthenticated } from '../domain/errors.ts';
import { openContext, stateOf } from '../domain/opened-contexts.ts';
import { countCharacters } from '../domain/runner-context/stated-size.ts';
import { prefersMarkdown } from './accept.ts';
import { type ContextPath, readContextPath } from './context-paths.ts';
import { problem, refusalOf } from './errors.ts';
import type { Answer, Ask, Door } from './exchange.ts';
import { admit, admitAnyone, type Gate } from './gate.ts';
import { catalogueKey } from './kept-answers.ts';
import { readQueryParameters, readSharedUrlParameters } from './query-parameters.ts';
import { bytesOf, type Representation, represent, representationOf } from './representation.ts';
import { createRestRoutes, type RestQuestion } from './sofa.ts';

/** Under which every documented path stands. */
export const restBasePath = '/api';

/** Under which every path holds a token. */
export const runnerContextPath = `${restBasePath}/runner-context`;

interface Endpoint {
  field: GraphQLField<unknown, unknown>;
  view: RestView;
  pattern: RegExp;
  /** Arguments that stand in the path, in its order, and those in the query string. */
  pathArgs: readonly string[];
  queryArgs: readonly GraphQLArgument[];
}

const endpoints: Endpoint[] = Object.values(publicSchema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
  const view = restViewOf(field.extensions);
  if (!view) return [];
  const { path } = view;
  return {
    field,
    view,
    pattern: new RegExp(`^${restBasePath}${path.replace(/:[^/]+/g, '([^/]+)')}$`),
    pathArgs: [...path.matchAll(/:([^/]+)/g)].map(([, name = '']) => name),
    queryArgs: field.args.filter((arg) => !path.includes(`:${arg.name}`)),
  };
});

const jsonType = 'application/json; charset=utf-8';
const textType = 'text/plain; charset=utf-8';
const markdownType = 'text/markdown; charset=utf-8';

const keyHeaders = () => ({ Vary: 'X-API-Key, Authorization, Accept-Encoding' });
const tokenHeaders = () => ({ Vary: 'Accept, Accept-Encoding', 'X-Robots-Tag': 'noindex, nofollow' });

const routes = createRestRoutes(publicSchema, schema, restBasePath);

export const sofaDocument = routes.openApiDocument;

/** Answers GET and HEAD on the documented paths and those that stand for them; every other path under /api is 404, every other method 405. */
export const restDoor =
  (gate: Gate): Door =>
  async (ask) => {
    // What every answer will carry, a refusal too; added to on the way.
    const headers: Record<string, string> = ask.path.startsWith(`${runnerContextPath}/`) ? tokenHeaders() : keyHeaders();
    try {
      const said = readContextPath(ask.path, runnerContextPath);
      const endpoint = endpoints.find(({ pattern }) => pattern.test(said?.path ?? ask.path));
      if (!endpoint) throw notFound();
      const { path, security } = endpoint.view;
      Object.assign(ask.observed, { door: security === 'token' ? 'context' : 'rest', operation: path });
      if (ask.method !== 'GET' && ask.method !== 'HEAD') {
        headers.Allow = 'GET, HEAD';
        throw new DomainError('METHOD_NOT_ALLOWED', `${ask.method} is not possible here; GET and HEAD are.`);
      }
      if (security === 'token') return await answerToken(gate, ask, endpoint, headers, said);
      return await answerKey(gate, ask, endpoint, headers);
    } catch (thrown) {
      const refusal = refusalOf(thrown, gate.base.log, ask.requestId);
      ask.observed.codes = [refusal?.code ?? 'INTERNAL'];
      const answer = problem(refusal, ask.requestId);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    }
  };

/** Answers partners and operators. */
async function answerKey(gate: Gate, ask: Ask, endpoint: Endpoint, headers: Record<string, string>): Promise<Answer> {
  const admission = await admit(gate, ask);
  Object.assign(headers, admission.headers);
  if (admission.refusal) throw admission.refusal;
  const { caller } = admission;
  if (caller.kind === 'anonymous') throw unauthenticated();
  if (!isPlainPath(ask.path)) throw notFound();
  const parameters = readQueryParameters(ask.query, endpoint.queryArgs);
  const make = async () => {
    const { value, json } = await routes.get(questionOf(endpoint, ask.path, parameters), admission.context());
    return representationOf(json, { 'Content-Type': jsonType, 'Cache-Control': 'private, no-cache', ...linkHeader(value.next) });
  };
  const key = catalogueKey(endpoint.view, caller, ask.path, parameters);
  return represent(key === null ? await make() : await gate.base.atHand.getOrMake(key, make, bytesOf), ask, headers);
}

/** What has been read through a link, and what its owner is told was read. */
interface KeptReading extends Representation {
  sections: readonly string[];
  isText: boolean;
}

/** Answers whoever has the address; an API key, a session or a cookie in the request is not looked at. */
async function answerToken(
  gate: Gate,
  ask: Ask,
  endpoint: Endpoint,
  headers: Record<string, string>,
  said: ContextPath | null,
): Promise<Answer> {
  if (!isPlainPath(ask.path)) throw notFound();
  const ctx = admitAnyone(gate, ask).context();
  const parameters = readSharedUrlParameters(ask.query, endpoint.queryArgs);
  for (const { name } of endpoint.queryArgs) {
    const text = said?.parameters[name];
    if (text !== undefined) parameters.set(name, decodeURIComponent(text));
  }
  const path = said?.path ?? ask.path;
  const question = questionOf(endpoint, path, parameters);
  const opened = await openContext(ctx, question.values.token ?? '');
  const make = () => read(endpoint.view, question, { opened, ...ctx });
  const kept = await ctx.atHand.getOrMake(`${stateOf(opened, ctx.now())} ${endpoint.view.path}?${parameters}`, make, bytesOf);
  ctx.contextLinks.reads.count(opened.link.id, kept.sections, ctx.client);
  const type = !kept.isText ? jsonType : prefersMarkdown(ask.header('accept')) ? markdownType : textType;
  headers['Cache-Control'] = 'private, max-age=3600';
  return represent(kept, ask, headers, type);
}

/** Reads, without counting: what is sent again counts again. */
async function read({ textField }: RestView, question: RestQuestion, ctx: Context): Promise<KeptReading> {
  const sections: string[] = [];
  const reads = { ...ctx.contextLinks.reads, count: (_linkId: string, counted: readonly string[]) => void sections.push(...counted) };
  const found = await routes.get(question, { ...ctx, contextLinks: { ...ctx.contextLinks, reads } });
  const { value } = found;
  const markdown = textField === undefined ? undefined : value[textField];
  const isText = typeof markdown === 'string' && question.values.format !== 'json';
  const body = isText ? markdown : found.json;
  const characters: Record<string, string> =
    typeof markdown === 'string' ? { 'X-Context-Characters': String(countCharacters(markdown)) } : {};
  // The moment of rendering is no news. Everything else is: the document names the runner's own day, so that the tag
  // changes at their midnight, and it changes with what the link shows, not with what it hides.
  const lasting = typeof value.generated_at === 'string' ? body.replaceAll(value.generated_at, '') : body;
  return { ...representationOf(body, characters, lasting), sections, isText };
}

function questionOf({ field, pattern, pathArgs }: Endpoint, path: string, parameters: URLSearchParams): RestQuestion {
  const [, ...found] = pattern.exec(path) ?? [];
  const inPath = pathArgs.map((name, index) => [name, decodeURIComponent(found[index] ?? '')]);
  return { field, pathAndQuery: `${path}?${parameters}`, values: Object.fromEntries([...inPath, ...parameters]) };
}

/** False for a path that a URL would tidy up (dot segments, backslashes, #) or cannot decode: it names nothing here. */
function isPlainPath(path: string): boolean {
  if (/^[\w/-]+$/.test(path)) return true;
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
