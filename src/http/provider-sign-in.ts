/** The two addresses of signing in at the identity provider: to go there, and to come back from there. */
import type { Begun, ProviderSignIn } from '../access/provider-sign-in.ts';
import { DomainError } from '../domain/errors.ts';
import { refusalOf } from './errors.ts';
import type { Answer, Ask, Door } from './exchange.ts';
import type { Gate } from './gate.ts';
import { readCookie, sessionCookie } from './session-cookie.ts';

export const providerReturnPath = '/session/return';

const cookieName = '__Host-ekiden-sign-in';

/** Lax, not Strict: the browser comes back from another site, and must bring it along. */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** For as long as a person may take to sign in. */
const cookieSeconds = 600;

interface Kept extends Begun {
  /** The page that the person wanted. */
  next: string;
}

/** /session/start goes to the provider, /session/return comes back; both answer with a redirect, whatever happens. */
export const providerSignInDoor =
  ({ base }: Gate, provider: ProviderSignIn): Door =>
  async (ask) => {
    try {
      if (ask.method !== 'GET') throw new DomainError('METHOD_NOT_ALLOWED', `${ask.method} is not possible here; GET is.`);
      return ask.path === providerReturnPath ? await comeBack(ask, base, provider) : await goThere(ask, base, provider);
    } catch (thrown) {
      const refusal = refusalOf(thrown, base.log, ask.requestId);
      return redirect(`/sign-in?problem=${refusal?.code ?? 'INTERNAL'}`);
    }
  };

async function goThere(ask: Ask, { publicUrl }: Gate['base'], provider: ProviderSignIn): Promise<Answer> {
  const { url, begun } = await provider.begin();
  const kept: Kept = { ...begun, next: ownPath(new URLSearchParams(ask.query).get('next'), publicUrl) };
  const value = Buffer.from(JSON.stringify(kept)).toString('base64url');
  return redirect(url.href, `${cookieName}=${value}; Max-Age=${cookieSeconds}; ${attributes}`);
}

async function comeBack(ask: Ask, { publicUrl, now }: Gate['base'], provider: ProviderSignIn): Promise<Answer> {
  const kept = readKept(ask);
  if (!kept) return redirect('/sign-in?problem=EXPIRED');
  const session = await provider.finish(new URL(`${publicUrl}${ask.path}?${ask.query}`), kept);
  const cleared = `${cookieName}=; Max-Age=0; ${attributes}`;
  if (!session) return redirect('/sign-in?problem=REFUSED', cleared);
  const maxAgeSeconds = Math.max(0, Math.floor((session.expiresAt.getTime() - now().getTime()) / 1000));
  return redirect(ownPath(kept.next, publicUrl), cleared, sessionCookie(session.token, maxAgeSeconds));
}

/** What this browser was given when it left; null when it brings nothing, or what we did not give. */
function readKept(ask: Ask): Kept | null {
  const value = readCookie(ask, cookieName);
  if (!value) return null;
  try {
    const kept = JSON.parse(Buffer.from(value, 'base64url').toString('utf8')) as Partial<Kept> | null;
    const { state, nonce, codeVerifier, next } = kept ?? {};
    return state && nonce && codeVerifier ? { state, nonce, codeVerifier, next: next ?? '/' } : null;
  } catch {
    // Not JSON: a cookie that somebody else has made.
    return null;
  }
}

/** A path of ours, whatever somebody has written into the link. */
function ownPath(next: string | null, publicUrl: string): string {
  const { origin } = new URL(publicUrl);
  if (!next || !URL.canParse(next, origin)) return '/';
  const url = new URL(next, origin);
  return url.origin === origin ? url.pathname + url.search : '/';
}

function redirect(location: string, ...cookies: string[]): Answer {
  const headers = { Location: location, 'Cache-Control': 'no-store' };
  return { status: 302, headers: cookies.length > 0 ? { ...headers, 'Set-Cookie': cookies } : headers, body: '' };
}
