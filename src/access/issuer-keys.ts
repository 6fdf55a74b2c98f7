/**
 * The public keys of an identity provider, fetched from its JWKS address when they are needed. jose's own remote set
 * forgets what it has as soon as it is old, so that an outage would end every session; this one goes on for an hour.
 */
import { type CryptoKey, createLocalJWKSet, errors, type JSONWebKeySet, type JWSHeaderParameters } from 'jose';
import { DomainError } from '../domain/errors.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';

/** Finds the key that a token names. @throws JWKSNoMatchingKey; UNAVAILABLE when the provider cannot be asked for it. */
export type FindIssuerKey = (header: JWSHeaderParameters) => Promise<CryptoKey>;

/** After this long a set is fetched again: a key that the provider has withdrawn is refused from then on. */
const freshMs = 5 * 60_000;
/** How long a set is used while the provider does not answer. Longer than its sessions usually last. */
const usableMs = 60 * 60_000;
/** Not more often than this is the provider asked, however many tokens name keys that nobody knows. */
const pauseMs = 10_000;
/** How long the provider may take. */
const timeoutMs = 3_000;
/** The least that RFC 7518 (3.3) allows. */
const rsaBitsMin = 2_048;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Asks the address when the first token comes, so that a node starts without it. */
export function createIssuerKeys(jwksUrl: string, now: Clock, log: Log): FindIssuerKey {
  let keys: KeySet | null = null;
  let fetchedAt = -Infinity;
  let askedAt = -Infinity;
  let failed = false;
  let pending: Promise<void> | null = null;

  const age = (since: number) => now().getTime() - since;
  const usableKeys = () => (age(fetchedAt) <= usableMs ? keys : null);
  /** A clock that was set back says nothing of how long ago it was. */
  const isOlder = (since: number, ms: number) => age(since) > ms || age(since) < 0;
  const mayAsk = () => pending !== null || isOlder(askedAt, pauseMs);

  /** Requests that arrive together wait for one fetch. A failure leaves the keys as they were. */
  function refresh(): Promise<void> {
    pending ??= fetchKeys(jwksUrl)
      .then((fetched) => {
        keys = fetched;
        fetchedAt = now().getTime();
        failed = false;
      })
      .catch((error: unknown) => {
        failed = true;
        log.warn({ error: describe(error) }, "the identity provider's keys cannot be fetched");
      })
      .finally(() => {
        askedAt = now().getTime();
        pending = null;
      });
    return pending;
  }

  return async (header) => {
    if (isOlder(fetchedAt, freshMs) && mayAsk()) {
      const refreshed = refresh();
      // With keys at hand nobody need wait for a provider that did not answer the last time.
      if (!failed || !usableKeys()) await refreshed;
    }
    const known = await find(usableKeys(), header, log);
    if (known) return known;
    if (mayAsk()) await refresh();
    const found = await find(usableKeys(), header, log);
    if (found) return found;
    if (failed) throw unavailable();
    throw new errors.JWKSNoMatchingKey();
  };
}

async function find(keys: KeySet | null, header: JWSHeaderParameters, log: Log): Promise<CryptoKey | null> {
  if (!keys) return null;
  try {
    const key = await keys(header);
    const { modulusLength = rsaBitsMin } = key.algorithm as { modulusLength?: number };
    return modulusLength < rsaBitsMin ? null : key;
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return null;
    if (error instanceof errors.JOSEError) throw error;
    log.warn({ kid: header.kid, error: describe(error) }, 'a key of the identity provider cannot be used');
    return null;
  }
}

/** @throws whatever keeps the set from being had. */
async function fetchKeys(url: string): Promise<KeySet> {
  const response = await fetch(url, {
    headers: { Accept: 'application/jwk-set+json, application/json' },
    // The address is a setting; where somebody else points to is none.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`it answers ${response.status}`);
  }
  return createLocalJWKSet((await response.json()) as JSONWebKeySet);
}

/** fetch says "fetch failed" and hides the reason in its cause. */
function describe(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ? `${String(error)} (${cause.code})` : String(error);
}

const unavailable = () =>
  new DomainError('UNAVAILABLE', "The identity provider's keys cannot be fetched just now. Try again shortly.", {
    retryAfterSeconds: pauseMs / 1000,
  });
