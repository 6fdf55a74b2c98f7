/** How much a runner ran in each week, for their own eyes. */
import type { Context } from './context.ts';
import { formatDay, requireDay } from './days.ts';
import { addDays, weekStart } from './local-dates.ts';
import { requireRunnerAccess } from './runners.ts';
import { type WeekVolume, weeklyVolume } from './weekly-volume.ts';

/**
 * The weeks that have runs, newest first, from the week of `from` to the week of `to`, each whole. A run that several
 * sources recorded counts once; those of sources that are excluded from sharing count too.
 *
 * @throws NOT_FOUND for another's runner; INVALID for an end that is not a day.
 */
export async function listRunnerWeeks(
  ctx: Context,
  runnerId: string,
  { from, to }: { from?: string | null | undefined; to?: string | null | undefined },
): Promise<WeekVolume[]> {
  requireRunnerAccess(ctx, runnerId);
  const [earliest, latest] = [requireDay('from', from), requireDay('to', to)];
  const monday = (day: Date) => weekStart(formatDay(day));
  const runs = await ctx.db.run.findMany({
    where: {
      runnerId,
      isDuplicate: false,
      startedOn: {
        ...(earliest && { gte: new Date(monday(earliest)) }),
        ...(latest && { lt: new Date(addDays(monday(latest), 7)) }),
      },
    },
    select: { startedOn: true, distanceMeters: true, movingSeconds: true },
  });
  return weeklyVolume(runs.map(({ startedOn, ...run }) => ({ ...run, date: formatDay(startedOn) })));
}
