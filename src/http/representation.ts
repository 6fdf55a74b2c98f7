/** A document as it goes out: bytes that are made once, their ETag, and what follows from a client's conditional headers. */
import { createHash } from 'node:crypto';
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
  /** Those that belong to the document, its ETag among them; not those that belong to an answer. */
  headers: Record<string, string>;
  body: Buffer;
  /** Made when somebody first takes it. */
  gzipped?: Promise<Buffer> | undefined;
}

/** @param lasting is the part of the body that makes a difference, when not all of it does. */
export function representationOf(body: string | Buffer, headers: Record<string, string>, lasting: string | Buffer = body): Representation {
  // Weak: the same document may go out compressed or not.
  const etag = `W/"${createHash('sha256').update(lasting).digest('base64url').slice(0, 27)}"`;
  return { headers: { ...headers, ETag: etag }, body: Buffer.from(body) };
}

/** Bytes that a representation takes in memory, with its compressed form. */
export const bytesOf = ({ body }: Representation): number => Math.ceil(body.byteLength * 1.3);

/**
 * The document as a 200, compressed when that is worth it and the client takes it; 304 without a body when the client has
 * exactly that already (RFC 9110, 13.1.2). `headers` are those of this answer, to which the
 * document's are added.
 */
export async function represent(representation: Representation, ask: Ask, headers: Record<string, string> = {}): Promise<Answer> {
  const all = Object.assign(headers, representation.headers);
  if (isKnown(all.ETag ?? '', ask.header('if-none-match'))) {
    const { 'Content-Type': _type, ...rest } = all;
    return { status: 304, headers: rest, body: '' };
  }
  const { body } = representation;
  if (body.byteLength < compressFrom || !takesGzip(ask.header('accept-encoding'))) return { status: 200, headers: all, body };
  representation.gzipped ??= compress(body).catch((error) => {
    representation.gzipped = undefined;
    throw error;
  });
  return { status: 200, headers: { ...all, 'Content-Encoding': 'gzip' }, body: await representation.gzipped };
}

function isKnown(etag: string, ifNoneMatch: string | null): boolean {
  if (ifNoneMatch === null) return false;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag));
}

const takesGzip = (acceptEncoding: string | null): boolean => /(^|[\s,])(gzip|\*)(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(acceptEncoding ?? '');
