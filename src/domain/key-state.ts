/** What an API key is at a given moment. Pure: a row and a time in, an answer out. */

/** ACTIVE and DEPRECATED keys are let in. EXPIRED and REVOKED are the end, unless an expiry is moved. */
export const keyStatuses = ['ACTIVE', 'DEPRECATED', 'DISABLED', 'EXPIRED', 'REVOKED'] as const;

export type KeyStatus = (typeof keyStatuses)[number];

/** What has happened to a key, or will. */
export interface KeyMoments {
  expiresAt: Date | null;
  revokedAt: Date | null;
  disabledAt: Date | null;
  /** When it was replaced by another key, and until when it works beside that one. */
  rotatedAt: Date | null;
  sunsetAt: Date | null;
}

const hasPassed = (at: Date | null, now: Date) => at !== null && at <= now;

/** The one answer to what a key is; whatever is final comes before what can be undone. */
export function keyStatus(key: KeyMoments, now: Date): KeyStatus {
  if (key.revokedAt) return 'REVOKED';
  if (hasPassed(key.sunsetAt, now) || hasPassed(key.expiresAt, now)) return 'EXPIRED';
  if (key.disabledAt) return 'DISABLED';
  return key.rotatedAt ? 'DEPRECATED' : 'ACTIVE';
}

/** Whether nothing can bring the key back: it was revoked, or replaced and its grace is over. */
export const hasEnded = (key: KeyMoments, now: Date): boolean => key.revokedAt !== null || hasPassed(key.sunsetAt, now);

/** Since when a replaced key is on its way out, and when it stops: with its grace or by its own expiry. Null for others. */
export function deprecationOf({ rotatedAt, sunsetAt, expiresAt }: KeyMoments): { since: Date; sunsetAt: Date } | null {
  if (!rotatedAt || !sunsetAt) return null;
  return { since: rotatedAt, sunsetAt: earlier(sunsetAt, expiresAt) };
}

/** The earlier of two instants, of which the second may never come. */
export const earlier = (one: Date, other: Date | null): Date => (other && other < one ? other : one);
