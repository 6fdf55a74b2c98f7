/** What each daily metric is called in the document, in which unit, and to how many decimals. */
import { formatWeight, rounded, type Units, unitNames } from '../units.ts';
import type { DailyMetricName, DailyMetricsFacts } from './facts.ts';

interface MetricWording {
  /** Short, for a table's head. */
  label: string;
  /** Absent for scores; weight has the runner's unit. */
  unit?: string;
  /** Of a mean; readings are shown as they were recorded. */
  meanDecimals: number;
  /** Which sort of reading it is when a source is said to have delivered it. */
  group: string;
}

export const metricWordings: Record<DailyMetricName, MetricWording> = {
  restingHeartRate: { label: 'Resting HR', unit: 'bpm', meanDecimals: 1, group: 'resting HR' },
  hrv: { label: 'HRV', unit: 'ms', meanDecimals: 1, group: 'HRV' },
  sleepDurationHours: { label: 'Sleep', unit: 'h', meanDecimals: 2, group: 'sleep' },
  deepSleepHours: { label: 'Deep', unit: 'h', meanDecimals: 2, group: 'sleep' },
  lightSleepHours: { label: 'Light', unit: 'h', meanDecimals: 2, group: 'sleep' },
  remSleepHours: { label: 'REM', unit: 'h', meanDecimals: 2, group: 'sleep' },
  awakeDurationHours: { label: 'Awake', unit: 'h', meanDecimals: 2, group: 'sleep' },
  sleepScore: { label: 'Sleep score', meanDecimals: 0, group: 'sleep' },
  respirationRate: { label: 'Respiration', unit: '/min', meanDecimals: 1, group: 'respiration' },
  weightKg: { label: 'Weight', meanDecimals: 1, group: 'weight' },
  recoveryScore: { label: 'Recovery', meanDecimals: 0, group: 'recovery' },
  vo2Max: { label: 'VO2max', unit: 'ml/kg/min', meanDecimals: 1, group: 'VO2max' },
  fitnessAge: { label: 'Fitness age', unit: 'y', meanDecimals: 1, group: 'fitness age' },
};

/** The order of the document's tables. */
export const metricOrder = Object.keys(metricWordings) as DailyMetricName[];

/** `HRV ms`, `Weight lb`, `Sleep score`. */
export function metricLabel(metric: DailyMetricName, units: Units): string {
  const { label, unit } = metricWordings[metric];
  const said = metric === 'weightKg' ? unitNames[units].weight : unit;
  return said ? `${label} ${said}` : label;
}

/** A reading as it was recorded, a mean to the metric's decimals; no unit. */
export function formatMetric(metric: DailyMetricName, value: number, units: Units, sort: 'reading' | 'mean'): string {
  if (metric === 'weightKg') return formatWeight(value, units);
  return sort === 'mean' ? value.toFixed(metricWordings[metric].meanDecimals) : String(rounded(value, 2));
}

/** The readings of one metric. HRV of another kind than the newest is left out, for the kinds cannot be compared. */
export function readingsOf(days: readonly DailyMetricsFacts[], metric: DailyMetricName): { date: string; value: number }[] {
  const newestType = days.find((day) => day.hrv != null)?.hrvType ?? null;
  return days.flatMap((day) => {
    const value = day[metric];
    const comparable = metric !== 'hrv' || (day.hrvType ?? null) === newestType;
    return value != null && comparable ? [{ date: day.date, value }] : [];
  });
}
