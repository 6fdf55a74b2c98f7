/** How the catalogue's clock stands to the database's. */
import type { Pool } from 'pg';

/**
 * Seconds by which the newest stamp of the catalogue is ahead of the database's own time; 0 when it is not. Stamps are
 * a millisecond apart at least, so more than 1 000 changes in a second push them ahead.
 */
export async function clockAheadSeconds(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ ahead: number }>(
    'SELECT greatest(0, extract(epoch FROM "revision" - clock_timestamp()))::float8 AS ahead FROM "SyncClock" WHERE "id" = 1',
  );
  return rows[0]?.ahead ?? 0;
}
