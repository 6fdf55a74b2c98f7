/** What is recorded of a runner: runs, days, and the sources they come from. */
import { formatDay } from '../src/domain/days.ts';
import type { DailyMetricsFacts } from '../src/domain/runner-context/facts.ts';
import { builder } from './builder.ts';
import { SportEnum } from './enums.ts';

export const RunType = builder.prismaObject('Run', {
  description: 'A run as one source recorded it.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the run.' }),
    source: t.exposeString('source', { description: 'Where it comes from.' }),
    sport: t.expose('sport', { type: SportEnum, description: 'What kind of run it was.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it began; absent when only the day is known.',
    }),
    startedOn: t.string({ description: 'The runner’s local day, YYYY-MM-DD.', resolve: (run) => formatDay(run.startedOn) }),
    name: t.exposeString('name', { nullable: true, description: 'What the runner or their watch called it.' }),
    distanceMeters: t.exposeFloat('distanceMeters', { nullable: true, description: 'Metres.' }),
    movingSeconds: t.exposeFloat('movingSeconds', { nullable: true, description: 'Seconds in motion.' }),
    averageHeartRate: t.exposeFloat('averageHeartRate', { nullable: true, description: 'bpm.' }),
    maxHeartRate: t.exposeFloat('maxHeartRate', { nullable: true, description: 'bpm.' }),
    elevationGainMeters: t.exposeFloat('elevationGainMeters', { nullable: true, description: 'Metres climbed.' }),
    vo2Max: t.exposeFloat('vo2Max', { nullable: true, description: 'The device’s estimate after it, in ml/kg/min.' }),
    isDuplicate: t.exposeBoolean('isDuplicate', {
      description: 'Whether it repeats a run of a source that comes first: then it is not summed.',
    }),
  }),
});

export const HealthSourceType = builder.prismaObject('HealthSource', {
  description: 'A system that values of a runner come from.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the source.' }),
    name: t.exposeString('name', { description: 'As values name it.' }),
    kind: t.exposeString('kind', { description: 'The sort of system, such as GARMIN or FILE.' }),
    priority: t.exposeInt('priority', { description: 'Of two readings of one metric and day, the smaller priority wins.' }),
    lastImportAt: t.expose('lastImportAt', { type: 'DateTime', nullable: true, description: 'When it last brought something new.' }),
  }),
});

/** A merged day in the words of the inside. */
export const RunnerDayType = builder.objectRef<DailyMetricsFacts>('RunnerDay').implement({
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
  }),
});
