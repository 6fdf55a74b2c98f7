/** The bodies of requests, and how far they are read. */
import { DomainError } from '../domain/errors.ts';

/** The body, read no further than the limit. @throws PAYLOAD_TOO_LARGE; INVALID when it breaks off. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!request.body) return null;
  const tooLarge = () => new DomainError('PAYLOAD_TOO_LARGE', `The body is larger than the ${limit} bytes that are allowed.`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > limit) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    // The client went away. Its ECONNRESET would pass for one of the database.
    throw new DomainError('INVALID', 'The body broke off.');
  }
  return new Uint8Array(Buffer.concat(chunks));
}
