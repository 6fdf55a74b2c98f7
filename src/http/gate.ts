/** The way in that the REST and GraphQL doors share: who asks, and may they ask once more. */
import { type Authenticator, authenticate } from '../access/authenticate.ts';
import type { RateLimit } from '../access/rate-limit.ts';
import { anonymous, type Caller } from '../domain/caller.ts';
import type { Context } from '../domain/context.ts';
import { DomainError } from '../domain/errors.ts';
import type { Ask } from './exchange.ts';
import { deprecationHeaders, rateLimitHeaders } from './headers.ts';

/** What the doors are made of; the same for every request. */
export interface Gate {
  access: Authenticator;
  rateLimit: RateLimit;
  /** Everything of the context that does not depend on the request. */
  base: Omit<Context, 'caller' | 'requestId' | 'client'>;
}

export interface Admission {
  caller: Caller;
  /** Made anew each time it is asked for: what is at hand is sent without. */
  context(): Context;
  /** For the answer, whatever it will be. */
  headers: Record<string, string>;
  /** Set when the caller is over a limit; the answer must be this. */
  refusal: DomainError | null;
}

/** What the headers of a request show; a cookie is not among it. */
export const credentialsOf = ({ header }: Ask) => ({ apiKey: header('x-api-key'), authorization: header('authorization') });

/**
 * Authenticates and counts one request; a session in a cookie counts where the door hands it in.
 *
 * @throws UNAUTHENTICATED; UNAVAILABLE without the keys to tell; the database's errors.
 */
export async function admit({ access, rateLimit, base }: Gate, ask: Ask, sessionCookie: string | null = null): Promise<Admission> {
  const caller = await authenticate(access, { sessionCookie, ...credentialsOf(ask) });
  ask.observed.caller = caller.kind;
  if (caller.kind !== 'partner') return admission(base, caller, ask);
  const decision = await rateLimit.consume(caller);
  base.keyUsage.count(caller, !decision.allowed);
  const headers = rateLimitHeaders(decision, base.now());
  if (caller.deprecation) Object.assign(headers, deprecationHeaders(caller.deprecation));
  if (decision.allowed) return admission(base, caller, ask, headers);
  const { minute, day } = decision;
  const spent = day.remaining === 0 ? day : minute;
  const message = `More than ${spent.limit} requests in a ${spent.name}. Try again in ${headers['Retry-After']} s.`;
  return admission(base, caller, ask, headers, new DomainError('RATE_LIMITED', message));
}

/** Lets a request in without a look at its credentials: what it shows instead stands in its path. */
export function admitAnyone({ base }: Gate, ask: Ask): Admission {
  ask.observed.caller = 'reader';
  return admission(base, anonymous, ask);
}

function admission(
  base: Gate['base'],
  caller: Caller,
  ask: Ask,
  headers: Record<string, string> = {},
  refusal: DomainError | null = null,
): Admission {
  return { caller, headers, refusal, context: () => contextOf(base, caller, ask) };
}

// What is new stands before what is spread: see docs/performance.md.
function contextOf(base: Gate['base'], caller: Caller, { requestId, address, header }: Ask): Context {
  return { caller, requestId, client: { address, userAgent: header('user-agent') }, ...base };
}
