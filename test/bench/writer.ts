/** Somebody who edits workouts, one a second, past the gateway: the database's triggers do what belongs to a change. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Workouts that are edited in turn, so that few are newer than what a partner has seen. */
const edited = 3;

/** Gives a function that ends it. */
export async function startWriter(databaseUrl: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const ending = new AbortController();
  const { rows } = await client.query<{ id: string }>(
    `SELECT "id" FROM "WorkoutTemplate" WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE' ORDER BY "id" LIMIT $1`,
    [edited],
  );

  async function write() {
    for (let edit = 0; !ending.signal.aborted; edit++) {
      const id = rows[edit % rows.length]?.id;
      await client.query(`UPDATE "WorkoutTemplate" SET "attribution" = $2 WHERE "id" = $1`, [id, `edit ${edit} of ${Date.now()}`]);
      // Ends early when it is told to.
      await sleep(1_000, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
  const written = write();
  return async () => {
    ending.abort();
    await written;
    await client.end();
  };
}
