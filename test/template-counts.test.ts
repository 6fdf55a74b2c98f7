/** The totals of lists, which the database counts while it writes: they must be what counting would say, whoever wrote how. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { changeWorkoutRow, insertWorkoutRow, type Way, ways } from './support/template-rows.ts';
import { createPlan } from './support/templates.ts';

const gateway = await startGateway();
const { db } = gateway;
const { plaintext: key } = await gateway.mintKey({ requestsPerMinute: 1_000_000, requestsPerDay: 1_000_000 });

const totalOf = async (query: string, kind = 'workout-templates') => {
  const response = await gateway.get(`/api/${kind}?per_page=1&${query}`, key);
  return ((await response.json()) as { total: number }).total;
};

const isVisible = { visibility: 'PUBLIC', status: 'ACTIVE' } as const;

/** Counted row by row: what partners see, and with it what they once could. */
async function counted(since?: Date) {
  const updatedAt = since && { gt: since };
  const visible = await db.workoutTemplate.count({ where: { ...isVisible, ...(updatedAt && { updatedAt }) } });
  const removed = await db.workoutTemplate.count({ where: { removedVersion: { not: null }, ...(updatedAt && { updatedAt }) } });
  return [visible, visible + removed];
}

type Step = { way: Way | 'insert' | 'draft' | 'conflict' | 'hideAll' | 'undone'; pick: number };

const step: fc.Arbitrary<Step> = fc.record({
  way: fc.constantFrom(...ways, 'insert', 'insert', 'draft', 'conflict', 'hideAll', 'undone'),
  pick: fc.nat(1_000),
});

async function take({ way, pick }: Step): Promise<void> {
  if (way === 'insert') return void (await insertWorkoutRow(db));
  if (way === 'draft') return void (await insertWorkoutRow(db, { visibility: 'PRIVATE', status: 'DRAFT' }));
  const rows = await db.workoutTemplate.findMany({ select: { id: true, slug: true }, orderBy: { id: 'desc' }, take: 20 });
  const row = rows[pick % rows.length];
  if (!row) return;
  if (way === 'hideAll') await db.workoutTemplate.updateMany({ where: isVisible, data: { visibility: 'PRIVATE' } });
  else if (way === 'conflict') {
    await db.$executeRaw`INSERT INTO "WorkoutTemplate" ("id", "slug", "name", "category", "tags", "blocks", "visibility", "status")
      VALUES (gen_random_uuid(), ${row.slug}, 'Again', 'EASY', '{}', '[]', 'PUBLIC', 'ACTIVE')
      ON CONFLICT ("slug") DO UPDATE SET "visibility" = 'PUBLIC', "status" = 'ACTIVE'`;
  } else if (way === 'undone') {
    await expect(
      db.$transaction(async (tx) => {
        await tx.workoutTemplate.updateMany({ data: { visibility: 'PUBLIC', status: 'ACTIVE' } });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
  } else await changeWorkoutRow(db, row.id, way);
}

describe('the total of a list', () => {
  it('is what counting says, after any writes by two at once', async () => {
    const walk = fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.array(step, { maxLength: 12 }), async (one, other) => {
      const before = (await db.syncClock.findUniqueOrThrow({ where: { id: 1 } })).revision;
      const all = async (steps: Step[]) => {
        for (const next of steps) await take(next);
      };
      await Promise.all([all(one), all(other)]);
      expect([await totalOf(''), await totalOf('includeRemoved=true')]).toEqual(await counted());
      const since = `updatedSince=${before.toISOString()}`;
      expect([await totalOf(since), await totalOf(`${since}&includeRemoved=true`)]).toEqual(await counted(before));
      const ever = 'updatedSince=2001-01-01T00:00:00Z';
      expect([await totalOf(ever), await totalOf(`${ever}&includeRemoved=true`)]).toEqual(await counted());
    });
    await fc.assert(walk, { numRuns: 15 });
  });

  it('counts each kind apart', async () => {
    const [workouts, plans] = [await totalOf(''), await totalOf('', 'training-plan-templates')];
    await createPlan(gateway);
    expect([await totalOf(''), await totalOf('', 'training-plan-templates')]).toEqual([workouts, plans + 1]);
  });
});
