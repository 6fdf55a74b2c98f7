/** What a session says: who speaks, in which role. */
import { DomainError } from './errors.ts';

export const sessionRoles = ['operator', 'coach', 'runner'] as const;
export type SessionRole = (typeof sessionRoles)[number];

/** Who a session speaks for. */
export interface Session {
  role: SessionRole;
  /** The `sub` of the token. */
  subject: string;
}

/** Signs a session; lives with the secret keys. */
export type MintSession = (session: Session, ttlSeconds: number) => Promise<{ token: string; expiresAt: Date }>;

export const isSessionRole = (value: unknown): value is SessionRole => sessionRoles.some((role) => role === value);

/** What OpenID Connect allows for `sub` in length, without what Postgres or a log cannot hold. */
export const isSubject = (value: unknown): value is string => typeof value === 'string' && /^[^\p{C}]{1,255}$/u.test(value);

/** No session is made here where an identity provider makes them. */
export const signedElsewhere = () =>
  new DomainError('CONFLICT', 'The sessions of this deployment come from its identity provider; sign in there.');
