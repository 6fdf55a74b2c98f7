/** The deployment's secret keys, newest first, and the purposes they are split into. */
import { createHash, hkdfSync } from 'node:crypto';

/** 32 bytes for one purpose, from one secret key (HKDF, RFC 5869): what leaks for one purpose is useless for another. */
export function deriveKey(secretKeyHex: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(secretKeyHex, 'hex'), '', `ekiden ${purpose}`, 32));
}

/** The same of every secret key, newest first. @throws when there is none. */
export function deriveKeys(secretKeysHex: readonly string[], purpose: string): [Buffer, ...Buffer[]] {
  const [newest, ...older] = secretKeysHex.map((key) => deriveKey(key, purpose));
  if (!newest) throw new Error('no secret key');
  return [newest, ...older];
}

/** They are asked for with every request. */
const ids = new WeakMap<Buffer, string>();

/** What a secret key may be called without giving it away: from the key of the tags that is derived from it. */
export function secretKeyIdOf(tagKey: Buffer): string {
  const known = ids.get(tagKey);
  if (known !== undefined) return known;
  const id = createHash('sha256').update(tagKey).digest('base64url').slice(0, 12);
  ids.set(tagKey, id);
  return id;
}
