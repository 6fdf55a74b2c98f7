/**
 * What is shared of a runner: nothing of a source that its owner has excluded. Every reading on behalf of others asks
 * here; the owner's own view marks what is excluded instead.
 */
import { Prisma } from '../../prisma/generated/client/client.ts';
import type { Tx } from './context.ts';

/** The names of the sources that are excluded from sharing. */
export async function excludedSources(tx: Tx, runnerId: string): Promise<string[]> {
  const sources = await tx.healthSource.findMany({ where: { runnerId, excluded: true }, select: { name: true } });
  return sources.map(({ name }) => name);
}

/** The runner's rows that are shared, of tables whose rows each have a source. */
export const sharedOnly = (runnerId: string, excluded: string[]) => ({ runnerId, source: { notIn: excluded } });

/** The runner's lab tests that are shared; those without a source are their owner's word. */
export const sharedLabTests = (runnerId: string, excluded: string[]) => ({
  runnerId,
  OR: [{ source: null }, { source: { notIn: excluded } }],
});

/** The same as a condition of a statement, on its column "source". */
export const andShared = (runnerId: string) =>
  Prisma.sql`AND "source" NOT IN (SELECT "name" FROM "HealthSource" WHERE "runnerId" = ${runnerId}::uuid AND "excluded")`;
