/** Texts and files that are the same for everybody and change with the build only. */
import { DomainError, notFound } from '../domain/errors.ts';
import { problem } from './errors.ts';
import type { Answer, Door } from './exchange.ts';
import { type Representation, represent, representationOf } from './representation.ts';

/** A file; browsers ask again and get 304. */
export function file(type: string, body: string | Buffer, headers: Record<string, string> = {}): Answer {
  return { status: 200, headers: { 'Content-Type': type, 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding', ...headers }, body };
}

/** Answers GET and HEAD by path, with an ETag and compressed; other paths are 404, other methods 405. */
export function filesDoor(find: (path: string, accept: string | null) => Answer | undefined): Door {
  // A file that is found again need not be hashed and compressed again.
  const made = new WeakMap<Answer, Representation>();
  const representationFor = (answer: Answer) => {
    const known = made.get(answer) ?? representationOf(answer.body, answer.headers as Record<string, string>);
    made.set(answer, known);
    return known;
  };
  return async (ask) => {
    const answer = find(ask.path, ask.header('accept'));
    if (!answer) return problem(notFound(), ask.requestId);
    // A file's path is a name of ours.
    ask.observed.operation = ask.path;
    if (ask.method === 'GET' || ask.method === 'HEAD') return represent(representationFor(answer), ask);
    const refusal = new DomainError('METHOD_NOT_ALLOWED', `${ask.method} is not possible here; GET and HEAD are.`);
    const refused = problem(refusal, ask.requestId);
    return { ...refused, headers: { ...refused.headers, Allow: 'GET, HEAD' } };
  };
}
