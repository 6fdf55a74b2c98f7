/** The bytes of pages by their address, as of one revision of the catalogue. */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

interface Kept {
  revision: number;
  body: Buffer;
  headers: Record<string, string>;
}

export type PageCache = ReturnType<typeof createPageCache>;

export function createPageCache(maxBytes = 64 * 1024 * 1024) {
  const pages = new LRUCache<string, Kept>({ maxSize: maxBytes, sizeCalculation: ({ body }) => body.length + 500 });
  return {
    /** What was kept under the address, when the catalogue has not changed since. */
    find(url: string, revision: Date | undefined): Kept | null {
      const kept = pages.get(url);
      return kept && kept.revision === revision?.getTime() ? kept : null;
    },
    keep(url: string, revision: Date, body: Buffer, headers: Record<string, string>): Kept {
      const etag = `W/"${createHash('sha1').update(body).digest('base64')}"`;
      const kept = {
        revision: revision.getTime(),
        body,
        headers: { ...headers, ETag: etag, 'Content-Type': 'application/json; charset=utf-8' },
      };
      pages.set(url, kept);
      return kept;
    },
  };
}
