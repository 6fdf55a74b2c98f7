import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mirror } from '../examples/mirror.ts';
import { publicUrl, startGateway } from './support/gateway.ts';
import { mirrorClient } from './support/sync-clients.ts';
import { changeWorkoutRow, hideEverything, insertWorkoutRow } from './support/template-rows.ts';
import { createPlan, createWorkout, updateWorkout } from './support/templates.ts';

const gateway = await startGateway();
const { db } = gateway;
const { plaintext: key } = await gateway.mintKey({ requestsPerMinute: 1_000_000, requestsPerDay: 1_000_000 });

interface Page {
  data: { id: string; version: number; updatedAt: string; name: string }[];
  removed: { id: string; version: number; updatedAt: string; reason: string }[];
  next?: string;
}

async function list(query: object | string): Promise<Page> {
  const path = typeof query === 'string' ? query : `${publicUrl}/api/workout-templates?${new URLSearchParams({ ...query })}`;
  return (await gateway.get(path.slice(publicUrl.length), key)).json() as Promise<Page>;
}

const stored = (id: string) => db.workoutTemplate.findUniqueOrThrow({ where: { id } });
const revision = async () => (await db.syncClock.findUniqueOrThrow({ where: { id: 1 } })).revision.getTime();
/** What has left since the test began, as partners are told. */
let since: string;
const removedNow = async () => (await list({ updatedSince: since, includeRemoved: true })).removed;

beforeEach(async () => {
  since = (await hideEverything(db)).toISOString();
});

describe('version and updatedAt', () => {
  it('start at 1 and rise with every real change, whatever a writer says they are', async () => {
    const lies = { version: 99, updatedAt: new Date(0), removedVersion: 5, removedReason: 'DELETED' as const };
    const { id } = await insertWorkoutRow(db, lies);
    const first = await stored(id);
    expect(first).toMatchObject({ version: 1, removedVersion: null, removedReason: null });
    expect(first.updatedAt.getTime()).toBe(await revision());
    await db.workoutTemplate.update({ where: { id }, data: { ...lies, name: 'Changed', createdAt: new Date(0) } });
    const second = await stored(id);
    expect(second).toMatchObject({ version: 2, removedVersion: null, createdAt: first.createdAt });
    expect(second.updatedAt.getTime()).toBeGreaterThan(first.updatedAt.getTime());
  });

  it('stay when a write changes nothing', async () => {
    const workout = await createWorkout(gateway, { name: 'Same' });
    const before = await revision();
    expect(await updateWorkout(gateway, workout.id, { name: 'Same' })).toEqual(workout);
    await db.workoutTemplate.update({ where: { id: workout.id }, data: { version: 7, updatedAt: new Date(0) } });
    expect(await stored(workout.id)).toMatchObject({ version: 1, updatedAt: new Date(workout.updatedAt) });
    expect(await revision()).toBe(before);
  });

  it('stay when only the order of keys in the document differs', async () => {
    const { id, version, updatedAt } = await createWorkout(gateway, {
      blocks: [{ repeat: 2, steps: [{ kind: 'RUN', distanceMeters: 400 }] }],
    });
    const reordered = JSON.stringify([{ steps: [{ distanceMeters: 400, kind: 'RUN' }], repeat: 2 }]);
    await db.$executeRaw`UPDATE "WorkoutTemplate" SET "blocks" = ${reordered}::jsonb WHERE "id" = ${id}::uuid`;
    expect(await stored(id)).toMatchObject({ version, updatedAt: new Date(updatedAt) });
  });

  it('move on without the catalogue while nobody can see the template', async () => {
    const before = await revision();
    const { id } = await insertWorkoutRow(db, { visibility: 'PRIVATE' });
    await changeWorkoutRow(db, id, 'rename');
    expect(await stored(id)).toMatchObject({ version: 2 });
    expect(await revision()).toBe(before);
  });

  it('rise even when the system clock is set back', async () => {
    const future = new Date(Date.now() + 60_000);
    await db.syncClock.update({ where: { id: 1 }, data: { revision: future } });
    const first = await insertWorkoutRow(db);
    const second = await changeWorkoutRow(db, first.id, 'rename');
    expect([first.updatedAt.getTime(), second.updatedAt.getTime()]).toEqual([future.getTime() + 1, future.getTime() + 2]);
  });
});

describe('a template that leaves', () => {
  it.each([
    ['hide', 'UNPUBLISHED'],
    ['archive', 'ARCHIVED'],
    ['delete', 'DELETED'],
  ] as const)('is told by %s as %s, once, as it was at that moment', async (way, reason) => {
    const { id } = await insertWorkoutRow(db);
    const { updatedAt } = await changeWorkoutRow(db, id, way);
    const tombstone = { id, version: 2, updatedAt: updatedAt.toISOString(), reason };
    expect(await removedNow()).toEqual([tombstone]);
    await changeWorkoutRow(db, id, 'rename');
    if (way !== 'hide') await changeWorkoutRow(db, id, 'hide');
    else await changeWorkoutRow(db, id, 'archive');
    expect((await stored(id)).version).toBe(4);
    expect(await removedNow()).toEqual([tombstone]);
  });

  it('is no longer told of when it returns, with a higher version', async () => {
    const { id } = await insertWorkoutRow(db);
    await changeWorkoutRow(db, id, 'delete');
    await changeWorkoutRow(db, id, 'return');
    const { data, removed } = await list({ updatedSince: since, includeRemoved: true });
    expect(removed).toEqual([]);
    expect(data).toMatchObject([{ id, version: 3 }]);
  });

  it('is not told of when partners could never see it', async () => {
    const { id } = await insertWorkoutRow(db, { status: 'DRAFT' });
    await changeWorkoutRow(db, id, 'hide');
    await changeWorkoutRow(db, id, 'delete');
    expect(await removedNow()).toEqual([]);
  });

  it.each([
    'DELETE FROM "WorkoutTemplate"',
    'TRUNCATE "WorkoutTemplate"',
    'DELETE FROM "TrainingPlanTemplate"',
    'TRUNCATE "TrainingPlanTemplate"',
  ])('cannot vanish without a trace: %s is refused', async (statement) => {
    await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(/templates are deleted by setting their status/);
  });

  it('cannot leave while a plan that partners see names it', async () => {
    const workout = await createWorkout(gateway);
    await createPlan(gateway, [workout.id]);
    await expect(changeWorkoutRow(db, workout.id, 'hide')).rejects.toThrow();
    expect((await stored(workout.id)).visibility).toBe('PUBLIC');
  });
});

describe('a walk by page numbers', () => {
  it('loses a template when another changes between two pages; following next does not', async () => {
    const rows = [await insertWorkoutRow(db), await insertWorkoutRow(db), await insertWorkoutRow(db)];
    const first = await list({ updatedSince: since, per_page: 1 });
    expect(first.data[0]?.id).toBe(rows[0]?.id);
    await changeWorkoutRow(db, first.data[0]?.id ?? '', 'rename');
    const byNumber = await list({ updatedSince: since, per_page: 1, page: 2 });
    const byNext = await list(first.next ?? '');
    expect(byNumber.data[0]?.id).toBe(rows[2]?.id);
    expect(byNext.data[0]?.id).toBe(rows[1]?.id);
  });
});

describe('the example loop', () => {
  it('waits as long as a 429 says and goes on', async () => {
    for (let count = 0; count < 5; count++) await insertWorkoutRow(db);
    const slow = await gateway.mintKey({ requestsPerMinute: 2 });
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const waits: number[] = [];
      const rows: Record<string, unknown>[] = [];
      await mirror({
        url: publicUrl,
        key: slow.plaintext,
        perPage: 100,
        fetch: (url, init) => gateway.app.fetch(new Request(url.replace('per_page=100', 'per_page=2'), init)),
        store: {
          load: async () => ({ updatedSince: since, rows: {} }),
          save: async (_list, copy) => void rows.push({ ...copy.rows }),
        },
        wait: async (milliseconds) => {
          waits.push(milliseconds);
          vi.setSystemTime(Date.now() + milliseconds);
        },
      });
      expect(waits).toEqual([60_000]);
      expect(Object.keys(rows.at(-1) ?? {})).toHaveLength(5);
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps the places in the two lists apart: what is new in one is not hidden by the other', async () => {
    const client = mirrorClient(gateway, key, 100, publicUrl);
    await client.poll();
    const workout = await createWorkout(gateway);
    const plan = await createPlan(gateway, [workout.id]);
    await client.poll();
    expect(client.versions('training-plan-templates')[plan.id]).toBe(1);
    expect(client.versions('workout-templates')[workout.id]).toBe(1);
  });
});
