/** Workouts written past the API, as another program on the same database would: fast, and into states the API refuses. */
import type { Db } from '../../src/platform/database.ts';

export const ways = ['rename', 'hide', 'return', 'archive', 'delete'] as const;
export type Way = (typeof ways)[number];

let written = 0;

const changes = {
  rename: () => ({ name: `name ${written}` }),
  hide: () => ({ visibility: 'PRIVATE' as const }),
  return: () => ({ visibility: 'PUBLIC' as const, status: 'ACTIVE' as const }),
  archive: () => ({ status: 'ARCHIVED' as const }),
  delete: () => ({ status: 'DELETED' as const }),
};

export function insertWorkoutRow(db: Db, data: object = {}) {
  written += 1;
  const row = { slug: `row-${written}-${crypto.randomUUID()}`, name: 'Row', category: 'EASY' as const, tags: [], blocks: [] };
  return db.workoutTemplate.create({ data: { ...row, visibility: 'PUBLIC', status: 'ACTIVE', ...data } });
}

export function changeWorkoutRow(db: Db, id: string, way: Way) {
  written += 1;
  return db.workoutTemplate.update({ where: { id }, data: changes[way]() });
}

/** Takes everything away from partners, so that what follows begins with an empty list. Gives the stamp of that moment. */
export async function hideEverything(db: Db): Promise<Date> {
  await db.trainingPlanTemplate.updateMany({ where: { visibility: 'PUBLIC' }, data: { visibility: 'PRIVATE' } });
  await db.workoutTemplate.updateMany({ where: { visibility: 'PUBLIC' }, data: { visibility: 'PRIVATE' } });
  return (await db.syncClock.findUniqueOrThrow({ where: { id: 1 } })).revision;
}
