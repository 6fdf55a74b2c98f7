/** The gateway as one function from request to answer: its doors, in the order they are tried. */
import { randomUUID } from 'node:crypto';
import { notFound } from './domain/errors.ts';
import { docsDoor } from './http/docs.ts';
import { problem } from './http/errors.ts';
import type { Answer, Ask, Door } from './http/exchange.ts';
import type { Gate } from './http/gate.ts';
import { createGraphqlDoor, graphqlPath } from './http/graphql.ts';
import { guidePaths, guidesDoor } from './http/guides.ts';
import { commonHeaders } from './http/headers.ts';
import { livenessDoor, readinessDoor } from './http/health.ts';
import { createMcpDoor, isMcpPath } from './http/mcp/door.ts';
import { restBasePath, restDoor } from './http/rest.ts';
import { robotsDoor } from './http/robots.ts';
import { sessionDoor } from './http/session.ts';

export interface AppParts {
  gate: Gate;
  /** Whom partners write to, for the API's documentation. */
  contactEmail: string | undefined;
  /** True once the process has been asked to stop. */
  isDraining: () => boolean;
}

export interface App {
  /** Any request, as a whole: what tests, the GraphQL and the MCP door use. */
  fetch(request: Request, address?: string | null): Promise<Response>;
  /** A request without a body, for the doors that only read; null when it is not theirs. */
  read(ask: Ask): Promise<Answer> | null;
}

export function createApp({ gate, contactEmail, isDraining }: AppParts): App {
  const graphql = createGraphqlDoor(gate);
  const mcp = createMcpDoor(gate);
  const doors: [pattern: RegExp, door: Door][] = [
    [/^\/livez$/, livenessDoor],
    [/^\/readyz$/, readinessDoor(gate.base.db, isDraining)],
    [/^\/api\/(docs($|\/)|openapi\.json$)/, docsDoor({ publicUrl: gate.base.publicUrl, contactEmail })],
    [new RegExp(`^${restBasePath}(/|$)`), restDoor(gate)],
    [guidePaths, guidesDoor({ publicUrl: gate.base.publicUrl, contactEmail })],
    [/^\/session$/, sessionDoor(gate)],
    [/^\/robots\.txt$/, robotsDoor],
    [/^\/$/, async () => ({ status: 302, headers: { Location: '/api/docs' }, body: '' })],
    [/^/, async (ask) => problem(notFound(), ask.requestId)],
  ];

  function read(ask: Ask): Promise<Answer> | null {
    // No Request can be made with TRACE (Fetch, 2.2.1).
    if ((ask.path === graphqlPath || isMcpPath(ask.path)) && ask.method !== 'TRACE') return null;
    const [, door] = doors.find(([pattern]) => pattern.test(ask.path)) ?? [];
    return door ? answer(ask, door) : null;
  }

  async function answer(ask: Ask, door: Door): Promise<Answer> {
    const { status, headers, body } = await door(ask);
    const length: Record<string, string> = status === 304 || status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    return {
      status,
      headers: { ...commonHeaders, 'X-Request-Id': ask.requestId, ...headers, ...length },
      body: ask.method === 'HEAD' ? '' : body,
    };
  }

  return {
    read,
    async fetch(request, address = null) {
      const ask = askOf(request, address);
      const answered = await read(ask);
      if (answered) {
        const body = answered.body === '' ? null : (answered.body as Uint8Array<ArrayBuffer>);
        return new Response(body, { status: answered.status, headers: answered.headers });
      }
      const response = await (isMcpPath(ask.path) ? mcp : graphql)(request, ask);
      for (const [name, value] of Object.entries({ ...commonHeaders, 'X-Request-Id': ask.requestId })) response.headers.set(name, value);
      return response;
    },
  };
}

/** The caller's own id for the request when it is harmless to repeat, else a new one. */
export function requestIdOf(given: string | null | undefined): string {
  return given && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}

function askOf(request: Request, address: string | null): Ask {
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
