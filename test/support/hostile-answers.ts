/** What may be answered to a request that means harm: judged by the OpenAPI document where it speaks, by the doors' own words elsewhere. */
import { METHODS } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { readContextPath } from '../../src/http/context-paths.ts';
import { statusOf } from '../../src/http/errors.ts';
import { commonHeaders } from '../../src/http/headers.ts';
import { publicUrl } from './gateway.ts';
import type { HostileRequest } from './hostile-requests.ts';
import { type DocumentedOperation, faultsBySchema, faultsOf, operations } from './openapi-document.ts';

export interface HostileAnswer {
  status: number;
  /** Without those of the connection. */
  headers: Headers;
  body: Buffer;
}

const problemSchema = { $ref: '#/components/schemas/Problem' };
const codes = [...Object.keys(statusOf), 'INTERNAL'];

const patterns = operations.map((operation) => ({ operation, pattern: new RegExp(`^/api${operation.path.replace(/\{\w+\}/, '[^/]+')}$`) }));

function operationAt(path: string): DocumentedOperation | undefined {
  const meant = readContextPath(path, '/api/runner-context')?.path ?? path;
  return patterns.find(({ pattern }) => pattern.test(meant))?.operation;
}

/** Everything that is wrong with the answer; empty when nothing is. */
export async function faultsOfAnswer(request: HostileRequest, answer: HostileAnswer, adminToken: string): Promise<string[]> {
  const { status, headers } = answer;
  if (status >= 500) return [`status ${status}: ${answer.body.toString('utf8').slice(0, 300)}`];
  if (!headers.has('x-request-id')) return isRefusedByParser(request, answer) ? [] : [`status ${status} without X-Request-Id`];
  const faults = [...headerFaults(headers), ...(await doorFaults(request, answer))];
  // Operators may read what the document describes for keys, and have no limits to be told of.
  const isOperator = request.headers.some(([name, value]) => name === 'Authorization' && value === `Bearer ${adminToken}`);
  return isOperator ? faults.filter((fault) => !/^header (X-)?RateLimit.* is missing$/.test(fault)) : faults;
}

/** Node refuses what is no HTTP before any of our code sees it: too long, a method or an expectation that nobody knows. */
function isRefusedByParser({ method, target, headers }: HostileRequest, { status, body }: HostileAnswer): boolean {
  const length = headers.reduce((sum, header) => sum + header.join(': ').length + 2, target.length);
  const expects = headers.some(([name]) => name.toLowerCase() === 'expect');
  const isTarget = target === '*' || /^(\/|https?:\/\/)[\x21-\x7e]*$/.test(target);
  const reasons: Record<number, boolean> = { 400: !METHODS.includes(method) || !isTarget, 431: length > 15_000, 417: expects };
  return reasons[status] === true && body.length === 0;
}

function headerFaults(headers: Headers): string[] {
  const wanted = Object.entries(commonHeaders(publicUrl)).filter(([name]) => name !== 'Content-Security-Policy');
  const wrong = wanted.filter(([name, value]) => headers.get(name) !== value).map(([name]) => `header ${name} is not as everywhere`);
  const foreign = [...headers.keys()].filter((name) => name.startsWith('access-control') || name === 'x-injected');
  return [...wrong, ...foreign.map((name) => `header ${name}`)];
}

type Judge = (answer: HostileAnswer) => string[] | Promise<string[]>;

function doorFaults({ method, target }: HostileRequest, answer: HostileAnswer): string[] | Promise<string[]> {
  const [path = ''] = target.split('?');
  if (method === 'HEAD') return headFaults(operationAt(path), answer);
  return judgeAt(method, path)(answer);
}

function judgeAt(method: string, path: string): Judge {
  const isTrace = method === 'TRACE';
  if (path === '/graphql' && !isTrace) return graphqlFaults;
  if (/^\/api\/runner-context\/[^/]+\/mcp$/.test(path) && !isTrace) return mcpFaults;
  const operation = operationAt(path);
  if (operation && method === 'GET') return (answer) => faultsOf(operation, new Response(bodyFor(answer), answer));
  if (operation) return (answer) => (answer.status === 405 ? problemFaults(answer) : [`status ${answer.status} of ${method}`]);
  const isOfDocs = /^\/api\/(docs|openapi\.json)/.test(path);
  return (answer) => {
    if (answer.status >= 400) return problemFaults(answer);
    return path.startsWith('/api/') && !isOfDocs ? [`status ${answer.status} of what is not documented`] : [];
  };
}

function headFaults(operation: DocumentedOperation | undefined, { status, body }: HostileAnswer): string[] {
  if (body.length > 0) return ['HEAD has a body'];
  return operation && !operation.responses[status] ? [`status ${status} of HEAD is not documented`] : [];
}

const bodyFor = ({ status, body }: HostileAnswer) => (status === 304 || status === 204 ? null : new Uint8Array(body));

function problemFaults({ status, headers, body }: HostileAnswer): string[] {
  if (headers.get('content-type') !== 'application/problem+json; charset=utf-8')
    return [`${status} of the type ${headers.get('content-type')}`];
  const problem = JSON.parse(body.toString('utf8')) as { status: number };
  return [...faultsBySchema(problemSchema, problem), ...(problem.status === status ? [] : ['another status in the body'])];
}

function graphqlFaults({ status, headers, body }: HostileAnswer): string[] {
  const type = headers.get('content-type') ?? '';
  if (status === 200 && type.startsWith('text/html')) return [];
  if (!/^application\/(json|graphql-response\+json)/.test(type)) return [`GraphQL answers ${status} as ${type}`];
  const { data, errors } = JSON.parse(body.toString('utf8')) as {
    data?: unknown;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  if (data === undefined && !errors?.length) return ['GraphQL answers neither data nor errors'];
  return (errors ?? []).flatMap(({ extensions }) =>
    codes.includes(extensions?.code ?? '') && extensions?.code !== 'INTERNAL' ? [] : [`GraphQL code ${extensions?.code}`],
  );
}

function mcpFaults({ status, headers, body }: HostileAnswer): string[] {
  if (status === 202) return body.length === 0 ? [] : ['MCP answers a notification'];
  if (headers.get('content-type')?.startsWith('application/json') !== true)
    return [`MCP answers ${status} as ${headers.get('content-type')}`];
  const { jsonrpc, result, error } = JSON.parse(body.toString('utf8')) as {
    jsonrpc: string;
    result?: unknown;
    error?: { code: number; data?: { code?: string } };
  };
  if (jsonrpc !== '2.0' || (result === undefined) === (error === undefined)) return ['MCP answers no JSON-RPC'];
  return error?.data?.code === 'INTERNAL' || error?.code === -32_603 ? [`MCP code ${JSON.stringify(error)}`] : [];
}

/** The answer as its reader sees it: unpacked, and without what concerns the connection alone. */
export function readable(status: number, rawHeaders: string[], body: Buffer): HostileAnswer {
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) headers.append(rawHeaders[index]!, rawHeaders[index + 1]!);
  const isPacked = headers.get('content-encoding') === 'gzip' && body.length > 0;
  for (const name of ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-encoding']) headers.delete(name);
  return { status, headers, body: isPacked ? gunzipSync(body) : body };
}
