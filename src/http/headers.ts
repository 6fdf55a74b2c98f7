/** Headers that doors share. */
import type { LimitDecision } from '../access/rate-limit.ts';
import type { PartnerCaller } from '../domain/caller.ts';

/** For a year from every answer on, browsers ask this host over https only. */
const strictTransport = 'max-age=31536000';

/**
 * On every answer of every door, whatever its status; what a door says itself comes after these and replaces them.
 * Nothing of an answer is to run, to load or to be framed, and no page of another site gets at its bytes.
 */
export function commonHeaders(publicUrl: string | undefined): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(publicUrl?.startsWith('https:') && { 'Strict-Transport-Security': strictTransport }),
  };
}

/** What pages carry besides: their own policy, no tie to a page that opened them, no device of their reader's. */
export function pageHeaders(contentSecurityPolicy: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}

/**
 * Where a key stands with its limits: RateLimit-Policy and RateLimit (IETF draft-ietf-httpapi-ratelimit-headers-10),
 * and the older X-RateLimit-* for whichever window is nearer to its end, Reset in seconds since 1970.
 */
export function rateLimitHeaders({ minute, day, allowed }: LimitDecision, now: Date): Record<string, string> {
  const tighter = day.remaining <= minute.remaining ? day : minute;
  return {
    'RateLimit-Policy': `"minute";q=${minute.limit};w=${minute.windowSeconds}, "day";q=${day.limit};w=${day.windowSeconds}`,
    RateLimit: `"minute";r=${minute.remaining};t=${minute.resetSeconds}, "day";r=${day.remaining};t=${day.resetSeconds}`,
    'X-RateLimit-Limit': String(tighter.limit),
    'X-RateLimit-Remaining': String(tighter.remaining),
    'X-RateLimit-Reset': String(Math.ceil(now.getTime() / 1000) + tighter.resetSeconds),
    ...(!allowed && { 'Retry-After': String(tighter.resetSeconds) }),
  };
}

/** What a key that was replaced is told on every answer: since when it is deprecated (RFC 9745), until when it works (RFC 8594). */
export function deprecationHeaders(deprecation: NonNullable<PartnerCaller['deprecation']>): Record<string, string> {
  return { Deprecation: `@${Math.floor(deprecation.since.getTime() / 1000)}`, Sunset: deprecation.sunsetAt.toUTCString() };
}

/** JSON only: what a form of another site can send is not even read. */
export const isJson = (contentType: string | null) => /^application\/json\s*(;|$)/i.test(contentType ?? '');
