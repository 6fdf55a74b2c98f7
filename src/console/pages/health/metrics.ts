/** What the charts of health show of the days, each with its 7- and 28-day baseline. */

import type { PlotInput } from '../../parts/chart/plot.ts';
import { runningMean, type Series } from '../../parts/chart/series.ts';
import { type Units, unitNames, weightIn } from '../../parts/measures.ts';
import type { Day } from './use-days.ts';

/** The longest baseline: that many days before a range are read along with it. */
export const baselineDays = 28;
const shortBaselineDays = 7;

export interface Metric {
  title: string;
  about: string;
  /** What is summed up in words, by date. */
  values: readonly (number | null)[];
  say: (value: number) => string;
  input: PlotInput;
}

interface Shown {
  title: string;
  about: string;
  fromZero?: boolean;
  sayTick: (value: number) => string;
  say: (value: number) => string;
  read: (day: Day) => number | null | undefined;
  /** What is drawn in the place of the values. */
  parts?: { label: string; colour: Series['colour']; read: (day: Day) => number | null | undefined }[];
}

const hoursAndMinutes = (hours: number): string => {
  const minutes = Math.round(hours * 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};

const hasStages = ({ deepSleepHours, lightSleepHours, remSleepHours }: Day) =>
  deepSleepHours != null || lightSleepHours != null || remSleepHours != null;

function shownOf(units: Units, hrvType: string | null): Shown[] {
  const whole = (value: number) => value.toFixed(0);
  const weightUnit = unitNames[units].weight;
  return [
    {
      title: 'Resting heart rate',
      about: 'Beats per minute at rest.',
      sayTick: whole,
      say: (value) => `${Number(value.toFixed(1))} bpm`,
      read: (day) => day.restingHeartRate,
    },
    {
      title: 'Heart rate variability',
      about: hrvType
        ? `${hrvType} in milliseconds. Readings of another kind cannot be compared with it and are left out.`
        : 'In milliseconds.',
      sayTick: whole,
      say: (value) => `${value.toFixed(0)} ms`,
      read: (day) => ((day.hrvType ?? null) === hrvType ? day.hrv : null),
    },
    {
      title: 'Sleep',
      about: 'Hours by stage, on the day of waking up. Baselines are of the hours asleep.',
      fromZero: true,
      sayTick: (value) => `${Number(value.toFixed(1))} h`,
      say: hoursAndMinutes,
      read: (day) => day.sleepDurationHours,
      parts: [
        { label: 'Deep', colour: '--series-2', read: (day) => day.deepSleepHours },
        { label: 'Light', colour: '--zone-2', read: (day) => day.lightSleepHours },
        { label: 'REM', colour: '--series-5', read: (day) => day.remSleepHours },
        {
          label: 'Asleep, stage unknown',
          colour: '--line-strong',
          read: (day) => (hasStages(day) ? null : day.sleepDurationHours),
        },
        { label: 'Awake', colour: '--series-4', read: (day) => day.awakeDurationHours },
      ],
    },
    {
      title: 'Respiration',
      about: 'Breaths per minute, on average during sleep.',
      sayTick: (value) => String(Number(value.toFixed(1))),
      say: (value) => `${value.toFixed(1)} breaths/min`,
      read: (day) => day.respirationRate,
    },
    {
      title: 'Weight',
      about: `In ${weightUnit}, on days with a weighing.`,
      sayTick: (value) => String(Number(value.toFixed(1))),
      say: (value) => `${value.toFixed(1)} ${weightUnit}`,
      read: (day) => (day.weightKg == null ? null : weightIn(units, day.weightKg)),
    },
  ];
}

/**
 * The metrics over the dates, of which the first `lead` only serve the baselines. One without any reading in the range is there
 * all the same, without values.
 */
export function metricsOf(days: readonly Day[], dates: readonly string[], lead: number, units: Units): Metric[] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const found = dates.map((date) => byDate.get(date));
  const hrvType = days.find(({ hrv }) => hrv != null)?.hrvType ?? null;
  return shownOf(units, hrvType).map(({ title, about, fromZero = false, sayTick, say, read, parts }) => {
    const valuesOf = (of: Shown['read']) => found.map((day) => (day && of(day)) ?? null);
    const all = valuesOf(read);
    const cut = <T>(values: readonly T[]) => values.slice(lead);
    const mean = (span: number): Series['values'] => cut(runningMean(all, span));
    const drawn: Series[] = parts
      ? parts.map((part) => ({ label: part.label, colour: part.colour, shape: 'bars' as const, values: cut(valuesOf(part.read)), say }))
      : [{ label: title, colour: '--series-2', shape: 'points', values: cut(all), say }];
    const series: Series[] = [
      ...drawn.filter(({ values }) => values.some((value) => value !== null)),
      { label: '7-day baseline', colour: '--series-1', shape: 'line', values: mean(shortBaselineDays), say },
      { label: '28-day baseline', colour: '--series-3', shape: 'dashes', values: mean(baselineDays), say },
    ];
    return { title, about, values: cut(all), say, input: { dates: cut(dates), stepDays: 1, series, fromZero, sayTick } };
  });
}
