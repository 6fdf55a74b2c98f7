/** Sessions that the gateway signs itself, for deployments without an identity provider: JWTs under the secret keys. */
import { createHash } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../platform/clock.ts';

const sessionRoles = ['operator', 'coach', 'runner'] as const;
export type SessionRole = (typeof sessionRoles)[number];

/** Who a session speaks for. */
export interface Session {
  role: SessionRole;
  /** The `sub` of the token. */
  subject: string;
}

export interface Sessions {
  /** A token for this session. */
  mint(session: Session, ttlSeconds: number): Promise<string>;
  /** What a valid token says; null for every other text. */
  verify(token: string): Promise<Session | null>;
}

const algorithm = 'HS256';
const issuer = 'ekiden';

/** @param keys newest first: the first signs, all may verify. */
export function createSessions(keys: readonly [Buffer, ...Buffer[]], now: Clock): Sessions {
  const keyById = new Map(keys.map((key) => [keyIdOf(key), key]));
  return {
    mint({ role, subject }, ttlSeconds) {
      const seconds = Math.floor(now().getTime() / 1000);
      return new SignJWT({ role })
        .setProtectedHeader({ alg: algorithm, kid: keyIdOf(keys[0]) })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setSubject(subject)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + ttlSeconds)
        .sign(keys[0]);
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid = '' }) => {
            const key = keyById.get(kid);
            if (!key) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          { algorithms: [algorithm], issuer, audience: issuer, currentDate: now(), requiredClaims: ['sub', 'exp'] },
        );
        const role = sessionRoles.find((known) => known === payload.role);
        return role && payload.sub ? { role, subject: payload.sub } : null;
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}

const keyIdOf = (key: Buffer) => createHash('sha256').update(key).digest('base64url').slice(0, 12);
