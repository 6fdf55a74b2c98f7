/**
 * The text of an API key: `sr_<live|test>_<lookup>_<secret>`. The secret ends in a tag that only this deployment
 * can make, so that a made-up key is refused in microseconds, without a row or a bcrypt: guessing costs the
 * gateway nothing, tells nothing, and locks nobody out.
 */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import bcrypt from 'bcrypt';
import type { MintKey } from '../domain/context.ts';
import { secretKeyIdOf } from './secret-keys.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const lookupLength = 12;
/** 43 characters of 62: 256 bits. */
const randomLength = 43;
const tagLength = 8;
/** bcrypt reads 72 bytes; a secret of 51 leaves nothing out. */
const bcryptCost = 10;

const pattern = new RegExp(`^sr_(live|test)_([0-9A-Za-z]{${lookupLength}})_([0-9A-Za-z]{${randomLength}})([0-9A-Za-z]{${tagLength}})$`);

export interface ParsedKey {
  lookup: string;
  /** What the row's bcrypt hash is of. */
  secret: string;
  /** The secret key that its tag was made with. */
  secretKeyId: string;
}

const randomText = (length: number) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

function tagOf(environment: string, lookup: string, random: string, tagKey: Buffer): string {
  const digest = createHmac('sha256', tagKey).update(`${environment}.${lookup}.${random}`).digest();
  // 64 bits modulo 62^8 (47.6 bits): the bias is below 2^-16. Divided by 62 in two halves, which is exact in doubles and
  // cheaper than BigInt: this is done on every request.
  let high = digest.readUInt32BE(0);
  let low = digest.readUInt32BE(4);
  let tag = '';
  for (let length = 0; length < tagLength; length++) {
    const rest = (high % alphabet.length) * 2 ** 32 + low;
    high = Math.floor(high / alphabet.length);
    low = Math.floor(rest / alphabet.length);
    tag += alphabet[rest % alphabet.length];
  }
  return tag;
}

/** Mints keys whose tags are made with the newest tag key. */
export function keyMinter(tagKeys: readonly [Buffer, ...Buffer[]]): MintKey {
  return async (environment) => {
    const kind = environment === 'LIVE' ? 'live' : 'test';
    const lookup = randomText(lookupLength);
    const random = randomText(randomLength);
    const secret = random + tagOf(kind, lookup, random, tagKeys[0]);
    const secretHash = await bcrypt.hash(secret, bcryptCost);
    return { plaintext: `sr_${kind}_${lookup}_${secret}`, lookup, secretHash, secretKeyId: secretKeyIdOf(tagKeys[0]) };
  };
}

/** The key's parts, or null when this deployment cannot have minted it. */
export function parseKey(text: string, tagKeys: readonly Buffer[]): ParsedKey | null {
  const parts = pattern.exec(text);
  if (!parts) return null;
  const [, environment = '', lookup = '', random = '', tag = ''] = parts;
  const given = Buffer.from(tag);
  const madeWith = tagKeys.find((tagKey) => timingSafeEqual(given, Buffer.from(tagOf(environment, lookup, random, tagKey))));
  return madeWith ? { lookup, secret: random + tag, secretKeyId: secretKeyIdOf(madeWith) } : null;
}
