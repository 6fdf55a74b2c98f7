/** What operations are about, as the table of refusals needs it: a caller's own, what is published, and another's. */
import type { Gateway } from './gateway.ts';
import { createSharedRunner } from './runners.ts';
import { createPlan, createWorkout } from './templates.ts';

/** A thing and the headers of whoever owns it. */
interface Owned {
  id: string;
  headers: Record<string, string>;
}

/** How a test comes by a new thing of some kind. Each gives the id that operations name it by. */
export interface Subject {
  /** One that is not published and belongs to no caller of the table. */
  another(): Promise<string>;
  /** One that belongs to whoever has this role; needed for roles that reach only what is their own. */
  own?: { coach?: () => Promise<Owned>; runner?: () => Promise<Owned> };
  /** One that partners see, by an author who is no caller of the table. */
  published?(): Promise<string>;
}

export type SubjectKind = 'workout' | 'plan' | 'runner' | 'username' | 'runnerItem' | 'partner' | 'key';

export function subjectsOf(gateway: Gateway): Record<SubjectKind, Subject> {
  const hidden = { visibility: 'PRIVATE', status: 'DRAFT' };
  const ofCoach = async (id: string): Promise<Owned> => ({ id, headers: await gateway.session('coach', `coach-of-${id}`) });
  return {
    workout: {
      another: async () => (await createWorkout(gateway, hidden)).id,
      own: {
        async coach() {
          const { id } = await createWorkout(gateway, hidden);
          await gateway.db.workoutTemplate.update({ where: { id }, data: { authorId: `coach-of-${id}` } });
          return ofCoach(id);
        },
      },
      published: async () => (await createWorkout(gateway)).id,
    },
    plan: {
      another: async () => (await createPlan(gateway, [], hidden)).id,
      own: {
        async coach() {
          const { id } = await createPlan(gateway, [], hidden);
          await gateway.db.trainingPlanTemplate.update({ where: { id }, data: { authorId: `coach-of-${id}` } });
          return ofCoach(id);
        },
      },
      published: async () => (await createPlan(gateway)).id,
    },
    runner: {
      another: async () => (await createSharedRunner(gateway)).id,
      own: {
        async runner() {
          const { id } = await createSharedRunner(gateway);
          return { id, headers: await gateway.session('runner', id) };
        },
      },
    },
    username: {
      another: async () => (await createSharedRunner(gateway)).username,
      own: {
        async runner() {
          const { id, username } = await createSharedRunner(gateway);
          return { id: username, headers: await gateway.session('runner', id) };
        },
      },
    },
    runnerItem: {
      another: () => createRunnerWithItems(gateway),
      own: {
        async runner() {
          const id = await createRunnerWithItems(gateway);
          return { id, headers: await gateway.session('runner', id) };
        },
      },
    },
    partner: { another: async () => (await gateway.mintKey()).partnerId },
    key: { another: async () => (await gateway.mintKey()).id },
  };
}

/** A runner with one item in each list that has the runner's own id, so that one id names both. */
async function createRunnerWithItems(gateway: Gateway): Promise<string> {
  const { id } = await createSharedRunner(gateway);
  const { db } = gateway;
  const own = { id, runnerId: id };
  const date = new Date('2026-01-01');
  const day = { ...own, date, source: 'watch' };
  await db.measurement.create({ data: { ...day, kind: 'WEIGHT', value: 60 } });
  await db.heartRateZones.create({ data: { ...day, zone1Max: 120, zone2Max: 130, zone3Max: 140, zone4Max: 150 } });
  await db.gear.create({ data: { ...own, name: 'shoes' } });
  await db.raceResult.create({ data: { ...own, date, name: 'race', distanceMeters: 5000, timeSeconds: 1200 } });
  await db.goal.create({ data: { ...own, name: 'goal' } });
  await db.personalBest.create({ data: { ...own, distanceMeters: 5000, timeSeconds: 1200 } });
  await db.dailyReading.create({ data: { ...day, hrv: 50 } });
  await db.run.create({ data: { ...own, source: 'watch', startedOn: date, distanceMeters: 5000 } });
  await db.labTest.create({ data: { ...own, date, name: 'panel' } });
  const token = gateway.parts.gate.base.contextLinks.tokens.mint(id);
  await db.contextLink.create({ data: { ...own, label: 'doctor', rotatedAt: date, ...token } });
  return id;
}
