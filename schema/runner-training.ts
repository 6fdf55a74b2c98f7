/** What a runner's training comes to, computed once here: weeks, paces and equivalent times. */
import { type EquivalentTime, equivalentTimes } from '../src/domain/equivalent-times.ts';
import { listRunnerWeeks } from '../src/domain/runner-weeks.ts';
import { type TrainingPaces, trainingPaces } from '../src/domain/training-paces.ts';
import type { WeekVolume } from '../src/domain/weekly-volume.ts';
import { builder } from './builder.ts';
import { FitnessType } from './runner-lists.ts';
import { RunnerType } from './runners.ts';

const WeekVolumeType = builder.objectRef<WeekVolume>('RunnerWeek').implement({
  description: 'What was run in a week, Monday to Sunday.',
  fields: (t) => ({
    weekStart: t.exposeString('weekStart', { description: 'The Monday, YYYY-MM-DD.' }),
    runs: t.exposeInt('runs', { description: 'Number of runs.' }),
    distanceMeters: t.exposeFloat('distanceMeters', {
      nullable: true,
      description: 'Metres in all, of the runs whose distance is known; null when none is.',
    }),
    movingSeconds: t.exposeFloat('movingSeconds', {
      nullable: true,
      description: 'Seconds in motion in all; null when that of a run is not known.',
    }),
    longestMeters: t.exposeFloat('longestMeters', { nullable: true, description: 'The longest run in metres.' }),
    runsWithoutDistance: t.exposeInt('runsWithoutDistance', {
      description: 'How many of the runs have no distance, and so are missing from the sum.',
    }),
  }),
});

const TrainingPacesType = builder.objectRef<TrainingPaces>('TrainingPaces').implement({
  description: 'Training paces after Daniels, derived from a VDOT, each in seconds per kilometre.',
  fields: (t) => ({
    easySlowest: t.float({ description: 'The slow end of easy running: 63 % of VDOT.', resolve: ({ easy }) => easy.slowest }),
    easyFastest: t.float({ description: 'The fast end of easy running: 73.5 % of VDOT.', resolve: ({ easy }) => easy.fastest }),
    marathon: t.exposeFloat('marathon', {
      nullable: true,
      description: 'The pace of the equivalent marathon; null when that would take longer than 4 hours.',
    }),
    threshold: t.exposeFloat('threshold', { description: '88 % of VDOT.' }),
    interval: t.exposeFloat('interval', { description: '97.5 % of VDOT.' }),
    repetition: t.exposeFloat('repetition', { description: '15 seconds faster than interval; 20 with a VDOT below 50.' }),
  }),
});

const EquivalentTimeType = builder.objectRef<EquivalentTime>('EquivalentTime').implement({
  description: 'A time that is worth the same VDOT; derived, not run.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the distance is called.' }),
    distanceMeters: t.exposeFloat('distanceMeters', { description: 'Metres.' }),
    timeSeconds: t.exposeFloat('timeSeconds', { description: 'Seconds.' }),
  }),
});

builder.objectFields(FitnessType, (t) => ({
  paces: t.field({ type: TrainingPacesType, description: 'The training paces of the VDOT.', resolve: ({ vdot }) => trainingPaces(vdot) }),
  equivalentTimes: t.field({
    type: [EquivalentTimeType],
    description: 'Race times that are worth the VDOT, shortest first, 3.5 minutes to 4 hours long.',
    resolve: ({ vdot }) => equivalentTimes(vdot),
  }),
}));

builder.prismaObjectFields(RunnerType, (t) => ({
  weeklyVolume: t.field({
    type: [WeekVolumeType],
    description:
      'What they ran in each week that has runs, newest first. A run that several sources recorded counts once; runs of excluded sources count too.',
    args: {
      from: t.arg.string({ description: 'Only weeks from that of this day on, YYYY-MM-DD.' }),
      to: t.arg.string({ description: 'Only weeks up to that of this day, YYYY-MM-DD.' }),
    },
    resolve: ({ id }, args, ctx) => listRunnerWeeks(ctx, id, args),
  }),
}));
