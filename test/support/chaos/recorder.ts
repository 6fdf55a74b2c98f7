/** What the database itself says was committed, and when it could be seen: the measure of every answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Change, createStates, type List } from './states.ts';

/** In the transaction of every change; a transaction that is rolled back takes its rows along. */
const history = `
  CREATE SCHEMA chaos;
  CREATE TABLE chaos.change (seq bigserial PRIMARY KEY, "transaction" xid8 NOT NULL DEFAULT pg_current_xact_id(), "table" text NOT NULL, "row" jsonb NOT NULL);
  CREATE FUNCTION chaos.record() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' OR NEW."version" <> OLD."version" THEN
      INSERT INTO chaos.change ("table", "row") VALUES (TG_TABLE_NAME, to_jsonb(NEW));
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER z_chaos AFTER INSERT OR UPDATE ON "WorkoutTemplate" FOR EACH ROW EXECUTE FUNCTION chaos.record();
  CREATE TRIGGER z_chaos AFTER INSERT OR UPDATE ON "TrainingPlanTemplate" FOR EACH ROW EXECUTE FUNCTION chaos.record();`;

interface Recorded {
  seq: string;
  transaction: string;
  table: string;
  row: Record<string, unknown> & Record<'id' | 'updatedAt' | 'createdAt' | 'visibility' | 'status' | 'searchText', string>;
}

const listOf: Record<string, List> = { WorkoutTemplate: 'workout-templates', TrainingPlanTemplate: 'training-plan-templates' };

/** What partners are not told of a row. */
const untold = ['visibility', 'status', 'authorId', 'searchText', 'workoutTemplateIds', 'removedVersion', 'removedReason'];

/** A number may be given before, and seen after, others that are greater; never by more than this many rows. */
const overtakenBy = 200;

/** Watches a migrated database through a connection that no fault touches. */
export async function startRecorder(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(history);
  const states = createStates();
  const waiting: { since: number; tell(newest: number): void }[] = [];
  let seen: number[] = [];
  let highest = 0;
  let running = true;

  async function observe() {
    const beganAt = performance.now();
    const { rows } = await client.query<Recorded>(
      `SELECT seq, "transaction"::text, "table", "row" FROM chaos.change WHERE seq > $1 AND seq <> ALL ($2) ORDER BY seq`,
      [highest - overtakenBy, seen],
    );
    for (const transaction of byTransaction(rows)) states.append(transaction);
    seen.push(...rows.map(({ seq }) => Number(seq)));
    highest = Math.max(highest, ...seen.slice(-rows.length));
    seen = seen.filter((seq) => seq > highest - overtakenBy);
    const told = waiting.findIndex(({ since }) => since > beganAt);
    for (const { tell } of waiting.splice(0, told === -1 ? waiting.length : told)) tell(states.newest());
  }

  const observing = (async () => {
    while (running || waiting.length > 0) await observe().then(() => sleep(5));
  })();

  return {
    states,
    /** A state that everyone who asks from now on sees, or a later one. */
    settled: () => states.newest(),
    /** The newest state that anyone can have seen until now. */
    reached: () => new Promise<number>((resolve) => waiting.push({ since: performance.now(), tell: resolve })),
    /** Rows of the product's own history that differ from this one. */
    async unequalHistory(): Promise<number> {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int FROM chaos.change AS own FULL JOIN "TemplateChange" AS kept
         ON kept."templateType" = own."table" AND kept."templateId" = (own."row"->>'id')::uuid AND kept."version" = (own."row"->>'version')::int
         WHERE own.seq IS NULL OR kept."templateId" IS NULL`,
      );
      return rows[0]?.count ?? 0;
    },
    async stop() {
      running = false;
      await observing;
      await client.end();
    },
  };
}

export type Recorder = Awaited<ReturnType<typeof startRecorder>>;

/** Nobody else writes templates between the first and the last row of a transaction. */
function byTransaction(rows: Recorded[]): Change[][] {
  const transactions = new Map<string, Change[]>();
  for (const { transaction, table, row } of rows) {
    const changes = transactions.get(transaction) ?? [];
    transactions.set(transaction, changes);
    changes.push(changeOf(table, row));
  }
  return [...transactions.values()];
}

function changeOf(table: string, row: Recorded['row']): Change {
  const instant = (text: string) => new Date(text).toISOString();
  const told = Object.entries(row).filter(([name, value]) => value !== null && !untold.includes(name));
  return {
    list: listOf[table]!,
    id: row.id,
    version: row.version as number,
    stamp: instant(row.updatedAt),
    visible: row.visibility === 'PUBLIC' && row.status === 'ACTIVE',
    removedVersion: row.removedVersion as number | null,
    removedReason: row.removedReason as string | null,
    status: row.status,
    document: { ...Object.fromEntries(told), createdAt: instant(row.createdAt), updatedAt: instant(row.updatedAt) },
    searchText: row.searchText,
  };
}
