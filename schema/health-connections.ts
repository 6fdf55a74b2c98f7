/** The systems that a runner's values come from. */
import { type HealthConnection, type MetricSources, saveHealthConnection } from '../src/domain/health-connections.ts';
import { builder } from './builder.ts';
import { HealthMetricEnum, HealthSourceKindEnum, HealthSourceStatusEnum } from './enums.ts';
import { needs } from './permission.ts';

const CountsType = builder.objectRef<HealthConnection['counts']>('HealthSourceCounts').implement({
  description: 'How much of what is held comes from a source.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'Runs, duplicates too.' }),
    days: t.exposeInt('days', { description: 'Days that it has any reading of.' }),
    measurements: t.exposeInt('measurements', { description: 'Measurements.' }),
    heartRateZones: t.exposeInt('heartRateZones', { description: 'Sets of heart rate zones.' }),
    labTests: t.exposeInt('labTests', { description: 'Lab tests.' }),
  }),
});

const MetricPriorityType = builder.objectRef<HealthConnection['metricPriorities'][number]>('MetricPriority').implement({
  description: 'A priority of one metric.',
  fields: (t) => ({
    metric: t.expose('metric', { type: HealthMetricEnum, description: 'Which metric.' }),
    priority: t.exposeInt('priority', { description: 'Stands in for the priority of the source.' }),
  }),
});

export const HealthSourceType = builder.objectRef<HealthConnection>('HealthSource').implement({
  description: 'A system that values of a runner come from.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the source.' }),
    name: t.exposeString('name', { description: 'As values name it.' }),
    kind: t.expose('kind', { type: HealthSourceKindEnum, description: 'The sort of system it is.' }),
    status: t.expose('status', { type: HealthSourceStatusEnum, description: 'How it stands.' }),
    excluded: t.exposeBoolean('excluded', { description: 'Whether nothing of it is shared, through no link and in no form.' }),
    priority: t.exposeInt('priority', {
      description: 'Of two readings of one metric and day the smaller priority wins; so it does of two recordings of one run.',
    }),
    metricPriorities: t.expose('metricPriorities', {
      type: [MetricPriorityType],
      description: 'Metrics for which another priority holds.',
    }),
    grantedScopes: t.exposeStringList('grantedScopes', {
      description: 'What the system was allowed to hand over, in its own words, such as activities, sleep; empty when that is not known.',
    }),
    disconnectedAt: t.expose('disconnectedAt', { type: 'DateTime', nullable: true, description: 'Since when it is disconnected.' }),
    lastImportAt: t.expose('lastImportAt', { type: 'DateTime', nullable: true, description: 'When it last brought something new.' }),
    counts: t.expose('counts', { type: CountsType, description: 'How much comes from it.' }),
    winningMetrics: t.expose('winningMetrics', {
      type: [HealthMetricEnum],
      description: 'The metrics that are taken from it wherever it has them, whatever others say of the same day.',
    }),
  }),
});

export const MetricSourcesType = builder.objectRef<MetricSources>('MetricSources').implement({
  description: 'Where a metric comes from when several sources have it on the same day.',
  fields: (t) => ({
    metric: t.expose('metric', { type: HealthMetricEnum, description: 'Which metric.' }),
    sources: t.exposeStringList('sources', { description: 'The sources that have it, the one that wins first; excluded ones last.' }),
  }),
});

const MetricPriorityInput = builder.inputType('MetricPriorityInput', {
  description: 'A priority of one metric.',
  fields: (t) => ({
    metric: t.field({ type: HealthMetricEnum, required: true, description: 'Which metric.' }),
    priority: t.int({ required: true, description: '1 to 1000; the smaller wins.' }),
  }),
});

const SaveHealthConnectionInput = builder.inputType('SaveHealthConnectionInput', {
  description: 'What to write of a source, by its id or its name. An omitted field stays, null clears it.',
  fields: (t) => ({
    id: t.id({ description: 'The source to change; or name it.' }),
    name: t.string({ description: 'As values name it; at most 60 characters. Cannot be changed.' }),
    kind: t.field({ type: HealthSourceKindEnum, description: 'The sort of system; of a new one, as its name says.' }),
    priority: t.int({ description: '1 to 1000; the smaller wins. A new source comes last.' }),
    metricPriorities: t.field({
      type: [MetricPriorityInput],
      description: 'Metrics for which another priority holds; replaces those before.',
    }),
    excluded: t.boolean({ description: 'Whether to share nothing of it, from the next request on.' }),
    grantedScopes: t.stringList({ description: 'What the system may hand over, in its own words; at most 50.' }),
    disconnectedAt: t.field({ type: 'DateTime', description: 'Since when it is disconnected; null when it is connected again.' }),
  }),
});

builder.mutationField('saveHealthConnection', (t) =>
  t.field({
    type: HealthSourceType,
    description:
      'Writes what is known of a source, and what is made of its values: which metrics it wins, and whether anything of it is shared. What counts twice is decided anew. The runner and operators.',
    extensions: needs('runners.manage'),
    args: {
      runnerId: t.arg.id({ required: true, description: 'Id of the runner.' }),
      input: t.arg({ type: SaveHealthConnectionInput, required: true, description: 'What to write.' }),
    },
    resolve: (_root, { runnerId, input }, ctx) => saveHealthConnection(ctx, runnerId, input),
  }),
);
