/** Writers that do to templates whatever can be done to them, all at once, in SQL, and remember what they committed. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Random, randomFrom } from './random.ts';

/** A row as one committed statement left it. */
export interface Written {
  id: string;
  version: number;
  visible: boolean;
  status: 'DRAFT' | 'ACTIVE' | 'ARCHIVED' | 'DELETED';
}

/** What partners should be told of one list in the end: id → version, and what left. */
export interface Expected {
  live: Record<string, number>;
  removed: Record<string, { version: number; reason: string }>;
}

export type Table = 'WorkoutTemplate' | 'TrainingPlanTemplate';

const listOf = { WorkoutTemplate: 'workout-templates', TrainingPlanTemplate: 'training-plan-templates' } as const;
const returning = `RETURNING "id", "version", "visibility" = 'PUBLIC' AND "status" = 'ACTIVE' AS visible, "status"`;

const changes = [
  `"name" = 'name ' || $2::text`,
  `"name" = 'name ' || $2::text`,
  `"name" = 'name ' || $2::text, "description" = 'text ' || $2::text`,
  `"visibility" = 'PRIVATE', "attribution" = $2::text`,
  `"visibility" = 'PUBLIC', "status" = 'ACTIVE', "attribution" = $2::text`,
  `"visibility" = 'PUBLIC', "status" = 'ACTIVE', "attribution" = $2::text`,
  `"status" = 'ARCHIVED', "attribution" = $2::text`,
  `"status" = 'DELETED', "attribution" = $2::text`,
  // Nothing changes: version and stamp must stay.
  `"name" = "name", "version" = "version" + ($2::text <> '')::int, "updatedAt" = 'epoch'`,
] as const;

const content = {
  WorkoutTemplate: { columns: `"category", "tags", "blocks"`, values: `'EASY', '{}', '[]'` },
  TrainingPlanTemplate: { columns: `"durationWeeks", "weeks"`, values: `1, '[]'` },
};

/** Runs the writers to their end on the database at `url`; gives what a partner must know then, by list. */
export async function writeAtOnce(url: string, options: { seed: number; writers: number; transactions: number }) {
  const committed: Record<Table, Written[]> = { WorkoutTemplate: [], TrainingPlanTemplate: [] };
  await Promise.all(
    Array.from({ length: options.writers }, async (_, index) => {
      const random = randomFrom(options.seed * 1_000 + index);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      for (let count = 0; count < options.transactions; count++) await writeOnce(client, random, committed);
      await client.end();
    }),
  );
  return {
    'workout-templates': expectedOf(committed.WorkoutTemplate),
    'training-plan-templates': expectedOf(committed.TrainingPlanTemplate),
  };
}

/** One transaction of a few statements, which may be rolled back; what it committed is added to `committed`. */
export async function writeOnce(client: pg.Client, random: Random, committed: Record<Table, Written[]>, insertShare = 0.25) {
  const table: Table = random.chance(0.5) ? 'WorkoutTemplate' : 'TrainingPlanTemplate';
  const written: Written[] = [];
  await client.query('BEGIN');
  for (let statements = 1 + random.below(3); statements > 0; statements--) {
    written.push(...(random.chance(insertShare) ? await insert(client, table, random) : await change(client, table, random)));
    // A transaction that dawdles is overtaken by others, if anything lets them.
    if (random.chance(0.15)) await sleep(random.below(12));
  }
  const keeps = !random.chance(0.15);
  await client.query(keeps ? 'COMMIT' : 'ROLLBACK');
  if (keeps) committed[table].push(...written);
}

async function insert(client: pg.Client, table: Table, random: Random): Promise<Written[]> {
  const { columns, values } = content[table];
  const visibility = random.chance(0.7) ? 'PUBLIC' : 'PRIVATE';
  const { rows } = await client.query<Written>(
    `INSERT INTO "${table}" ("id", "slug", "name", "visibility", "status", "version", ${columns})
     SELECT gen_random_uuid(), gen_random_uuid()::text, 'new', '${visibility}', 'ACTIVE', 99, ${values}
     FROM generate_series(1, $1) ${returning}`,
    [1 + random.below(3)],
  );
  return rows;
}

async function change(client: pg.Client, table: Table, random: Random): Promise<Written[]> {
  const among = await client.query<{ id: string }>(`SELECT "id" FROM "${table}" ORDER BY "id" OFFSET $1 LIMIT 3`, [random.below(40)]);
  const ids = among.rows.slice(0, 1 + random.below(3)).map((row) => row.id);
  const { rows } = await client.query<Written>(`UPDATE "${table}" SET ${random.pick(changes)} WHERE "id" = ANY ($1) ${returning}`, [
    ids,
    String(random.below(1e9)),
  ]);
  return rows;
}

/** @throws when the versions of a row are not 1, 2, 3 … without a gap. */
function expectedOf(written: Written[]): Expected {
  const histories = new Map<string, Written[]>();
  for (const row of written) {
    const history = histories.get(row.id) ?? [];
    history[row.version - 1] ??= row;
    histories.set(row.id, history);
  }
  const expected: Expected = { live: {}, removed: {} };
  for (const [id, history] of histories) {
    const versions = Array.from(history, (row) => row?.version);
    if (versions.some((version, index) => version !== index + 1)) throw new Error(`versions of ${id} have gaps: ${versions}`);
    const last = history.at(-1);
    const lastVisible = history.findLast((row) => row.visible);
    const leaving = lastVisible && history[lastVisible.version];
    if (last?.visible) expected.live[id] = last.version;
    else if (leaving) {
      const reason = leaving.status === 'DELETED' || leaving.status === 'ARCHIVED' ? leaving.status : 'UNPUBLISHED';
      expected.removed[id] = { version: leaving.version, reason };
    }
  }
  return expected;
}

export const lists = Object.values(listOf);
