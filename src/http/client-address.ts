/** Where a client is, also behind proxies of our own. */
import { isIP } from 'node:net';

/**
 * The address of the client. Behind `trustedHops` proxies that each append to X-Forwarded-For it is the entry that
 * the outermost of them wrote; whatever stands further left is the client's own invention.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | null, trustedHops: number): string | null {
  const addresses = (forwardedFor ?? '').split(',').map((address) => address.trim());
  const told = trustedHops > 0 ? addresses.at(-trustedHops) : undefined;
  return told && isIP(told) ? told : (peer ?? null);
}
