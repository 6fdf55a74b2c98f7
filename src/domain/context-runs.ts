/** Every run of a runner, a page at a time, for whoever has the address and may see the training. */
import type { Run } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { scopesOf } from './context-links.ts';
import { formatDay, parseDay } from './days.ts';
import { DomainError, invalid } from './errors.ts';
import { ofRunner, sharedRows } from './excluded-sources.ts';
import { isId } from './ids.ts';
import { withoutNulls } from './json.ts';
import { openContext } from './opened-contexts.ts';
import { columnsOf, epochMs, instantOf, rowsAsJson } from './rows-as-json.ts';
import { contextAddresses } from './runner-context/addresses.ts';
import type { DocumentOptions } from './runner-context/document-options.ts';
import { unitsJson } from './runner-context/json.ts';
import { formatPace, paceSecondsPerKm, rounded } from './units.ts';

export const runsPageSize = { default: 90, min: 1, max: 366 };

/** How a read of all runs is counted, beside the sections of the context. */
const historySection = 'run-history';

/** A run in the words of the address: snake_case, always metric, absent instead of null. */
export interface RunnerRunJson {
  date: string;
  started_at?: string;
  sport: string;
  name?: string;
  distance_km?: number;
  moving_seconds?: number;
  /** Minutes and seconds per kilometre. */
  avg_pace?: string;
  avg_hr?: number;
  max_hr?: number;
  elevation_gain_m?: number;
  vo2_max?: number;
}

/** One page of runs, newest first. */
export interface RunnerRunsJson {
  runner: { units: 'metric' | 'imperial' };
  runs: RunnerRunJson[];
  page: {
    limit: number;
    count: number;
    has_more: boolean;
    /** Where the next page begins, and its address; null at the end. */
    next_before: string | null;
    next: string | null;
  };
}

/**
 * One page of runs before `before`, newest first; a run that two sources recorded is there once. `before` is a day, or
 * what the page before said: when a page ends in the middle of a day, that names its last run. `limit` is clamped.
 *
 * @throws as `openContext`; FORBIDDEN without the training scope; INVALID for any other `before`.
 */
export async function getRunnerRuns(
  ctx: Context,
  token: string,
  args: { limit?: number | null; before?: string | null; links?: DocumentOptions['links'] },
): Promise<RunnerRunsJson> {
  const { link, runner, url } = await openContext(ctx, token);
  if (!scopesOf(link).training) throw new DomainError('FORBIDDEN', 'This runner does not share the section training.');
  const before = args.before == null ? null : requirePlace(args.before);
  const limit = Math.min(runsPageSize.max, Math.max(runsPageSize.min, args.limit ?? runsPageSize.default));
  // One more than asked for: whether there is more, and of which day.
  const found = await listRuns(ctx, runner.id, limit + 1, before);
  ctx.contextLinks.reads.count(link.id, [historySection], ctx.client);
  const runs = found.slice(0, limit);
  const nextBefore = placeBetween(runs.at(-1), found[limit]);
  return {
    runner: { units: unitsJson(runner.units) },
    runs: runs.map(runJson),
    page: {
      limit,
      count: runs.length,
      has_more: nextBefore !== null,
      next_before: nextBefore,
      next: nextBefore && nextAddress(url, { limit, before: nextBefore, links: args.links }),
    },
  };
}

function nextAddress(
  url: string,
  { limit, before, links }: { limit: number; before: string; links: DocumentOptions['links'] },
): string | null {
  if (links === 'none') return null;
  if (links !== 'path') return `${url}/runs?limit=${limit}&before=${before}`;
  return `${contextAddresses(url).runsBefore(before)}${limit === runsPageSize.default ? '' : `?limit=${limit}`}`;
}

/** A place in the order of runs: before a whole day, or within one, after the run with this id. */
interface Place {
  day: Date;
  runId: string | null;
}

const separator = '~';

/** The day alone where that says it all, which is nearly always: people run once a day. */
function placeBetween(last: ListedRun | undefined, next: ListedRun | undefined): string | null {
  if (!last || !next) return null;
  const day = last.startedOn;
  return next.startedOn === day ? `${day}${separator}${last.id}` : day;
}

function requirePlace(text: string): Place {
  const [dayText = '', runId = null, ...rest] = text.split(separator);
  const day = parseDay(dayText);
  if (day && rest.length === 0 && (runId === null || isId(runId))) return { day, runId };
  throw invalid([{ path: 'before', message: 'must be a day that exists, written YYYY-MM-DD, or the next_before of a page' }]);
}

const listedColumns = [
  'id',
  'startedOn',
  'sport',
  'name',
  'distanceMeters',
  'movingSeconds',
  'averageHeartRate',
  'maxHeartRate',
  'elevationGainMeters',
  'vo2Max',
] as const;

type ListedRun = Pick<Run, Exclude<(typeof listedColumns)[number], 'startedOn'>> & { startedOn: string; startedAtMs: number | null };

/** Newest day first; within a day the latest first and those without an hour last. The bound on the day alone is for the index. */
async function listRuns({ run }: Context, runnerId: string, limit: number, before: Place | null): Promise<ListedRun[]> {
  const query = `
    SELECT ${columnsOf(listedColumns)}, ${epochMs('"startedAt"')} AS "startedAtMs" FROM "Run"
    WHERE ${sharedRows} AND NOT "isDuplicate" ${before === null ? '' : before.runId === null ? beforeDay : afterRun}
    ORDER BY "startedOn" DESC, coalesce("startedAt", '-infinity') DESC, "id" DESC
    LIMIT $2`;
  const place = before ? [formatDay(before.day), ...(before.runId === null ? [] : [before.runId])] : [];
  const [row] = await run<{ runs: ListedRun[] }>({ text: `SELECT ${rowsAsJson(query)} AS "runs"` }, [runnerId, limit, ...place]);
  return row?.runs ?? [];
}

const beforeDay = `AND "startedOn" < $3::date`;

const afterRun = `
  AND "startedOn" <= $3::date AND ("startedOn" < $3::date OR (coalesce("startedAt", '-infinity'), "id") < (
    SELECT coalesce(last."startedAt", '-infinity'), last."id" FROM "Run" AS last WHERE last.${ofRunner} AND last."id" = $4::uuid))`;

function runJson(run: ListedRun): RunnerRunJson {
  const pace = paceSecondsPerKm(run.distanceMeters, run.movingSeconds);
  return withoutNulls({
    date: run.startedOn,
    started_at: instantOf(run.startedAtMs)?.toISOString(),
    sport: run.sport.toLowerCase(),
    name: run.name,
    distance_km: run.distanceMeters === null ? null : rounded(run.distanceMeters / 1_000, 2),
    moving_seconds: run.movingSeconds,
    avg_pace: pace === null ? null : formatPace(pace, 'METRIC'),
    avg_hr: run.averageHeartRate,
    max_hr: run.maxHeartRate,
    elevation_gain_m: run.elevationGainMeters,
    vo2_max: run.vo2Max,
  }) as RunnerRunJson;
}
