/** Sessions, and those that the gateway signs itself where no identity provider does: JWTs under the secret keys. */
import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { isSessionRole, isSubject, type MintSession, type Session } from '../domain/session.ts';
import type { Clock } from '../platform/clock.ts';

/** A session as a token that was accepted says it. */
export interface AcceptedSession extends Session {
  expiresAt: Date;
}

export interface Sessions {
  /** Signs sessions; null where an identity provider does. */
  mint: MintSession | null;
  /**
   * What a valid token says; null for every other text.
   *
   * @throws UNAVAILABLE when it takes a key to tell that the identity provider does not hand out just now.
   */
  verify(token: string): Promise<AcceptedSession | null>;
}

const algorithm = 'HS256';
const issuer = 'ekiden';

/** Sessions of the gateway's own. @param keys newest first: the first signs, all may verify. */
export function createSessions(keys: readonly [Buffer, ...Buffer[]], now: Clock): Sessions & { mint: MintSession } {
  const keyById = new Map(keys.map((key) => [keyIdOf(key), key]));
  return {
    async mint({ role, subject }, ttlSeconds) {
      const seconds = Math.floor(now().getTime() / 1000);
      const token = await new SignJWT({ role })
        .setProtectedHeader({ alg: algorithm, kid: keyIdOf(keys[0]) })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setSubject(subject)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + ttlSeconds)
        .sign(keys[0]);
      return { token, expiresAt: new Date((seconds + ttlSeconds) * 1000) };
    },
    verify: (token) =>
      nullWhenInvalid(async () => {
        const { payload } = await jwtVerify(
          token,
          ({ kid = '' }) => {
            const key = keyById.get(kid);
            if (!key) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          { algorithms: [algorithm], issuer, audience: issuer, currentDate: now(), requiredClaims: ['exp'] },
        );
        return readSession(payload, 'role');
      }),
  };
}

/** The last that a Date can be (ECMA-262, 21.4.1.1). */
const lastInstantMs = 8.64e15;

/** What jose refuses is no session; anything else that goes wrong is not the token's fault. */
export async function nullWhenInvalid(read: () => Promise<AcceptedSession | null>): Promise<AcceptedSession | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** The claims as a session; null when one is missing or says what we do not know. */
export function readSession(claims: JWTPayload, roleClaim: string): AcceptedSession | null {
  const { sub, exp } = claims;
  const role = Object.hasOwn(claims, roleClaim) ? claims[roleClaim] : undefined;
  if (!isSessionRole(role) || !isSubject(sub) || exp === undefined) return null;
  return { role, subject: sub, expiresAt: new Date(Math.min(exp * 1000, lastInstantMs)) };
}

const keyIdOf = (key: Buffer) => createHash('sha256').update(key).digest('base64url').slice(0, 12);
