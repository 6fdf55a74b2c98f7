/** Headers that doors share. */
import type { LimitDecision } from '../access/rate-limit.ts';
import type { PartnerCaller } from '../domain/caller.ts';

/** On every answer of every door. */
export const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
};

/**
 * Where a key stands with its limits: RateLimit-Policy and RateLimit (IETF draft-ietf-httpapi-ratelimit-headers-10),
 * and the older X-RateLimit-* for whichever window is nearer to its end, Reset in seconds since 1970.
 */
export function rateLimitHeaders({ minute, day, allowed }: LimitDecision, now: Date): Record<string, string> {
  const tighter = day.remaining <= minute.remaining ? day : minute;
  return {
    'RateLimit-Policy': [minute, day].map((window) => `"${window.name}";q=${window.limit};w=${window.windowSeconds}`).join(', '),
    RateLimit: [minute, day].map((window) => `"${window.name}";r=${window.remaining};t=${window.resetSeconds}`).join(', '),
    'X-RateLimit-Limit': String(tighter.limit),
    'X-RateLimit-Remaining': String(tighter.remaining),
    'X-RateLimit-Reset': String(Math.ceil(now.getTime() / 1000) + tighter.resetSeconds),
    ...(!allowed && { 'Retry-After': String(tighter.resetSeconds) }),
  };
}

/** What a key that was replaced is told on every answer: since when it is deprecated (RFC 9745), until when it works (RFC 8594). */
export function deprecationHeaders({ deprecation }: PartnerCaller): Record<string, string> {
  if (!deprecation) return {};
  return { Deprecation: `@${Math.floor(deprecation.since.getTime() / 1000)}`, Sunset: deprecation.sunsetAt.toUTCString() };
}

/** JSON only: what a form of another site can send is not even read. */
export const isJson = (contentType: string | null) => /^application\/json\s*(;|$)/i.test(contentType ?? '');
