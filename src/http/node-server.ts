/** Between Node's HTTP server and the doors: a request in, an answer out. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ReadableStream } from 'node:stream/web';
import type { Log } from '../platform/log.ts';
import { clientAddress } from './client-address.ts';
import type { Answer, Doors, Incoming } from './exchange.ts';
import { commonHeaders } from './headers.ts';
import { requestIdOf } from './request-id.ts';

interface Serving {
  doors: Doors;
  log: Log;
  publicUrl: string | undefined;
  /** See `clientAddress`. */
  trustProxyHops: number;
  /** Whether connections should end with their answer. */
  isDraining: () => boolean;
}

/** Answers one request of Node's HTTP server. Never rejects: what a door does not catch is logged and becomes a bare 500. */
export async function answerRequest(
  { doors, log, publicUrl, trustProxyHops, isDraining }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let incoming: Incoming | undefined;
  try {
    if (isDraining()) response.setHeader('Connection', 'close');
    incoming = incomingOf(request, trustProxyHops);
    const answer = doors.read(incoming);
    if (answer) send(response, await answer);
    else await sendResponse(response, await doors.fetch(requestOf(request, incoming), incoming.address));
  } catch (error) {
    log.error({ requestId: incoming?.requestId, err: error }, 'a request failed outside its door');
    if (!response.headersSent) response.writeHead(500, commonHeaders(publicUrl));
    response.end();
  } finally {
    // What was refused unread is thrown away: the connection's next request stands behind it.
    request.resume();
  }
}

function incomingOf({ method = 'GET', url = '/', headersDistinct, socket }: IncomingMessage, trustProxyHops: number): Incoming {
  const [path = '/', ...query] = url.split('?');
  // Node's `headers` keeps the first of two Authorization headers and hides the second, which must be refused.
  const header = (name: string) => headersDistinct[name]?.join(', ') ?? null;
  const address = clientAddress(socket.remoteAddress, header('x-forwarded-for'), trustProxyHops);
  return { method, path, query: query.join('?'), header, address, requestId: requestIdOf(header('x-request-id')) };
}

function requestOf(request: IncomingMessage, { method, requestId }: Incoming): Request {
  const headers = new Headers(
    Object.entries(request.headersDistinct).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value])),
  );
  headers.set('x-request-id', requestId);
  const body = method === 'GET' || method === 'HEAD' ? null : (ReadableStream.from(bodyOf(request)) as unknown as BodyInit);
  return new Request(`http://gateway${request.url}`, { method, headers, ...(body && { body, duplex: 'half' }) });
}

/** The body, which may be left where it is in the middle: `Readable.toWeb` would take the connection down with it. */
const bodyOf = (request: IncomingMessage): AsyncIterable<Uint8Array> => request.iterator({ destroyOnReturn: false });

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers);
  response.end(body);
}

async function sendResponse(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  answer.headers.set('Content-Length', String(body.byteLength));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(body);
}
