/** The console's session in a cookie: how it is written, and when a request that carries it may be believed. */
import { DomainError } from '../domain/errors.ts';
import type { Ask } from './exchange.ts';

/** Browsers take a cookie of this prefix only over https (or on this machine), for this host alone and for every path. */
const name = '__Host-ekiden-session';

/** Scripts cannot read it, and a request that another site causes does not carry it. */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Browsers drop a cookie whose name and value are longer, without a word (RFC 6265bis, 5.6). */
const cookieBytesMax = 4_096;

/** @throws INVALID when no browser would keep it. */
export function sessionCookie(token: string, maxAgeSeconds: number): string {
  const pair = `${name}=${token}`;
  if (pair.length > cookieBytesMax) {
    throw new DomainError('INVALID', `This session has ${token.length} characters: more than a cookie can hold.`);
  }
  return `${pair}; Max-Age=${maxAgeSeconds}; ${attributes}`;
}

export const noSessionCookie = `${name}=; Max-Age=0; ${attributes}`;

/**
 * The session in the request's cookie; null when there is none, or a credential in a header that counts instead.
 *
 * @throws FORBIDDEN unless the browser says that a page of ours asks, or the person at the address bar.
 */
export function sessionInCookie(ask: Ask, publicUrl: string): string | null {
  if (ask.header('authorization') !== null || ask.header('x-api-key') !== null) return null;
  const cookies = (ask.header('cookie') ?? '').split(';').map((cookie) => cookie.trim());
  const token = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
  if (!token) return null;
  if (whoseRequest(ask, publicUrl) !== 'ours') throw foreign(publicUrl);
  return token;
}

/** @throws FORBIDDEN when the browser says that a page of somebody else asks. */
export function refuseForeignPages(ask: Ask, publicUrl: string): void {
  if (whoseRequest(ask, publicUrl) === 'theirs') throw foreign(publicUrl);
}

const foreign = (publicUrl: string) =>
  new DomainError(
    'FORBIDDEN',
    `The session cookie is for pages of ${new URL(publicUrl).origin}, and this request is not said to be from one.`,
  );

/** Whose page the browser says has caused the request. Programs that are no browser say nothing. */
function whoseRequest(ask: Ask, publicUrl: string): 'ours' | 'theirs' | 'unknown' {
  const origin = ask.header('origin');
  const site = ask.header('sec-fetch-site');
  if (origin === null && site === null) return 'unknown';
  if (origin !== null && !isOurs(origin, ask.header('host'), publicUrl)) return 'theirs';
  // `none` is the person: the address bar, a bookmark.
  return site === null || site === 'same-origin' || site === 'none' ? 'ours' : 'theirs';
}

/** On this machine it does not matter by which of its names the page was opened. */
function isOurs(origin: string, host: string | null, publicUrl: string): boolean {
  if (origin === new URL(publicUrl).origin) return true;
  return host !== null && loopback.test(host) && (origin === `http://${host}` || origin === `https://${host}`);
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
