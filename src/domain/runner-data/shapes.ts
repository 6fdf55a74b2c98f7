/** What each kind of item in a runner's file consists of, and which of its values contradict one another. */
import { z } from 'zod';
import { day, month } from '../days.ts';
import { dailyMetricNames } from '../runner-context/facts.ts';
import {
  distanceMeters,
  elevationMeters,
  heartRate,
  hours,
  instant,
  name,
  notes,
  restingHeartRate,
  score,
  short,
  source,
  statedRestingHeartRate,
  timeSeconds,
  vo2Max,
  weightKg,
  wholeHeartRate,
  within,
} from './fields.ts';
import type { Item, ItemShape } from './read-item.ts';

const measurementKinds = ['WEIGHT', 'MAX_HEART_RATE', 'RESTING_HEART_RATE', 'LACTATE_THRESHOLD_HEART_RATE'] as const;
export const measurementShape: ItemShape = {
  fields: { kind: z.enum(measurementKinds), date: day, source, value: z.number() },
  required: ['kind', 'date', 'value'],
  past: ['date'],
  contradictions({ kind, value }) {
    const range = kind === 'WEIGHT' ? weightKg : kind === 'RESTING_HEART_RATE' ? statedRestingHeartRate : heartRate;
    const message = range.safeParse(value).error?.issues[0]?.message;
    return message ? [[['value'], `${String(value)}: ${message}`]] : [];
  },
  emptiness: ({ value }) => (value === undefined ? 'it has no usable value' : null),
};

const zones = ['zone1Max', 'zone2Max', 'zone3Max', 'zone4Max', 'zone5Max'] as const;
export const heartRateZonesShape: ItemShape = {
  fields: { date: day, source, ...Object.fromEntries(zones.map((zone) => [zone, wholeHeartRate])) },
  required: ['date', ...zones.slice(0, 4)],
  past: ['date'],
  contradictions: ({ zone4Max, zone5Max }) => (Number(zone5Max) <= Number(zone4Max) ? [[['zone5Max'], 'is not above zone4Max']] : []),
  emptiness(item) {
    const maxima = zones.slice(0, 4).map((zone) => Number(item[zone]));
    return maxima.every((maximum, index) => index === 0 || maximum > (maxima[index - 1] ?? 0)) ? null : 'its zones do not rise';
  },
};

export const gearShape: ItemShape = {
  fields: {
    name,
    kind: short,
    since: z.union([month, day.transform((date) => date.toISOString().slice(0, 10))], 'must be a day or a month that exists'),
    retiredOn: day,
    distanceMeters: within(0, 10_000_000, 'm'),
  },
  required: ['name'],
  past: ['retiredOn'],
};

export const raceResultShape: ItemShape = {
  fields: {
    date: day,
    name,
    distanceMeters,
    timeSeconds,
    elevationGainMeters: elevationMeters,
    place: z.int().min(1, 'must be at least 1').max(1_000_000),
    notes,
  },
  required: ['date', 'name', 'distanceMeters', 'timeSeconds'],
  past: ['date'],
};

export const goalShape: ItemShape = {
  fields: { name, date: day, distanceMeters, targetSeconds: timeSeconds, priority: short, notes },
  required: ['name'],
};

export const personalBestShape: ItemShape = {
  fields: { distanceMeters, timeSeconds, date: day },
  required: ['distanceMeters', 'timeSeconds'],
  past: ['date'],
};

const sports = ['RUN', 'TRAIL_RUN', 'TRACK_RUN', 'TREADMILL_RUN', 'VIRTUAL_RUN'] as const;

/** Faster than the fastest 100 m ever run: a broken distance or a broken watch. */
const speedMaxMetersPerSecond = 12;

export const runShape: ItemShape = {
  fields: {
    source,
    externalId: z.string().trim().min(1).max(200),
    sport: z.enum(sports),
    startedAt: instant,
    startedOn: day,
    name,
    distanceMeters,
    movingSeconds: timeSeconds,
    averageHeartRate: heartRate,
    maxHeartRate: heartRate,
    elevationGainMeters: elevationMeters,
    vo2Max,
    notes,
  },
  required: [],
  past: ['startedAt', 'startedOn'],
  contradictions({ averageHeartRate, maxHeartRate, distanceMeters: distance, movingSeconds }) {
    const found: [string[], string][] = [];
    if (Number(averageHeartRate) > Number(maxHeartRate)) {
      found.push([['averageHeartRate', 'maxHeartRate'], `the average (${averageHeartRate}) is above the maximum (${maxHeartRate})`]);
    }
    const speed = Number(distance) / Number(movingSeconds);
    if (speed > speedMaxMetersPerSecond) {
      found.push([['distanceMeters', 'movingSeconds'], `${distance} m in ${movingSeconds} s: nobody runs ${speed.toFixed(1)} m/s`]);
    }
    return found;
  },
  emptiness(item) {
    if (item.startedAt === undefined && item.startedOn === undefined) return 'it has no usable startedAt or startedOn';
    return item.distanceMeters === undefined && item.movingSeconds === undefined ? 'it has neither a usable distance nor a time' : null;
  },
};

/** The metrics of a day, in the order in which they are written. */
const metrics = {
  restingHeartRate,
  hrv: within(1, 400, 'ms'),
  sleepScore: score,
  sleepDurationHours: hours,
  deepSleepHours: hours,
  lightSleepHours: hours,
  remSleepHours: hours,
  awakeDurationHours: hours,
  respirationRate: within(4, 60, 'breaths/min'),
  vo2Max,
  fitnessAge: within(10, 120, 'years'),
  weightKg,
  recoveryScore: score,
};

const sleepParts = ['deepSleepHours', 'lightSleepHours', 'remSleepHours'];
/** Sources round each part by itself; the rest is for sums of binary fractions. */
const sleepRoundingHours = 0.05 + 1e-9;

export const dailyMetricShape: ItemShape = {
  fields: { date: day, source, ...metrics, hrvType: z.enum(['RMSSD', 'SDNN']) },
  required: ['date'],
  past: ['date'],
  contradictions(item) {
    const found: [string[], string][] = [];
    const parts = sleepParts.reduce((total, part) => total + Number(item[part] ?? 0), 0);
    if (parts > Number(item.sleepDurationHours) + sleepRoundingHours) {
      found.push([sleepParts, `the parts of the sleep (${parts.toFixed(2)} h) exceed the whole (${item.sleepDurationHours} h)`]);
    }
    if (item.hrvType !== undefined && item.hrv === undefined) found.push([['hrvType'], 'there is no hrv for it']);
    return found;
  },
  emptiness: (item: Item) => (Object.keys(metrics).some((metric) => item[metric] !== undefined) ? null : 'it has no usable value'),
};

const comparator = z.enum(['<', '<=', '>', '>=']);
export const labMarkerShape: ItemShape = {
  fields: {
    name,
    code: z.string().regex(/^\d{1,7}-\d$/, 'is not a LOINC code'),
    comparator,
    value: z.number(),
    valueText: name,
    unit: short,
    referenceLow: z.number(),
    referenceHigh: z.number(),
    referenceText: name,
    flag: short,
  },
  required: ['name'],
  contradictions({ value, valueText, comparator: sign, referenceLow, referenceHigh }) {
    const found: [string[], string][] = [];
    if (value !== undefined && valueText !== undefined) found.push([['valueText'], 'there is a value already']);
    if (sign !== undefined && value === undefined) found.push([['comparator'], 'there is no value for it']);
    if (Number(referenceLow) > Number(referenceHigh)) found.push([['referenceLow', 'referenceHigh'], 'the low end is above the high end']);
    return found;
  },
  emptiness: ({ value, valueText }) => (value === undefined && valueText === undefined ? 'it has no value' : null),
};

export const labTestShape: ItemShape = {
  fields: { date: day, name, source, laboratory: name, insight: notes, markers: z.array(z.unknown()).max(500) },
  required: ['date', 'name'],
  past: ['date'],
};

const toggle = z.boolean();
const priority = z.int().min(1, 'must be at least 1').max(1_000, 'must be at most 1000');
export const healthSourceShape: ItemShape = {
  fields: {
    name: source,
    kind: z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/, 'must be written like APPLE_HEALTH'),
    priority,
    metricPriorities: z.partialRecord(z.enum(dailyMetricNames), priority),
    excluded: toggle,
    grantedScopes: z.array(short).max(50, 'at most 50'),
    disconnectedAt: instant,
    lastImportAt: instant,
  },
  required: ['name'],
  past: ['disconnectedAt'],
};

export const contextLinkShape: ItemShape = {
  fields: { label: source, isDefault: toggle, profile: toggle, training: toggle, health: toggle, labs: toggle, expiresAt: instant },
  required: ['label'],
  contradictions: ({ isDefault, expiresAt }) => (isDefault && expiresAt ? [[['expiresAt'], 'the default link never expires']] : []),
};
