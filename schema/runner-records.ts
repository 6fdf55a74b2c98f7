/** A runner's merged days, as their owner sees them. */
import { type DaySource, daySources, type MergedDay } from '../src/domain/merged-days.ts';
import { builder } from './builder.ts';
import { HealthMetricEnum } from './enums.ts';

const DaySourceType = builder.objectRef<DaySource>('RunnerDaySource').implement({
  description: 'Where a value of a day comes from.',
  fields: (t) => ({
    metric: t.expose('metric', { type: HealthMetricEnum, description: 'Which value.' }),
    source: t.exposeString('source', { description: 'The source it was taken from.' }),
    isExcluded: t.exposeBoolean('isExcluded', {
      description: 'Whether only excluded sources have it: then no context shows it.',
    }),
  }),
});

export const RunnerDayType = builder.objectRef<MergedDay>('RunnerDay').implement({
  description: 'A day of a runner, merged from all sources. What the day lacks is absent, never 0.',
  fields: (t) => ({
    date: t.exposeString('date', { description: 'The local day, YYYY-MM-DD.' }),
    restingHeartRate: t.exposeFloat('restingHeartRate', { nullable: true, description: 'bpm.' }),
    hrv: t.exposeFloat('hrv', { nullable: true, description: 'Heart rate variability in ms.' }),
    hrvType: t.exposeString('hrvType', { nullable: true, description: 'RMSSD or SDNN.' }),
    sleepScore: t.exposeFloat('sleepScore', { nullable: true, description: '0 to 100.' }),
    sleepDurationHours: t.exposeFloat('sleepDurationHours', { nullable: true, description: 'Hours asleep in all.' }),
    deepSleepHours: t.exposeFloat('deepSleepHours', { nullable: true, description: 'Hours.' }),
    lightSleepHours: t.exposeFloat('lightSleepHours', { nullable: true, description: 'Hours.' }),
    remSleepHours: t.exposeFloat('remSleepHours', { nullable: true, description: 'Hours.' }),
    awakeDurationHours: t.exposeFloat('awakeDurationHours', { nullable: true, description: 'Hours awake in bed.' }),
    respirationRate: t.exposeFloat('respirationRate', { nullable: true, description: 'Breaths per minute.' }),
    vo2Max: t.exposeFloat('vo2Max', { nullable: true, description: 'ml/kg/min.' }),
    fitnessAge: t.exposeFloat('fitnessAge', { nullable: true, description: 'Years.' }),
    weightKg: t.exposeFloat('weightKg', { nullable: true, description: 'kg.' }),
    recoveryScore: t.exposeFloat('recoveryScore', { nullable: true, description: '0 to 100.' }),
    sources: t.field({
      type: [DaySourceType],
      description: 'Which source each metric was taken from.',
      resolve: daySources,
    }),
  }),
});
