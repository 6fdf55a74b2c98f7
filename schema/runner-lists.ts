/** What is held of a runner: the lists that hang on them. */
import { listContextReads } from '../src/domain/context-reads.ts';
import { listHealthConnections, listMetricSources } from '../src/domain/health-connections.ts';
import { connectRunnerDays } from '../src/domain/merged-days.ts';
import { raceName } from '../src/domain/race-distances.ts';
import { findFitness, listPersonalBests } from '../src/domain/runner-bests.ts';
import type { PersonalBestFacts } from '../src/domain/runner-context/facts.ts';
import type { Fitness } from '../src/domain/runner-context/fitness.ts';
import { connectRunnerItems, listLengthMax, listRunnerItems } from '../src/domain/runner-items.ts';
import { isVdotEffort, vdotOf } from '../src/domain/vdot.ts';
import { builder } from './builder.ts';
import { ContextReadsType } from './context-links.ts';
import { BestKindEnum, MeasurementKindEnum } from './enums.ts';
import { HealthSourceType, MetricSourcesType } from './health-connections.ts';
import {
  DailyReadingType,
  GearType,
  GoalType,
  HeartRateZonesType,
  LabTestType,
  MeasurementType,
  RaceResultType,
  RunType,
  StatedBestType,
} from './runner-items.ts';
import { RunnerDayType } from './runner-records.ts';
import { RunnerType } from './runners.ts';

const PersonalBestType = builder.objectRef<PersonalBestFacts>('PersonalBest').implement({
  description: 'The fastest performance at a distance.',
  fields: (t) => ({
    distanceMeters: t.exposeFloat('distanceMeters', { description: 'Metres.' }),
    distanceName: t.string({
      nullable: true,
      description: 'What a common race distance is called, such as half marathon; absent for others.',
      resolve: ({ distanceMeters }) => raceName(distanceMeters),
    }),
    timeSeconds: t.exposeFloat('timeSeconds', { description: 'Seconds.' }),
    date: t.exposeString('date', { nullable: true, description: 'The day, YYYY-MM-DD, where it is known.' }),
    kind: t.expose('kind', { type: BestKindEnum, description: 'What shows it.' }),
    vdot: t.float({
      nullable: true,
      description:
        'What it is worth (VDOT, Daniels and Gilbert); absent under 3.5 minutes and over 4 hours, for which the formula does not speak.',
      resolve: ({ distanceMeters, timeSeconds }) => (isVdotEffort(timeSeconds) ? vdotOf(distanceMeters, timeSeconds) : null),
    }),
  }),
});

export const FitnessType = builder.objectRef<Fitness>('RunnerFitness').implement({
  description: 'The VDOT that training is based on, and where it comes from.',
  fields: (t) => ({
    vdot: t.exposeFloat('vdot', {
      description: 'The highest of the best performances of the last 365 days, or else of the newest there are.',
    }),
    from: t.expose('from', { type: PersonalBestType, description: 'The performance it is taken from.' }),
    isRecent: t.exposeBoolean('isRecent', { description: 'Whether that is of the last 365 days.' }),
  }),
});

builder.prismaObjectFields(RunnerType, (t) => {
  const range = {
    from: t.arg.string({ description: 'Only days from this one on, YYYY-MM-DD.' }),
    to: t.arg.string({ description: 'Only days up to this one, YYYY-MM-DD.' }),
  };
  const source = t.arg.string({ description: 'Only what comes from this source.' });
  return {
    fitness: t.field({
      type: FitnessType,
      nullable: true,
      description: 'What their best performances say of their fitness; null without any that counts.',
      resolve: (runner, _args, ctx) => findFitness(ctx, runner),
    }),
    personalBests: t.field({
      type: [PersonalBestType],
      description:
        'The fastest performance at each distance, shortest first: a view of race results, runs and stated bests, as contexts show it. Runs of excluded sources do not count.',
      resolve: (runner, _args, ctx) => listPersonalBests(ctx, runner),
    }),
    statedBests: t.field({
      type: [StatedBestType],
      description: `The bests they state, shortest first; at most ${listLengthMax}.`,
      resolve: ({ id }, _args, ctx) => listRunnerItems(ctx, id, 'personalBests'),
    }),
    gear: t.field({
      type: [GearType],
      description: `Their gear by name; at most ${listLengthMax}.`,
      resolve: ({ id }, _args, ctx) => listRunnerItems(ctx, id, 'gear'),
    }),
    goals: t.field({
      type: [GoalType],
      description: `Their goals by name; at most ${listLengthMax}.`,
      resolve: ({ id }, _args, ctx) => listRunnerItems(ctx, id, 'goals'),
    }),
    measurements: t.connection({
      type: MeasurementType,
      description: 'Weight, heart rates and thresholds as they were measured or stated, newest first.',
      args: { ...range, source, kind: t.arg({ type: MeasurementKindEnum, description: 'Only this kind.' }) },
      resolve: ({ id }, args, ctx) => connectRunnerItems(ctx, id, 'measurements', args),
    }),
    heartRateZones: t.connection({
      type: HeartRateZonesType,
      description: 'Their heart rate zones, newest first: the first hold today.',
      args: { ...range, source },
      resolve: ({ id }, args, ctx) => connectRunnerItems(ctx, id, 'heartRateZones', args),
    }),
    raceResults: t.connection({
      type: RaceResultType,
      description: 'Their race results, newest first.',
      args: range,
      resolve: ({ id }, args, ctx) => connectRunnerItems(ctx, id, 'raceResults', args),
    }),
    runs: t.connection({
      type: RunType,
      description: 'Their runs, newest first, duplicates too.',
      args: { ...range, source },
      resolve: ({ id }, args, ctx) => connectRunnerItems(ctx, id, 'runs', args),
    }),
    dailyMetrics: t.connection({
      type: RunnerDayType,
      description: 'Their days, each merged from all sources, newest first. What only excluded sources have is marked.',
      args: range,
      resolve: ({ id }, args, ctx) => connectRunnerDays(ctx, id, args),
    }),
    dailyReadings: t.connection({
      type: DailyReadingType,
      description: 'What each source says of each day, before it is merged; newest first.',
      args: { ...range, source },
      resolve: ({ id }, args, ctx) => connectRunnerItems(ctx, id, 'dailyMetrics', args),
    }),
    labTests: t.connection({
      type: LabTestType,
      description: 'Their lab tests, newest first.',
      args: { ...range, source },
      resolve: ({ id }, args, ctx) => connectRunnerItems(ctx, id, 'labTests', args),
    }),
    healthConnections: t.field({
      type: [HealthSourceType],
      description: 'Where their values come from, the source of the smallest priority first.',
      resolve: ({ id }, _args, ctx) => listHealthConnections(ctx, id),
    }),
    metricSources: t.field({
      type: [MetricSourcesType],
      description: 'For each daily metric, the sources that have it, in the order in which they win.',
      resolve: ({ id }, _args, ctx) => listMetricSources(ctx, id),
    }),
    contextReads: t.field({
      type: [ContextReadsType],
      description:
        'Who read their context: per day, link, section and kind of client, the newest day first. Written down every ten seconds; what the runner looks at signed in is left out.',
      args: { first: t.arg.int({ description: 'At most this many rows, clamped to 1 to 366; 50 when left out.' }) },
      resolve: ({ id }, { first }, ctx) => listContextReads(ctx, id, first),
    }),
  };
});
