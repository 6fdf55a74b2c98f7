/** The systems that a runner's values come from: what they delivered, which of them wins, and what is kept from sharing. */
import type { HealthSource } from '../../prisma/generated/client/client.ts';
import { Prisma } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { DomainError } from './errors.ts';
import { rankOf } from './merged-days.ts';
import { type DailyMetricName, dailyMetricNames } from './runner-context/facts.ts';
import { sourceKinds } from './runner-data/sources.ts';
import { saveRunnerItem } from './runner-item-writes.ts';
import { requireRunnerAccess } from './runners.ts';

/** What is said of a source's link, in the order of what matters most. */
export const sourceStatuses = ['DISCONNECTED', 'EXCLUDED', 'LINKED', 'STALE', 'ACTIVE'] as const;

/** After so many days without anything new a source is stale. */
export const staleDays = 14;

const dayMs = 86_400_000;

interface Counts {
  runs: number;
  days: number;
  measurements: number;
  heartRateZones: number;
  labTests: number;
}

export interface HealthConnection {
  id: string;
  name: string;
  kind: (typeof sourceKinds)[number] | 'OTHER';
  status: (typeof sourceStatuses)[number];
  excluded: boolean;
  priority: number;
  metricPriorities: { metric: DailyMetricName; priority: number }[];
  grantedScopes: string[];
  disconnectedAt: Date | null;
  lastImportAt: Date | null;
  counts: Counts;
  /** The metrics that it delivers and that are taken from it wherever it has them. */
  winningMetrics: DailyMetricName[];
}

/** For one metric, the sources that have it, the one that wins first. */
export interface MetricSources {
  metric: DailyMetricName;
  sources: string[];
}

/** The runner's sources, the one that wins unless a metric says otherwise first. */
export async function listHealthConnections(ctx: Context, runnerId: string): Promise<HealthConnection[]> {
  const { sources, delivered } = await loadSources(ctx, runnerId);
  const winners = new Map(rankMetrics(sources, delivered).map(({ metric, sources: [first] }) => [metric, first]));
  return sources.map((source) => ({
    ...source,
    kind: kindOfSource(source),
    status: statusOf(source, ctx.now()),
    metricPriorities: Object.entries(prioritiesOf(source)).map(([metric, priority]) => ({ metric: metric as DailyMetricName, priority })),
    counts: delivered.get(source.name)?.counts ?? nothing,
    winningMetrics: dailyMetricNames.filter((metric) => winners.get(metric) === source.name),
  }));
}

/** For each metric that any source has, which sources have it, in the order in which they win. */
export async function listMetricSources(ctx: Context, runnerId: string): Promise<MetricSources[]> {
  const { sources, delivered } = await loadSources(ctx, runnerId);
  return rankMetrics(sources, delivered);
}

/**
 * Changes what is known of a source, or adds one, by its id or name, and gives it. What came from a source that becomes
 * excluded is shared with nobody from the next request on, and which recording of a run counts is decided anew.
 *
 * @throws as `saveRunnerItem`; INVALID for another name.
 */
export async function saveHealthConnection(ctx: Context, runnerId: string, input: HealthConnectionInput): Promise<HealthConnection> {
  const { metricPriorities, ...fields } = input;
  const saved = await saveRunnerItem(ctx, runnerId, 'healthSources', {
    ...fields,
    ...(metricPriorities !== undefined && {
      metricPriorities: metricPriorities && Object.fromEntries(metricPriorities.map(({ metric, priority }) => [metric, priority])),
    }),
  });
  const connection = (await listHealthConnections(ctx, runnerId)).find(({ id }) => id === saved.id);
  if (!connection) throw new DomainError('NOT_FOUND', 'The source is gone.');
  return connection;
}

interface HealthConnectionInput {
  metricPriorities?: { metric: string; priority: number }[] | null | undefined;
}

/** The sort of system; OTHER for all that have no name here. */
export const kindOfSource = (source: Pick<HealthSource, 'kind'>): HealthConnection['kind'] =>
  sourceKinds.find((kind) => kind === source.kind) ?? 'OTHER';

const nothing: Counts = { runs: 0, days: 0, measurements: 0, heartRateZones: 0, labTests: 0 };

function statusOf({ disconnectedAt, excluded, lastImportAt }: HealthSource, now: Date): HealthConnection['status'] {
  if (disconnectedAt) return 'DISCONNECTED';
  if (excluded) return 'EXCLUDED';
  if (!lastImportAt) return 'LINKED';
  return now.getTime() - lastImportAt.getTime() > staleDays * dayMs ? 'STALE' : 'ACTIVE';
}

/** The column's CHECK and the rules of imports say what is in it. */
const prioritiesOf = (source: HealthSource) => source.metricPriorities as Partial<Record<DailyMetricName, number>>;

interface Delivered {
  counts: Counts;
  metrics: ReadonlySet<string>;
}

/** The sources and what each delivered, in two statements however many there are. */
async function loadSources(ctx: Context, runnerId: string): Promise<{ sources: HealthSource[]; delivered: Map<string, Delivered> }> {
  requireRunnerAccess(ctx, runnerId);
  const owner = Prisma.sql`WHERE "runnerId" = ${runnerId}::uuid`;
  const metricCounts = dailyMetricNames.map((metric) => Prisma.sql`CASE WHEN count(${Prisma.raw(`"${metric}"`)}) > 0 THEN ${metric} END`);
  const count = (noun: keyof Counts, table: string) =>
    Prisma.sql`SELECT ${noun} AS noun, "source", count(*)::int AS count, NULL::text[] AS metrics FROM ${Prisma.raw(`"${table}"`)} ${owner} GROUP BY "source"`;
  const [sources, rows] = await Promise.all([
    ctx.db.healthSource.findMany({ where: { runnerId }, orderBy: [{ priority: 'asc' }, { name: 'asc' }] }),
    ctx.db.$queryRaw<{ noun: keyof Counts; source: string | null; count: number; metrics: (string | null)[] | null }[]>`
      SELECT 'days' AS noun, "source", count(*)::int AS count, ARRAY[${Prisma.join(metricCounts)}]::text[] AS metrics
      FROM "DailyReading" ${owner} GROUP BY "source"
      UNION ALL ${count('runs', 'Run')}
      UNION ALL ${count('measurements', 'Measurement')}
      UNION ALL ${count('heartRateZones', 'HeartRateZones')}
      UNION ALL ${count('labTests', 'LabTest')}`,
  ]);
  const delivered = new Map<string, Delivered>();
  for (const { noun, source, count: counted, metrics } of rows) {
    if (source === null) continue;
    const before = delivered.get(source) ?? { counts: nothing, metrics: new Set() };
    const known = metrics ? new Set(metrics.filter((metric) => metric !== null)) : before.metrics;
    delivered.set(source, { counts: { ...before.counts, [noun]: counted }, metrics: known });
  }
  return { sources, delivered };
}

function rankMetrics(sources: readonly HealthSource[], delivered: ReadonlyMap<string, Delivered>): MetricSources[] {
  return dailyMetricNames.flatMap((metric) => {
    const having = sources.filter(({ name }) => delivered.get(name)?.metrics.has(metric));
    const rank = (source: HealthSource) => rankOf({ ...source, metricPriorities: prioritiesOf(source) }, metric);
    const ranked = having.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
    return ranked.length > 0 ? [{ metric, sources: ranked.map(({ name }) => name) }] : [];
  });
}
