/** Runners to render: one with everything, one with little, one with nothing, one who reads miles. All facts are made up. */

import { addDays, localDate } from '../../src/domain/local-dates.ts';
import type { DailyMetricsFacts, RunFacts, RunnerContextFacts } from '../../src/domain/runner-context/facts.ts';

const publicUrl = 'https://ekiden.example';
const contextUrl = `${publicUrl}/api/runner-context/token-of-the-runner`;

const common = {
  sources: [],
  now: new Date('2026-06-13T19:00:00.000Z'),
  publicUrl,
  contextUrl,
  historyUrl: `${contextUrl}/health`,
};

const allScopes = { profile: true, training: true, health: true, labs: true };

/** A value that moves about as life does, but the same on every call. */
const swing = (index: number, middle: number, reach: number, decimals = 0): number =>
  Number((middle + reach * Math.sin(index * 1.7) * Math.cos(index * 0.45)).toFixed(decimals));

/** What the watch makes of the intervals of so many weeks ago, on the run and on its day alike. */
const vo2MaxOf = (weeksAgo: number): number => swing(weeksAgo, 56.2, 0.6, 1);

/** Twelve weeks of four runs, newest first: Tuesday, Thursday, Saturday, Sunday. */
function regularRuns(newestMonday: string): RunFacts[] {
  const sessions = [
    { dayOfWeek: 1, hour: 21, name: 'Easy', meters: 8_200, pace: 312, hr: 139 },
    { dayOfWeek: 3, hour: 21, name: '5 × 1 km', meters: 10_470, pace: 275, hr: 158 },
    { dayOfWeek: 5, hour: 22, name: null, meters: 6_050, pace: 330, hr: 133 },
    { dayOfWeek: 6, hour: 20, name: 'Long run', meters: 19_300, pace: 305, hr: 146 },
  ];
  return Array.from({ length: 12 }, (_, week) =>
    sessions.map((session, index): RunFacts => {
      const step = week * 4 + index;
      const distanceMeters = session.meters + Math.round(swing(step, 0, 600));
      // Five in the morning in Tokyo is still the day before in UTC: the local day must be computed, not cut off.
      const startedAt = new Date(`${addDays(newestMonday, session.dayOfWeek - 1 - 7 * week)}T${session.hour}:12:00.000Z`);
      return {
        startedAt,
        name: session.name,
        distanceMeters,
        movingSeconds: Math.round((distanceMeters / 1_000) * swing(step, session.pace, 9)),
        averageHeartRate: swing(step, session.hr, 4),
        maxHeartRate: swing(step, session.hr + 18, 5),
        elevationGainMeters: swing(step, 60, 40),
        vo2Max: index === 1 ? vo2MaxOf(week) : null,
        source: 'Watch',
      };
    }),
  ).flat();
}

const daySources: DailyMetricsFacts['sources'] = {
  restingHeartRate: 'Watch',
  hrv: 'Watch',
  sleepScore: 'Ring',
  sleepDurationHours: 'Ring',
  deepSleepHours: 'Ring',
  lightSleepHours: 'Ring',
  remSleepHours: 'Ring',
  awakeDurationHours: 'Ring',
  respirationRate: 'Ring',
  vo2Max: 'Watch',
  fitnessAge: 'Watch',
  weightKg: 'Scale',
  recoveryScore: 'Ring',
};

function regularDays(newest: string, count: number): DailyMetricsFacts[] {
  return Array.from({ length: count }, (_, index) => {
    return {
      date: addDays(newest, -index),
      restingHeartRate: swing(index, 42.6 + index / 20, 3),
      hrv: swing(index, 71 - index / 6, 7),
      hrvType: 'RMSSD',
      sleepScore: swing(index, 82, 9),
      sleepDurationHours: swing(index, 7.2 + index / 80, 0.8, 2),
      deepSleepHours: swing(index + 1, 1.4, 0.4, 2),
      lightSleepHours: swing(index + 2, 4.1, 0.5, 2),
      remSleepHours: swing(index + 3, 1.7, 0.4, 2),
      awakeDurationHours: swing(index + 4, 0.4, 0.2, 2),
      respirationRate: swing(index, 13.8, 0.6, 1),
      vo2Max: index % 7 === 2 ? vo2MaxOf((index - 2) / 7) : null,
      fitnessAge: index % 14 === 2 ? 25 : null,
      weightKg: index % 3 === 0 ? swing(index, 66.1, 0.5, 1) : null,
      recoveryScore: swing(index, 71, 18),
      sources: daySources,
    };
  }).filter((_, index) => index < 9 || index > 11);
}

/** The runs that were races: on those days they take the place of the usual session. */
const racedRuns: Record<string, Partial<RunFacts>> = {
  '2026-05-09': { name: 'Park 5', distanceMeters: 5_040, movingSeconds: 1_149, averageHeartRate: 172, maxHeartRate: 183 },
  '2026-04-11': { name: 'Spring 10', distanceMeters: 10_060, movingSeconds: 2_400, averageHeartRate: 170, maxHeartRate: 182 },
};

const fullRunnerRuns = regularRuns('2026-06-08')
  .filter(({ startedAt }) => startedAt && startedAt < common.now)
  .map((run) => ({ ...run, ...(run.startedAt && racedRuns[localDate(run.startedAt, 'Asia/Tokyo')]) }));

/** Everything that the model can hold, in all four scopes. */
export const fullRunner: RunnerContextFacts = {
  ...common,
  runner: { username: 'runner-a', units: 'METRIC', timezone: 'Asia/Tokyo' },
  scopes: allScopes,
  sources: [
    { name: 'Watch', kind: 'GARMIN', priority: 1, lastImportAt: new Date('2026-06-13T18:20:00.000Z') },
    { name: 'Ring', kind: 'OURA', priority: 2, lastImportAt: new Date('2026-06-13T00:10:00.000Z') },
    { name: 'Scale', kind: 'FILE', priority: 3, lastImportAt: new Date('2026-06-12T22:40:00.000Z') },
  ],
  profile: {
    birthDate: '1991-11-03',
    sex: 'MALE',
    heightCm: 180,
    weightKg: { value: 66, on: '2026-06-01', source: 'manual' },
    restingHr: { value: 42, on: '2026-05-01', source: 'manual' },
    maxHr: { value: 184, on: '2026-04-12', source: 'Watch' },
    lthr: { value: 165, on: '2026-04-12', source: 'Watch' },
    hrZones: { maxima: [139, 148, 156, 164, 184], on: '2026-04-12', source: 'Watch' },
    runningSince: '2019-07',
    weeklyFrequency: '4 to 5',
    gear: [
      { name: 'Daily trainer', kind: 'shoes', since: '2026-02-01', distanceMeters: 512_300 },
      { name: 'Carbon racer', kind: 'shoes', since: '2025-09-14', distanceMeters: 148_900 },
      { name: 'Old trainer', kind: 'shoes', since: '2025-01-10', retiredOn: '2026-02-01', distanceMeters: 903_000 },
      { name: 'Chest strap', kind: 'heart-rate sensor' },
    ],
    personalBests: [
      { distanceMeters: 1609.344, timeSeconds: 325, date: '2024-08-03', kind: 'manual' },
      { distanceMeters: 5_000, timeSeconds: 1_149, date: '2026-05-09', kind: 'race' },
      { distanceMeters: 10_000, timeSeconds: 2_400, date: '2026-04-11', kind: 'race' },
      { distanceMeters: 21_097.5, timeSeconds: 5_340, date: '2025-11-30', kind: 'race' },
      { distanceMeters: 42_195, timeSeconds: 11_380, date: '2024-03-03', kind: 'race' },
    ],
    recentBests: [
      { distanceMeters: 5_000, timeSeconds: 1_149, date: '2026-05-09', kind: 'race' },
      { distanceMeters: 10_000, timeSeconds: 2_400, date: '2026-04-11', kind: 'race' },
      { distanceMeters: 21_097.5, timeSeconds: 5_340, date: '2025-11-30', kind: 'race' },
    ],
  },
  training: {
    runs: [
      ...fullRunnerRuns,
      {
        startedAt: new Date('2026-06-11T21:13:00.000Z'),
        name: 'Morning run',
        distanceMeters: 10_510,
        movingSeconds: 2_900,
        source: 'Phone',
        isDuplicate: true,
      },
    ],
    runCount: 1_214,
    firstRunOn: '2019-07-06',
    goals: [
      {
        name: 'Autumn Marathon',
        date: '2026-09-27',
        distanceMeters: 42_195,
        targetSeconds: 10_740,
        priority: 'A',
        notes: 'Negative split; no faster than 4:18/km before 30 km.',
      },
      { name: 'River Half', date: '2026-08-02', distanceMeters: 21_097.5, targetSeconds: 5_160, priority: 'B' },
      { name: 'Run five days a week without the knee hurting' },
    ],
    raceResults: [
      { name: 'Park 5', date: '2026-05-09', distanceMeters: 5_000, timeSeconds: 1_149, place: 4 },
      { name: 'Spring 10', date: '2026-04-11', distanceMeters: 10_000, timeSeconds: 2_400, place: 31, notes: 'Windy on the way back.' },
      { name: 'Lake Half', date: '2025-11-30', distanceMeters: 21_097.5, timeSeconds: 5_340, elevationGainMeters: 110 },
      { name: 'City Marathon', date: '2024-03-03', distanceMeters: 42_195, timeSeconds: 11_380, place: 612 },
    ],
  },
  health: {
    days: regularDays('2026-06-13', 40),
    dayCount: 2_260,
    firstDayOn: '2019-12-25',
    latestVo2Max: { value: vo2MaxOf(0), on: '2026-06-11', source: 'Watch' },
    latestFitnessAge: { value: 25, on: '2026-06-11', source: 'Watch' },
    latestWeightKg: { value: 66.1, on: '2026-06-13', source: 'Scale' },
  },
  labs: {
    tests: [
      {
        date: '2026-05-20',
        name: 'Blood panel',
        laboratory: 'City Lab',
        markers: [
          { name: 'Ferritin', code: '2276-4', value: 24, unit: 'ng/mL', referenceLow: 30, referenceHigh: 400, flag: 'L' },
          { name: 'Haemoglobin', code: '718-7', value: 14.6, unit: 'g/dL', referenceLow: 13.5, referenceHigh: 17.5 },
          { name: 'CRP', code: '1988-5', comparator: '<', value: 0.6, unit: 'mg/L', referenceHigh: 5 },
          { name: 'Vitamin D', code: '1989-3', value: 27, unit: 'ng/mL', referenceLow: 30, referenceHigh: 100 },
          { name: 'Urine nitrite', code: '5802-4', valueText: 'negative', referenceText: 'negative', flag: 'N' },
        ],
        insight: 'Iron stores are falling for the second time in a row.\nTake iron every other day; test again in eight weeks.',
      },
      {
        date: '2025-11-12',
        name: 'Blood panel',
        laboratory: 'City Lab',
        markers: [
          { name: 'Ferritin', code: '2276-4', value: 38, unit: 'ng/mL', referenceLow: 30, referenceHigh: 400 },
          { name: 'Haemoglobin', code: '718-7', value: 15.1, unit: 'g/dL', referenceLow: 13.5, referenceHigh: 17.5 },
        ],
      },
      {
        date: '2026-02-14',
        name: 'Treadmill VO₂max',
        laboratory: 'Sports Institute',
        markers: [
          { name: 'VO₂max', code: '94122-9', value: 57.8, unit: 'mL/kg/min' },
          { name: 'Body fat (DEXA)', value: 11.9, unit: '%' },
        ],
        insight: 'Threshold at 86 % of VO₂max.',
      },
    ],
  },
};

/** Two runs, one of them without a clock, some old pulses, no bests, half of the scopes. */
export const sparseRunner: RunnerContextFacts = {
  ...common,
  runner: { username: 'runner-b', units: 'METRIC', timezone: 'Europe/Paris' },
  scopes: { profile: true, training: true, health: true, labs: false },
  sources: [{ name: 'Old export', kind: 'FILE', priority: 1, lastImportAt: new Date('2026-03-02T09:00:00.000Z') }],
  profile: { lthr: { value: 171, on: '2026-01-15', source: 'Old export' }, gear: [], personalBests: [] },
  training: {
    runs: [
      { startedOn: '2026-02-27', distanceMeters: 5_210, source: 'Old export' },
      { startedAt: new Date('2026-01-30T23:30:00.000Z'), distanceMeters: 4_020, movingSeconds: 1_508, source: 'Old export' },
    ],
    runCount: 2,
    firstRunOn: '2026-01-31',
    goals: [{ name: 'Finish a parkrun', distanceMeters: 5_000 }],
    raceResults: [],
  },
  health: {
    days: [
      { date: '2026-02-28', restingHeartRate: 58, sources: { restingHeartRate: 'Old export' } },
      { date: '2026-02-25', restingHeartRate: 61, sources: { restingHeartRate: 'Old export' } },
      { date: '2026-01-20', restingHeartRate: 60, hrv: 41, sources: { restingHeartRate: 'Old export', hrv: 'Old export' } },
    ],
    dayCount: 3,
    firstDayOn: '2026-01-20',
  },
};

/** Everything shared, nothing recorded. */
export const emptyRunner: RunnerContextFacts = {
  ...common,
  runner: { username: 'runner-c', units: 'METRIC', timezone: 'UTC' },
  scopes: allScopes,
};

/** A slower runner in Chicago, in miles, whose bests come from recorded runs and by hand; health and labs are kept back. */
export const imperialRunner: RunnerContextFacts = {
  ...common,
  runner: { username: 'runner-d', units: 'IMPERIAL', timezone: 'America/Chicago' },
  scopes: { profile: true, training: true, health: false, labs: false },
  sources: [{ name: 'Apple Health', kind: 'APPLE_HEALTH', priority: 1, lastImportAt: new Date('2026-06-12T02:00:00.000Z') }],
  profile: {
    birthDate: '1979-06-14',
    sex: 'FEMALE',
    heightCm: 167.6,
    weightKg: { value: 61.2, on: '2026-06-10', source: 'manual' },
    maxHr: { value: 181, on: '2025-10-12', source: 'Apple Health' },
    lthr: { value: 163, on: '2025-10-12', source: 'manual' },
    runningSince: '2023-04',
    weeklyFrequency: '3',
    gear: [{ name: 'Road shoes', kind: 'shoes', since: '2026-01', distanceMeters: 322_000 }],
    personalBests: [
      { distanceMeters: 5_000, timeSeconds: 1_745, date: '2026-05-23', kind: 'run' },
      { distanceMeters: 21_097.5, timeSeconds: 8_130, date: '2024-10-13', kind: 'manual' },
      { distanceMeters: 42_195, timeSeconds: 18_240, date: '2025-10-12', kind: 'race' },
    ],
    recentBests: [
      { distanceMeters: 5_000, timeSeconds: 1_745, date: '2026-05-23', kind: 'run' },
      { distanceMeters: 42_195, timeSeconds: 18_240, date: '2025-10-12', kind: 'race' },
    ],
  },
  training: {
    runs: [
      {
        startedAt: new Date('2026-06-13T03:40:00.000Z'),
        name: 'Evening loop',
        distanceMeters: 8_047,
        movingSeconds: 3_020,
        averageHeartRate: 148,
        maxHeartRate: 166,
        elevationGainMeters: 34,
        source: 'Apple Health',
      },
      {
        startedAt: new Date('2026-06-08T04:30:00.000Z'),
        distanceMeters: 4_860,
        movingSeconds: 1_895,
        averageHeartRate: 144,
        source: 'Apple Health',
      },
      {
        startedAt: new Date('2026-05-23T13:05:00.000Z'),
        name: 'Time trial',
        distanceMeters: 5_020,
        movingSeconds: 1_745,
        averageHeartRate: 168,
        source: 'Apple Health',
      },
    ],
    runCount: 3,
    firstRunOn: '2026-05-23',
    goals: [{ name: 'Lakefront Marathon', date: '2026-10-04', distanceMeters: 42_195, targetSeconds: 17_100, priority: 'A' }],
    raceResults: [
      { name: 'Fall Marathon', date: '2025-10-12', distanceMeters: 42_195, timeSeconds: 18_240 },
      { name: 'Twelve-K Trot', date: '2025-11-27', distanceMeters: 12_000, timeSeconds: 4_510, elevationGainMeters: 61 },
    ],
  },
};
