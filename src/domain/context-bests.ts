/** A runner's personal bests as data, for whoever has the address and may see the profile. */
import type { Context } from './context.ts';
import { scopesOf } from './context-links.ts';
import { DomainError } from './errors.ts';
import { withoutNulls } from './json.ts';
import { loadBests } from './load-bests.ts';
import { localDate } from './local-dates.ts';
import { openContext } from './opened-contexts.ts';
import type { Performance } from './personal-bests.ts';
import { distanceName } from './race-distances.ts';
import { unitsJson } from './runner-context/json.ts';
import { formatDuration, formatPace, rounded } from './units.ts';
import { isVdotEffort, vdotOf } from './vdot.ts';

/** How a read of personal bests is counted, beside the sections of the context. */
const bestsSection = 'personal-bests';

/** A best in the words of the address. */
interface PersonalBestJson {
  distance: string;
  distance_km: number;
  time: string;
  time_seconds: number;
  /** Minutes and seconds per kilometre. */
  avg_pace: string;
  vdot?: number;
  date?: string;
  kind: Performance['kind'];
}

export interface RunnerPersonalBestsJson {
  runner: { units: 'metric' | 'imperial' };
  personal_bests: PersonalBestJson[];
}

/**
 * The fastest known performance at each distance, shortest first: the same as in the document.
 *
 * @throws as `openContext`; FORBIDDEN without the profile scope.
 */
export async function getRunnerPersonalBests(ctx: Context, token: string): Promise<RunnerPersonalBestsJson> {
  const { link, runner } = await openContext(ctx, token);
  if (!scopesOf(link).profile) throw new DomainError('FORBIDDEN', 'This runner does not share the section profile.');
  const { personalBests } = await loadBests(ctx, runner.id, localDate(ctx.now(), runner.timezone));
  ctx.contextLinks.reads.count(link.id, [bestsSection], ctx.client);
  return { runner: { units: unitsJson(runner.units) }, personal_bests: personalBests.map(bestJson) };
}

function bestJson({ distanceMeters, timeSeconds, date, kind }: Performance): PersonalBestJson {
  return withoutNulls({
    distance: distanceName(distanceMeters, 'METRIC'),
    distance_km: rounded(distanceMeters / 1_000, 4),
    time: formatDuration(timeSeconds),
    time_seconds: timeSeconds,
    avg_pace: formatPace(timeSeconds / (distanceMeters / 1_000), 'METRIC'),
    vdot: isVdotEffort(timeSeconds) ? rounded(vdotOf(distanceMeters, timeSeconds), 1) : null,
    date,
    kind,
  }) as PersonalBestJson;
}
