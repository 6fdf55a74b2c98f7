/** The MCP door: a runner's context as tools, at its own address. The token in it is all that a client shows. */
import type { Context } from '../../domain/context.ts';
import { DomainError, notFound } from '../../domain/errors.ts';
import { refusalHeaders, refusalOf, statusOf } from '../errors.ts';
import type { Ask } from '../exchange.ts';
import { admitAnyone, type Gate } from '../gate.ts';
import { isJson } from '../headers.ts';
import { readBody } from '../request-body.ts';
import { runnerContextPath } from '../rest.ts';
import { openReading } from './reading.ts';

const mcpPath = new RegExp(`^${runnerContextPath}/([^/]+)/mcp$`);

/** Whether a path is this door's. */
export const isMcpPath = (path: string): boolean => mcpPath.test(path);

/** As those who watch are told. */
export const mcpOperation = '/runner-context/:token/mcp';

/** Bytes of a message: tools take a few words. */
const bodyBytesMax = 100_000;

/** JSON-RPC leaves this code to servers; what exactly was wrong stands in `data.code`. */
const refusedCode = -32_000;

const headers = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' };

/** What a message is answered by, once its link has been found to be in force. */
export type AnswerMessage = (request: Request, ctx: Context, token: string, message: unknown) => Promise<Response>;

/** The door as it is opened for everyone. The SDK costs a fifth of a second to load, so it waits for the first message. */
const answerContext: AnswerMessage = async (request, ctx, token, message) => {
  const reading = await openReading(ctx, token);
  const [{ createContextServer }, { exchangeMessage }, { refuseParams }] = await Promise.all([
    import('./server.ts'),
    import('./exchange.ts'),
    import('./message-params.ts'),
  ]);
  const refused = refuseParams(message);
  if (refused) return refused;
  const server = createContextServer(reading, (thrown) => refusalOf(thrown, ctx.log, ctx.requestId));
  return exchangeMessage(server, request, message);
};

/** `answerMessage` is for tests of the protocol, which need tools that no runner has. */
export function createMcpDoor(gate: Gate, answerMessage: AnswerMessage = answerContext) {
  const hosts = knownHosts(gate.base.publicUrl);

  /** @throws what the request's origin, method, type and body, and its link, refuse. */
  async function respond(request: Request, ask: Ask): Promise<Response> {
    requireKnownHost(ask, hosts);
    if (ask.method !== 'POST') {
      throw new DomainError(
        'METHOD_NOT_ALLOWED',
        'This MCP server is stateless: it takes POST only, and has no stream to open or session to end.',
      );
    }
    if (!isJson(ask.header('content-type'))) return refuse(notJson, 415, ask.requestId);
    const [, token] = mcpPath.exec(ask.path) ?? [];
    if (!token) throw notFound();
    const message = parseMessage(await readBody(request, bodyBytesMax));
    const ctx = admitAnyone(gate, ask).context();
    const response = await answerMessage(request, ctx, token, message);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  }

  return async (request: Request, ask: Ask): Promise<Response> => {
    try {
      return await respond(request, ask);
    } catch (thrown) {
      const refusal = refusalOf(thrown, gate.base.log, ask.requestId);
      ask.observed.codes = [refusal?.code ?? 'INTERNAL'];
      return refuse(refusal, refusal ? statusOf[refusal.code].status : 500, ask.requestId);
    }
  };
}

const notJson = new DomainError('INVALID', 'Send the message as application/json.');

/** The refusal as a JSON-RPC error that answers no message in particular. */
function refuse(refusal: DomainError | null, status: number, requestId: string): Response {
  const message = refusal?.message ?? 'Something went wrong on our side. Quote the request id when you ask about it.';
  const error = { code: refusedCode, message, data: { code: refusal?.code ?? 'INTERNAL', requestId } };
  const allow: Record<string, string> = refusal?.code === 'METHOD_NOT_ALLOWED' ? { Allow: 'POST' } : {};
  return Response.json({ jsonrpc: '2.0', id: null, error }, { status, headers: { ...headers, ...allow, ...refusalHeaders(refusal) } });
}

/** @throws INVALID: newer versions of MCP have no batches, and one message is one read. */
function parseMessage(body: Uint8Array | null): unknown {
  let message: unknown;
  try {
    message = JSON.parse(Buffer.from(body ?? []).toString('utf8'));
  } catch {
    throw new DomainError('INVALID', 'The body is not JSON.');
  }
  if (Array.isArray(message)) throw new DomainError('INVALID', 'Send one message in each request; batches are not taken.');
  return message;
}

/** By name, because what a port means is for whoever opened it to know. */
const knownHosts = (publicUrl: string): string[] => [new URL(publicUrl).hostname, 'localhost', '127.0.0.1', '[::1]'];

/**
 * A page of another site that has its name point here must not reach a gateway behind a firewall through the browsers
 * there: browsers say whose page asks, and by which name.
 *
 * @throws FORBIDDEN for a Host or an Origin that is not the gateway's own.
 */
function requireKnownHost(ask: Ask, hosts: readonly string[]): void {
  const host = ask.header('host');
  const origin = ask.header('origin');
  const isKnown = (url: string) => URL.canParse(url) && hosts.includes(new URL(url).hostname);
  if (host !== null && !isKnown(`http://${host}`)) {
    throw new DomainError('FORBIDDEN', 'The Host header is not the name of this gateway (PUBLIC_URL).');
  }
  if (origin !== null && !isKnown(origin)) throw new DomainError('FORBIDDEN', 'Pages of other sites may not ask this gateway.');
}
