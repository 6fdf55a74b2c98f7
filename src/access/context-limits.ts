/** How often a context link may be read, and how many wrong tokens one address may try. */
import { isIPv6 } from 'node:net';
import type { ContextLimits } from '../domain/context.ts';
import type { RateLimit } from './rate-limit.ts';

/** The documented limit of a token. */
const readsPerMinute = 600;

/** Nobody mistypes an address of 43 random characters this often. Right tokens are served from the same address all the same. */
const missesPerMinute = 60;

export function createContextLimits(rateLimit: RateLimit): ContextLimits {
  const spend = async (key: Parameters<RateLimit['consumePerMinute']>[0], limit: number) => {
    const { over, state } = await rateLimit.consumePerMinute(key, limit);
    return over ? { limit, retryAfterSeconds: state.resetSeconds } : null;
  };
  return {
    countRead: (linkId) => spend(`context-read:${linkId}`, readsPerMinute),
    countMiss: async (address) => (address === null ? null : spend(`context-miss:${networkOf(address)}`, missesPerMinute)),
  };
}

/** Whoever has one IPv6 address has the 2^64 beside it: they count as one. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace(/^::ffff:/, '');
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return [...left, ...zeros, ...right].slice(0, 4).join(':').toLowerCase();
}
