/**
 * What is shared of a runner: nothing of a source that its owner has excluded. Every reading on behalf of others asks
 * here; the owner's own view marks what is excluded instead.
 */
import type { Tx } from './context.ts';

/** The names of the sources that are excluded from sharing. */
export async function excludedSources(tx: Tx, runnerId: string): Promise<string[]> {
  const sources = await tx.healthSource.findMany({ where: { runnerId, excluded: true }, select: { name: true } });
  return sources.map(({ name }) => name);
}

/** The conditions of statements whose $1 is the runner. */
export const ofRunner = `"runnerId" = $1::uuid`;

const isShared = `"source" NOT IN (SELECT "name" FROM "HealthSource" WHERE ${ofRunner} AND "excluded")`;

/** The runner's rows that are shared, of a table whose rows each have a source. */
export const sharedRows = `${ofRunner} AND ${isShared}`;

/** The runner's lab tests that are shared; those without a source are their owner's word. */
export const sharedLabTests = `${ofRunner} AND ("source" IS NULL OR ${isShared})`;
