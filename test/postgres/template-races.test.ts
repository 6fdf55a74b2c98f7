/** What the triggers promise when two writers meet, shown one meeting at a time. */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { type Gateway, publicUrl, startGateway } from '../support/gateway.ts';
import { nothingAtHand } from '../support/nothing-at-hand.ts';
import { mirrorClient } from '../support/sync-clients.ts';
import { changeWorkoutRow, insertWorkoutRow } from '../support/template-rows.ts';
import { createPlan, createWorkout } from '../support/templates.ts';

const gateway = await startGateway();

async function connect({ database }: Gateway) {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return client;
}

/** Resolves when the client's statement has to wait for another transaction, or has ended without. */
async function waitsForLock(gatewayOf: Gateway, client: pg.Client, statement: Promise<unknown>): Promise<void> {
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  statement.then(end, end);
  const pid = (client as unknown as { processID: number }).processID;
  while (!hasEnded) {
    const [row] = await gatewayOf.db.$queryRaw<
      { waiting: bigint }[]
    >`SELECT count(*) AS waiting FROM pg_locks WHERE pid = ${pid} AND NOT granted`;
    if (row && row.waiting > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const rename = `UPDATE "WorkoutTemplate" SET "name" = "name" || '!' WHERE "id" = $1`;

/** One transaction begins to write first and commits last, and a partner polls in between. How many changes it misses. */
async function overtake(gatewayOf: Gateway): Promise<number> {
  const { plaintext } = await gatewayOf.mintKey();
  const partner = mirrorClient(gatewayOf, plaintext, 100, publicUrl);
  const rows = [await insertWorkoutRow(gatewayOf.db), await insertWorkoutRow(gatewayOf.db)];
  await partner.poll();
  const [slow, quick] = [await connect(gatewayOf), await connect(gatewayOf)];
  await slow.query('BEGIN');
  await slow.query(rename, [rows[0]?.id]);
  const overtaking = quick.query(rename, [rows[1]?.id]).then(() => 'committed');
  await waitsForLock(gatewayOf, quick, overtaking);
  await partner.poll();
  await slow.query('COMMIT');
  await overtaking;
  await partner.poll();
  await Promise.all([slow.end(), quick.end()]);
  return rows.filter((row) => partner.versions('workout-templates')[row.id] !== 2).length;
}

/** The obvious design: the time of the change is the time of day. */
async function stampWithTimeOfDay({ db }: Gateway, now: string) {
  await db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION sync_clock_tick(kind text) RETURNS timestamptz LANGUAGE sql AS
    $$ SELECT date_trunc('milliseconds', ${now}) $$`);
  await db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION sync_clock_lock() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RETURN NULL; END $$`);
}

describe('a change that is committed after a later one', () => {
  it('is not missed by a partner that polled in between', async () => {
    expect(await overtake(gateway)).toBe(0);
  });

  it.each(['now()', 'clock_timestamp()'])('would be missed if its stamp were %s: that is why there is a clock', async (now) => {
    // Nobody tells such a clock of a change, so nothing may be kept by its stamps.
    const naive = await startGateway({ atHand: nothingAtHand });
    await stampWithTimeOfDay(naive, now);
    expect(await overtake(naive)).toBe(1);
  });
});

describe('the version', () => {
  it('counts every change once when eight writers change one row', async () => {
    const { id } = await insertWorkoutRow(gateway.db);
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect(gateway)));
    await Promise.all(
      clients.map(async (client) => {
        for (let count = 0; count < 10; count++) {
          await client.query(rename, [id]);
          await client.query(`UPDATE "WorkoutTemplate" SET "name" = "name" WHERE "id" = $1`, [id]);
        }
        await client.end();
      }),
    );
    expect((await gateway.db.workoutTemplate.findUniqueOrThrow({ where: { id } })).version).toBe(81);
  });
});

describe('a plan being published while its workout is being hidden', () => {
  it('is refused to whoever commits second, whichever that is', async () => {
    const publish = { text: `UPDATE "TrainingPlanTemplate" SET "visibility" = 'PUBLIC' WHERE "id" = $1` };
    const hide = { text: `UPDATE "WorkoutTemplate" SET "visibility" = 'PRIVATE' WHERE "id" = $1` };
    const [first, second] = [await connect(gateway), await connect(gateway)];
    for (const publishesFirst of [true, false]) {
      const workout = await createWorkout(gateway);
      const plan = await createPlan(gateway, [workout.id], { visibility: 'PRIVATE' });
      const ofPlan = { ...publish, values: [plan.id] };
      const ofWorkout = { ...hide, values: [workout.id] };
      await Promise.all([first.query('BEGIN'), second.query('BEGIN')]);
      await first.query(publishesFirst ? ofPlan : ofWorkout);
      const later = second.query(publishesFirst ? ofWorkout : ofPlan);
      await waitsForLock(gateway, second, later);
      await first.query('COMMIT');
      await later;
      await expect(second.query('COMMIT')).rejects.toMatchObject({ code: 'EK001' });
    }
    await Promise.all([first.end(), second.end()]);
  });

  it('ends in one success and one CONFLICT through the API', async () => {
    for (let round = 0; round < 5; round++) {
      const workout = await createWorkout(gateway);
      const plan = await createPlan(gateway, [workout.id], { visibility: 'PRIVATE' });
      const answers = await Promise.all([
        gateway.graphql(
          `mutation ($id: ID!) { updateTrainingPlanTemplate(id: $id, expectedVersion: 1, input: { visibility: PUBLIC }) { id } }`,
          { id: plan.id },
        ),
        gateway.graphql(
          `mutation ($id: ID!) { updateWorkoutTemplate(id: $id, expectedVersion: 1, input: { visibility: PRIVATE }) { id } }`,
          {
            id: workout.id,
          },
        ),
      ]);
      const codes = answers.map((answer) => answer.errors?.[0]?.extensions.code ?? 'OK');
      expect(codes.sort()).toEqual(['CONFLICT', 'OK']);
    }
  });

  it('leaves both writers of one version with one success and one CONFLICT', async () => {
    const { id } = await insertWorkoutRow(gateway.db);
    await changeWorkoutRow(gateway.db, id, 'rename');
    const update = (name: string) =>
      gateway.graphql(
        `mutation ($id: ID!, $name: String!) { updateWorkoutTemplate(id: $id, expectedVersion: 2, input: { name: $name, blocks: [{ steps: [{ kind: RUN }] }] }) { version } }`,
        { id, name },
      );
    const answers = await Promise.all([update('one'), update('two')]);
    expect(answers.map((answer) => answer.errors?.[0]?.extensions.code ?? 'OK').sort()).toEqual(['CONFLICT', 'OK']);
  });
});
