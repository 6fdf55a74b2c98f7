/** A runner's best times and what they are worth, as their context shows them. */
import type { Runner } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { loadBests } from './load-bests.ts';
import { localDate } from './local-dates.ts';
import type { PersonalBestFacts } from './runner-context/facts.ts';
import { type Fitness, fitnessOf } from './runner-context/fitness.ts';
import { requireRunnerAccess } from './runners.ts';

/** The fastest performance at each distance, shortest first: a view of races, runs and stated bests. */
export async function listPersonalBests(ctx: Context, runner: Runner): Promise<PersonalBestFacts[]> {
  return (await bestsOf(ctx, runner)).personalBests;
}

/** The VDOT that training is based on and the performance it is taken from; null when no effort is of a length that it speaks for. */
export async function findFitness(ctx: Context, runner: Runner): Promise<Fitness | null> {
  return fitnessOf({ ...(await bestsOf(ctx, runner)), gear: [] });
}

async function bestsOf(ctx: Context, { id, timezone }: Runner) {
  requireRunnerAccess(ctx, id);
  return loadBests(ctx, id, localDate(ctx.now(), timezone));
}
