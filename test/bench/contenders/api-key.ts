/**
 * API keys as a careful engineer would check them by hand: the tag first, then the row on every request, and bcrypt only
 * for a secret that it has not accepted before.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import bcrypt from 'bcrypt';
import type pg from 'pg';
import { secretKey } from './environment.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const pattern = /^sr_(live|test)_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})([0-9A-Za-z]{8})$/;
const tagKey = Buffer.from(hkdfSync('sha256', Buffer.from(secretKey, 'hex'), '', 'ekiden api-key-tag', 32));

export interface KeyRow {
  id: string;
  secretHash: string;
  scopes: string[];
  requestsPerMinute: number;
  requestsPerDay: number;
  usable: boolean;
  /** Of the catalogue, where it was asked for. */
  revision?: Date;
}

const usable = `key."revokedAt" IS NULL AND key."disabledAt" IS NULL AND partner."archivedAt" IS NULL
  AND (key."expiresAt" IS NULL OR key."expiresAt" > now()) AND (key."sunsetAt" IS NULL OR key."sunsetAt" > now()) AS usable`;
const columns = `key."id", key."secretHash", key."scopes", key."requestsPerMinute", key."requestsPerDay", ${usable}`;
const from = `FROM "ApiKey" AS key JOIN "Partner" AS partner ON partner."id" = key."partnerId" WHERE key."lookup" = $1`;

const statements = {
  key: { name: 'key', text: `SELECT ${columns} ${from}` },
  keyAndRevision: { name: 'key-and-revision', text: `SELECT ${columns}, (SELECT "revision" FROM "SyncClock" WHERE "id" = 1) ${from}` },
};

/** Gives the row of a valid key, null for every other text. */
export function createKeyCheck(pool: pg.Pool, statement: keyof typeof statements = 'key') {
  const bootKey = randomBytes(32);
  const accepted = new Map<string, { hash: string; mark: Buffer }>();
  const markOf = (secret: string) => createHmac('sha256', bootKey).update(secret).digest();
  const find = async (lookup: string) => (await pool.query<KeyRow>({ ...statements[statement], values: [lookup] })).rows[0];

  return async (text: string | undefined): Promise<KeyRow | null> => {
    const parsed = text === undefined ? null : parseKey(text);
    if (!parsed) return null;
    const row = await find(parsed.lookup);
    if (!row?.usable) return null;
    const known = accepted.get(row.id);
    const mark = markOf(parsed.secret);
    if (known && known.hash === row.secretHash && timingSafeEqual(known.mark, mark)) return row;
    if (!(await bcrypt.compare(parsed.secret, row.secretHash))) return null;
    accepted.set(row.id, { hash: row.secretHash, mark });
    const current = await find(parsed.lookup);
    return current?.usable && current.secretHash === row.secretHash ? current : null;
  };
}

function parseKey(text: string): { lookup: string; secret: string } | null {
  const [, environment = '', lookup = '', random = '', tag = ''] = pattern.exec(text) ?? [];
  if (tag === '' || !timingSafeEqual(Buffer.from(tag), Buffer.from(tagOf(`${environment}.${lookup}.${random}`)))) return null;
  return { lookup, secret: random + tag };
}

function tagOf(text: string): string {
  let rest = createHmac('sha256', tagKey).update(text).digest().readBigUInt64BE();
  let tag = '';
  for (let index = 0; index < 8; index++) {
    tag += alphabet[Number(rest % 62n)];
    rest /= 62n;
  }
  return tag;
}
