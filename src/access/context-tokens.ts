/**
 * The tokens of context links: 32 random bytes, found by their SHA-256 and kept encrypted (AES-256-GCM) under a key
 * that is not in the database, so that their owner can be shown the address again and a stolen database shows nothing.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { ContextTokens } from '../domain/context.ts';

/** 43 characters of base64url: 32 bytes. */
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** @param tokenKeys of 32 bytes, newest first: the first encrypts, all may decrypt. */
export function createContextTokens(tokenKeys: readonly [Buffer, ...Buffer[]]): ContextTokens {
  /** With which key the token opens, and what it is. */
  function unseal(linkId: string, encryptedToken: string): { key: number; token: string } | null {
    const sealed = Buffer.from(encryptedToken, 'base64url');
    for (const [key, tokenKey] of tokenKeys.entries()) {
      const decipher = createDecipheriv(algorithm, tokenKey, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(linkId)).setAuthTag(sealed.subarray(-tagBytes));
      try {
        return { key, token: Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8') };
      } catch {
        // Not made with this key: the next, older one may be the one.
      }
    }
    return null;
  }

  function seal(linkId: string, token: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, tokenKeys[0], iv).setAAD(Buffer.from(linkId));
    return Buffer.concat([iv, cipher.update(token, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  const hash = (token: string) => (tokenPattern.test(token) ? createHash('sha256').update(token).digest('hex') : null);
  return {
    hash,
    mint(linkId) {
      const token = randomBytes(32).toString('base64url');
      return { tokenHash: createHash('sha256').update(token).digest('hex'), encryptedToken: seal(linkId, token) };
    },
    open: (linkId, encryptedToken) => unseal(linkId, encryptedToken)?.token ?? null,
    secretKeyOf: (linkId, encryptedToken) => unseal(linkId, encryptedToken)?.key ?? null,
    seal,
  };
}
