/** Before anything is measured: do all of them give the same answer? */
import { isDeepStrictEqual } from 'node:util';
import { type ContenderName, contenderTitles } from './contenders.ts';
import type { WireRequest } from './load-plan.ts';

export interface Answered {
  status: number;
  headers: Headers;
  body: string;
}

export async function send(url: string, { method = 'GET', path, headers, body }: WireRequest): Promise<Answered> {
  const response = await fetch(new URL(path, url), { method, headers: { ...headers, 'accept-encoding': 'identity' }, body });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** Each of them once, four at a time. */
export async function sendAll(url: string, requests: readonly WireRequest[]): Promise<void> {
  const waiting = [...requests];
  const sendWaiting = async () => {
    for (let request = waiting.shift(); request; request = waiting.shift()) await send(url, request);
  };
  await Promise.all([1, 2, 3, 4].map(sendWaiting));
}

export interface Asked {
  contender: ContenderName;
  url: string;
  requests: WireRequest[];
}

/** @throws when a contender refuses one of its requests, or answers other rows or another total than the first contender. */
export async function requireSameRows(row: string, [first, ...others]: Asked[]): Promise<void> {
  if (!first) return;
  const expected = await answersOf(row, first);
  for (const other of others) {
    const rowsAlone = other.contender === 'gateway-embedded' || first.contender === 'gateway-embedded';
    const given = await answersOf(row, other);
    for (const [index, answer] of given.entries()) {
      const [one, another] = [expected[index], answer].map((value) => (rowsAlone ? withoutIdentity(value) : value));
      if (isDeepStrictEqual(one, another)) continue;
      const who = `${contenderTitles[other.contender]} does not answer as ${contenderTitles[first.contender]} does`;
      throw new Error(`${row}: ${who} to ${JSON.stringify(first.requests[index])}: ${firstDifference(one, another)}`);
    }
  }
}

const contextPath = /^\/api\/runner-context\/([^/?]+)/;

async function answersOf(row: string, { contender, url, requests }: Asked): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const request of requests) {
    const { status, body } = await send(url, request);
    if (status !== 200)
      throw new Error(`${row}: ${contenderTitles[contender]} answers ${status} to ${JSON.stringify(request)}: ${body.slice(0, 500)}`);
    // A document names the address that it was read at.
    const [, token] = contextPath.exec(request.path) ?? [];
    answers.push(comparable(token ? body.replaceAll(token, ':token') : body));
  }
  return answers;
}

/** The content of a body: of GraphQL the rows and the total under the names of REST, of a context all but when it was made. */
function comparable(body: string): unknown {
  if (!body.startsWith('{')) return body.replaceAll(generatedAt(body), '');
  const parsed = JSON.parse(body) as Record<string, unknown>;
  if (typeof parsed.generated_at === 'string') return JSON.parse(body.replaceAll(parsed.generated_at, ''));
  if (parsed.errors) throw new Error(`an answer with errors: ${body.slice(0, 500)}`);
  if (!isRecord(parsed.data)) return typeof parsed.next === 'string' ? { ...parsed, next: withSortedQuery(parsed.next) } : parsed;
  const { workoutTemplates: page, allWorkouts: connection } = parsed.data as Record<string, Record<string, unknown> | undefined>;
  const [total, rows] = connection ? [connection.totalCount, connection.nodes] : [page?.total, page?.data];
  return { total, data: (rows as Record<string, unknown>[]).map(asWorkout) };
}

/** PostGraphile writes the id under another name and instants in another of the ways that RFC 3339 allows. */
function asWorkout({ rowId, id, createdAt, updatedAt, ...rest }: Record<string, unknown>) {
  const [created, updated] = [createdAt, updatedAt].map((text) => new Date(String(text)).toISOString());
  return { id: rowId ?? id, createdAt: created, updatedAt: updated, ...rest };
}

/** The moment of rendering, as the markdown has it. */
const generatedAt = (markdown: string): string => /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z/.exec(markdown)?.[0] ?? ' ';

/** Of another database, the rows without what that has given them. */
function withoutIdentity(value: unknown): unknown {
  const { data, next: _next, ...page } = value as { data: Record<string, unknown>[]; next?: string };
  return { ...page, data: data.map(({ id: _id, createdAt: _created, updatedAt: _updated, ...workout }) => workout) };
}

/** The order of parameters says nothing. */
function withSortedQuery(address: string): string {
  const url = new URL(address);
  url.searchParams.sort();
  return url.href;
}

/** Where two values part, and what each has there. */
function firstDifference(one: unknown, other: unknown, place = 'body'): string {
  if (typeof one === 'object' && typeof other === 'object' && one !== null && other !== null) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
    const name = names.find((key) => !isDeepStrictEqual(left[key], right[key]));
    if (name !== undefined) return firstDifference(left[name], right[name], `${place}.${name}`);
  }
  return `${place} is ${JSON.stringify(one)?.slice(0, 300)} and ${JSON.stringify(other)?.slice(0, 300)}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
