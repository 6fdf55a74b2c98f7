/** For whoever watches the process: alive at all, and ready for requests. */
import type { Db } from '../platform/database.ts';
import type { Answer, Door } from './exchange.ts';

const plain = (status: number, body: string): Answer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  body: `${body}\n`,
});

/** /livez: the process answers. Never asks the database, so that its loss does not restart every node. */
export const livenessDoor: Door = async () => plain(200, 'alive');

/** /readyz: the database answers too, and the process is not about to stop. */
export const readinessDoor =
  (db: Db, isDraining: () => boolean): Door =>
  async () => {
    if (isDraining()) return plain(503, 'draining');
    try {
      await db.$queryRaw`SELECT 1`;
      return plain(200, 'ready');
    } catch {
      // Whatever the cause, the answer is the same; requests that fail for it log it.
      return plain(503, 'the database does not answer');
    }
  };
