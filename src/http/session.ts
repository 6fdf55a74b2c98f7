/**
 * The session door: puts a session into the browser's cookie and takes it out again. Signing in is another matter: this
 * door takes what somebody has got by it.
 */
import { exchangeForCookie } from '../access/authenticate.ts';
import { DomainError } from '../domain/errors.ts';
import { problem, refusalOf } from './errors.ts';
import type { Answer, Ask, Door } from './exchange.ts';
import { credentialsOf, type Gate } from './gate.ts';
import { isJson } from './headers.ts';
import { noSessionCookie, refuseForeignPages, sessionCookie, sessionInCookie } from './session-cookie.ts';

const headers = { 'Cache-Control': 'no-store', Vary: 'Authorization, Cookie, Origin, Sec-Fetch-Site' };

/** How one can sign in: with a one-time code, or at the identity provider; with neither, only by a bearer token. */
export type SignInWay = 'code' | 'provider';

/**
 * GET tells who the cookie speaks for and how to sign in; POST with `Authorization: Bearer` (a session, the admin token,
 * a one-time code) sets the cookie, DELETE clears it; both answer 204.
 */
export const sessionDoor =
  (gate: Gate, ways: readonly SignInWay[]): Door =>
  async (ask) => {
    try {
      if (ask.method === 'GET' || ask.method === 'HEAD') return await describe(gate, ask, ways);
      if (ask.method === 'POST') return await setCookie(gate, ask);
      if (ask.method === 'DELETE') return clearCookie(gate, ask);
      throw new DomainError('METHOD_NOT_ALLOWED', `${ask.method} is not possible here; GET, HEAD, POST and DELETE are.`);
    } catch (thrown) {
      const refusal = refusalOf(thrown, gate.base.log, ask.requestId);
      ask.observed.codes = [refusal?.code ?? 'INTERNAL'];
      const answer = problem(refusal, ask.requestId);
      const allow: Record<string, string> = refusal?.code === 'METHOD_NOT_ALLOWED' ? { Allow: 'GET, HEAD, POST, DELETE' } : {};
      return { ...answer, headers: { ...headers, ...allow, ...answer.headers } };
    }
  };

async function describe({ access, base }: Gate, ask: Ask, ways: readonly SignInWay[]): Promise<Answer> {
  const cookie = sessionInCookie(ask, base.publicUrl);
  const session = cookie === null ? null : await access.sessions.verify(cookie);
  const body = JSON.stringify({ role: session?.role ?? null, ways });
  return { status: 200, headers: { ...headers, 'Content-Type': 'application/json; charset=utf-8' }, body };
}

async function setCookie({ access, base }: Gate, ask: Ask): Promise<Answer> {
  refuseForeignPages(ask, base.publicUrl);
  requireJson(ask);
  const { token, expiresAt } = await exchangeForCookie(access, credentialsOf(ask));
  // At most what is left of it, and not less than nothing: a clock may be a little ahead of the provider's.
  const maxAgeSeconds = Math.max(0, Math.floor((expiresAt.getTime() - base.now().getTime()) / 1000));
  return noContent(sessionCookie(token, maxAgeSeconds));
}

function clearCookie({ base }: Gate, ask: Ask): Answer {
  refuseForeignPages(ask, base.publicUrl);
  return noContent(noSessionCookie);
}

const noContent = (cookie: string): Answer => ({ status: 204, headers: { ...headers, 'Set-Cookie': cookie }, body: '' });

/** What a form can send is refused; what the body says does not matter. */
function requireJson(ask: Ask): void {
  if (!isJson(ask.header('content-type'))) throw new DomainError('INVALID', 'Send a body as application/json; {} will do.');
}
