/** The gateway as one function from request to answer: its doors, in the order they are tried. */
import type { ProviderSignIn } from './access/provider-sign-in.ts';
import { notFound } from './domain/errors.ts';
import { consoleDoor, consolePattern } from './http/console.ts';
import { docsDoor } from './http/docs.ts';
import { problem } from './http/errors.ts';
import type { Answer, Ask, Door, Doors, Incoming } from './http/exchange.ts';
import type { Gate } from './http/gate.ts';
import { createGraphqlDoor, graphqlPath } from './http/graphql.ts';
import { guidePaths, guidesDoor } from './http/guides.ts';
import { commonHeaders } from './http/headers.ts';
import { livenessDoor, readinessDoor } from './http/health.ts';
import { createMcpDoor, isMcpPath, mcpOperation } from './http/mcp/door.ts';
import { createObserver, type Observation, observationOf } from './http/observation.ts';
import { providerSignInDoor } from './http/provider-sign-in.ts';
import { requestIdOf } from './http/request-id.ts';
import { restBasePath, restDoor } from './http/rest.ts';
import { robotsDoor } from './http/robots.ts';
import { type SignInWay, sessionDoor } from './http/session.ts';
import type { Metrics } from './platform/metrics.ts';
import type { Tracing } from './platform/tracing.ts';

export interface AppParts {
  gate: Gate;
  /** Whom partners write to, for the API's documentation. */
  contactEmail: string | undefined;
  /** Where the built console lies; without one the start page is the API's documentation. */
  consoleFolder: string | undefined;
  /** Signing in at the identity provider; null without one, or without a client of ours there. */
  providerSignIn: ProviderSignIn | null;
  /** True once the process has been asked to stop. */
  isDraining: () => boolean;
  /** Who is told of requests, besides the log. */
  metrics?: Metrics;
  tracing?: Tracing;
}

export type App = Doors;

export function createApp({ gate, contactEmail, consoleFolder, providerSignIn, isDraining, metrics, tracing }: AppParts): App {
  const graphql = createGraphqlDoor(gate);
  const mcp = createMcpDoor(gate);
  const always = Object.entries(commonHeaders(gate.base.publicUrl));
  const observe = createObserver({ log: gate.base.log, metrics, tracing });
  // With the name it has for those who watch; where the pattern is one path, that is the operation too.
  const doors: [pattern: RegExp, door: Door, name: Observation['door'], operation?: string][] = [
    [/^\/livez$/, livenessDoor, 'health', '/livez'],
    [/^\/readyz$/, readinessDoor(gate.base.db, isDraining), 'health', '/readyz'],
    [/^\/api\/(docs($|\/)|openapi\.json$)/, docsDoor({ publicUrl: gate.base.publicUrl, contactEmail }), 'docs'],
    [new RegExp(`^${restBasePath}(/|$)`), restDoor(gate), 'rest'],
    [guidePaths, guidesDoor({ publicUrl: gate.base.publicUrl, contactEmail }), 'docs'],
    [/^\/session$/, sessionDoor(gate, waysIn(gate, providerSignIn)), 'session', '/session'],
    [/^\/session\/(start|return)$/, providerSignIn ? providerSignInDoor(gate, providerSignIn) : nothing, 'session', '/session/provider'],
    [/^\/robots\.txt$/, robotsDoor, 'other', '/robots.txt'],
    consoleFolder ? [consolePattern, consoleDoor(consoleFolder), 'console', '/'] : [/^\/$/, toDocs, 'other', '/'],
    [/^/, nothing, 'other'],
  ];

  function read(incoming: Incoming): Promise<Answer> | null {
    // No Request can be made with TRACE (Fetch, 2.2.1).
    if ((incoming.path === graphqlPath || isMcpPath(incoming.path)) && incoming.method !== 'TRACE') return null;
    const [, door, name, operation] = doors.find(([pattern]) => pattern.test(incoming.path)) ?? [];
    if (!door || !name) return null;
    const ask = { observed: observationOf(name, operation), ...incoming };
    return observe(ask, () => answer(ask, door));
  }

  async function answer(ask: Ask, door: Door): Promise<Answer> {
    const { status, headers: said, body } = await door(ask);
    const headers: Answer['headers'] = { 'X-Request-Id': ask.requestId, ...said };
    if (status !== 304 && status !== 204) headers['Content-Length'] = String(Buffer.byteLength(body));
    for (const [name, value] of always) headers[name] ??= value;
    return { status, headers, body: ask.method === 'HEAD' ? '' : body };
  }

  return {
    read,
    async fetch(request, address = null) {
      const incoming = incomingOf(request, address);
      const answered = await read(incoming);
      if (answered) {
        const body = answered.body === '' ? null : (answered.body as Uint8Array<ArrayBuffer>);
        const headers = Object.entries(answered.headers).flatMap(([name, values]) =>
          [values].flat().map((value): [string, string] => [name, value]),
        );
        return new Response(body, { status: answered.status, headers });
      }
      const isMcp = isMcpPath(incoming.path);
      const observed = isMcp ? observationOf('context', mcpOperation) : observationOf('graphql');
      const ask = { observed, ...incoming };
      const response = await observe(ask, () => (isMcp ? mcp : graphql)(request, ask));
      response.headers.set('X-Request-Id', ask.requestId);
      for (const [name, value] of always) if (!response.headers.has(name)) response.headers.set(name, value);
      return response;
    },
  };
}

const nothing: Door = async (ask) => problem(notFound(), ask.requestId);

const toDocs: Door = async () => ({ status: 302, headers: { Location: '/api/docs' }, body: '' });

/** How one can sign in to the console. */
function waysIn({ access }: Gate, providerSignIn: ProviderSignIn | null): SignInWay[] {
  if (providerSignIn) return ['provider'];
  return access.sessions.mint ? ['code'] : [];
}

function incomingOf(request: Request, address: string | null): Incoming {
  const { pathname, search } = new URL(request.url);
  const header = (name: string) => request.headers.get(name);
  return {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    header,
    address,
    requestId: requestIdOf(header('x-request-id')),
  };
}
