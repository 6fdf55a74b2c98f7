/** Takes the idle connections out of a pool, when there is reason to believe that they are as lost as another one. */
import type { Pool } from 'pg';

export function retireIdle(pool: Pool): void {
  if (pool.ending) return;
  for (let count = pool.idleCount; count > 0; count--) {
    // Asking is the only way to them that node-postgres has. Who gets a new one instead ends that for nothing.
    pool.connect((error, _client, release) => {
      if (!error) release(true);
    });
  }
}
