/** From a request's credentials to a caller. Every door asks here, and only here. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { anonymous, type Caller } from '../domain/caller.ts';
import { developmentSessionSeconds } from '../domain/development-sessions.ts';
import { unauthenticated } from '../domain/errors.ts';
import { callerOf, findApiKeyByLookup, isUsable } from '../domain/key-admission.ts';
import { findRunnerIdBySubject } from '../domain/runners.ts';
import { type Session, signedElsewhere } from '../domain/session.ts';
import { isSignInCode, takeSignInCode } from '../domain/sign-in-codes.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database.ts';
import type { LookUp } from '../platform/lookups.ts';
import { parseKey } from './key-secret.ts';
import type { Sessions } from './sessions.ts';
import type { Verdicts } from './verdicts.ts';

export interface Credentials {
  /** The header X-API-Key. */
  apiKey: string | null;
  /** The header Authorization. */
  authorization: string | null;
  /** The session in a cookie, from the one door that reads it; does not count beside a header. */
  sessionCookie?: string | null;
}

export interface Authenticator {
  db: Db;
  lookUp: LookUp;
  now: Clock;
  verdicts: Verdicts;
  tagKeys: readonly Buffer[];
  /** The kinds of key this deployment lets in. */
  keyEnvironments: readonly string[];
  /** The bearer token that makes its holder an operator; without one nobody becomes it that way. */
  adminToken: string | undefined;
  sessions: Sessions;
}

/**
 * Who is asking. The key's row is read on every call: a revoked key is refused on the very next request, on every
 * node. Nobody in particular when there are no credentials at all.
 *
 * @throws UNAUTHENTICATED for credentials that are not valid, and for two of them in one request.
 */
export async function authenticate(access: Authenticator, { apiKey, authorization, sessionCookie = null }: Credentials): Promise<Caller> {
  if (apiKey !== null && authorization !== null) throw unauthenticated();
  if (apiKey !== null) return authenticateKey(access, apiKey);
  if (authorization !== null) return authenticateBearer(access, authorization);
  if (sessionCookie !== null) return authenticateSession(access, sessionCookie);
  return anonymous;
}

async function authenticateKey({ lookUp, now, verdicts, tagKeys, keyEnvironments }: Authenticator, text: string): Promise<Caller> {
  const known = verdicts.recall(text);
  const named = known ?? parseKey(text, tagKeys);
  if (!named) throw unauthenticated();
  const key = await findApiKeyByLookup(lookUp, named.lookup);
  if (!key || !isUsable(key, now(), keyEnvironments)) throw unauthenticated();
  if (known?.hash === key.secretHash) return callerOf(key, named.secretKeyId);
  const parsed = parseKey(text, tagKeys);
  if (!parsed || !(await verdicts.accepts(text, parsed, key.secretHash))) throw unauthenticated();
  // A bcrypt takes long enough for the key to be revoked meanwhile.
  const current = await findApiKeyByLookup(lookUp, parsed.lookup);
  if (!current || current.secretHash !== key.secretHash || !isUsable(current, now(), keyEnvironments)) throw unauthenticated();
  return callerOf(current, parsed.secretKeyId);
}

async function authenticateBearer(access: Authenticator, authorization: string): Promise<Caller> {
  const token = bearerTokenOf(authorization);
  if (isAdminToken(token, access.adminToken)) return { kind: 'operator', id: adminId };
  return authenticateSession(access, token);
}

async function authenticateSession(access: Authenticator, token: string): Promise<Caller> {
  const session = await access.sessions.verify(token);
  if (!session) throw unauthenticated();
  return callerOfSession(access, session);
}

/** What stands for whoever holds the admin token. */
const adminId = 'admin';

/** How long a session lasts that stands in a browser for the admin token, which itself is never put there. */
const adminSessionSeconds = 60 * 60;

/**
 * The session that a cookie may hold in place of these credentials: the very token of a session, one of its own for a
 * one-time code, a short one for the admin token.
 *
 * @throws UNAUTHENTICATED for everything but one valid bearer token; CONFLICT for the admin token where an identity
 * provider signs the sessions.
 */
export async function exchangeForCookie(
  { db, now, sessions, adminToken }: Authenticator,
  { apiKey, authorization }: Credentials,
): Promise<{ token: string; expiresAt: Date }> {
  if (apiKey !== null || authorization === null) throw unauthenticated();
  const token = bearerTokenOf(authorization);
  if (isSignInCode(token)) {
    const session = await takeSignInCode({ db, now }, token);
    if (!session || !sessions.mint) throw unauthenticated();
    return sessions.mint(session, developmentSessionSeconds);
  }
  if (isAdminToken(token, adminToken)) {
    if (!sessions.mint) throw signedElsewhere();
    return sessions.mint({ role: 'operator', subject: adminId }, adminSessionSeconds);
  }
  const session = await sessions.verify(token);
  if (!session) throw unauthenticated();
  return { token, expiresAt: session.expiresAt };
}

/** @throws UNAUTHENTICATED for any other scheme. */
function bearerTokenOf(authorization: string): string {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  if (!token) throw unauthenticated();
  return token;
}

function isAdminToken(token: string, adminToken: string | undefined): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return adminToken !== undefined && timingSafeEqual(digest(token), digest(adminToken));
}

async function callerOfSession({ db }: Authenticator, { role, subject }: Session): Promise<Caller> {
  if (role === 'runner') return { kind: 'runner', id: subject, runnerId: await findRunnerIdBySubject(db, subject) };
  return { kind: role, id: subject };
}
