/** A document as it goes out: bytes that are made once, their ETag, and what follows from a client's conditional headers. */
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Answer, Ask } from './exchange.ts';

const gzipOf = promisify(gzip);
/** Copied: what zlib gives is a piece of a buffer of 16 KiB, all of which it would keep in memory. */
const compress = async (body: Buffer) => Buffer.from(await gzipOf(body));

/** Below this a compressed body is hardly smaller, in bytes. */
const compressFrom = 1_400;

/** What can be sent again, to anyone who asks the same. */
export interface Representation {
  /** What a 304 tells as well, its ETag among it; not what belongs to an answer. */
  headers: Record<string, string>;
  /** Its media type; undefined where that depends on who asks. */
  type: string | undefined;
  /** A short one as text, which Node sends in one piece with the headers. */
  body: string | Buffer;
  /** Made when somebody first takes it. */
  gzipped?: Promise<Buffer> | undefined;
}

/** @param lasting is the part of the body that makes a difference, when not all of it does. */
export function representationOf(document: string | Buffer, headers: Record<string, string>, lasting?: string): Representation {
  const bytes = Buffer.from(document);
  // Weak: the same document may go out compressed or not.
  const etag = `W/"${hash('sha256', lasting ?? bytes, 'base64url').slice(0, 27)}"`;
  const { 'Content-Type': type, ...others } = headers;
  return { headers: { ETag: etag, ...others }, type, body: bytes.byteLength < compressFrom ? document : bytes };
}

/** Bytes that a representation takes in memory, with its compressed form. */
export const bytesOf = ({ body }: Representation): number => Math.ceil(body.length * (typeof body === 'string' ? 2 : 1.3));

/**
 * The document as a 200, compressed when that is worth it and the client takes it; 304 without a body when the client has
 * exactly that already (RFC 9110, 13.1.2). `headers` are those of this answer, to which the
 * document's are added.
 */
export async function represent(
  representation: Representation,
  ask: Ask,
  headers: Record<string, string> = {},
  type = representation.type,
): Promise<Answer> {
  Object.assign(headers, representation.headers);
  if (isKnown(representation.headers.ETag ?? '', ask.header('if-none-match'))) return { status: 304, headers, body: '' };
  if (type !== undefined) headers['Content-Type'] = type;
  const { body } = representation;
  if (typeof body === 'string' || body.byteLength < compressFrom || !takesGzip(ask.header('accept-encoding')))
    return { status: 200, headers, body };
  representation.gzipped ??= compress(body).catch((error) => {
    representation.gzipped = undefined;
    throw error;
  });
  headers['Content-Encoding'] = 'gzip';
  return { status: 200, headers, body: await representation.gzipped };
}

function isKnown(etag: string, ifNoneMatch: string | null): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch === etag) return true;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}

const takesGzip = (acceptEncoding: string | null): boolean => /(^|[\s,])(gzip|\*)(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(acceptEncoding ?? '');
