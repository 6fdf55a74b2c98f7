/** Sessions that the deployment's own identity provider signs; the gateway only holds its public keys. */
import { jwtVerify } from 'jose';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { createIssuerKeys } from './issuer-keys.ts';
import { nullWhenInvalid, readSession, type Sessions } from './sessions.ts';

/** The provider, as the deployment names it. */
export interface SessionIssuer {
  /** Where its public keys are (RFC 7517). */
  jwksUrl: string;
  /** The `iss` of its tokens, character by character. */
  issuer: string;
  /** Must be in the `aud` of its tokens: what it signs for other services is not for us. */
  audience: string;
  /** The claim that holds `operator`, `coach` or `runner`. */
  roleClaim: string;
}

/** Public keys only: none of these can be made with what the provider publishes, as HS256 could. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

/** Clocks of two companies differ by seconds. */
const clockToleranceSeconds = 30;

/** A JWT that says of itself that it is something else (a logout, a DPoP proof) is no session. */
const sessionType = /^(application\/)?(at\+)?jwt$/i;

export function createIssuerSessions({ jwksUrl, issuer, audience, roleClaim }: SessionIssuer, now: Clock, log: Log): Sessions {
  const findKey = createIssuerKeys(jwksUrl, now, log);
  return {
    mint: null,
    verify: (token) =>
      nullWhenInvalid(async () => {
        const { payload, protectedHeader } = await jwtVerify(token, findKey, {
          algorithms,
          issuer,
          audience,
          clockTolerance: clockToleranceSeconds,
          currentDate: now(),
          requiredClaims: ['sub', 'exp'],
        });
        if (!sessionType.test(protectedHeader.typ ?? 'JWT')) return null;
        return readSession(payload, roleClaim);
      }),
  };
}
