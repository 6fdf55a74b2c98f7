/** Measures in the units that a runner reads: kilometres or miles, kilograms or pounds, minutes and seconds. */

export type Units = 'METRIC' | 'IMPERIAL';

const metersPerUnit = { METRIC: 1_000, IMPERIAL: 1_609.344 };
const kilogramsPerUnit = { METRIC: 1, IMPERIAL: 0.453_592_37 };

/** What the units are called. */
export const unitNames = {
  METRIC: { distance: 'km', pace: 'min/km', weight: 'kg' },
  IMPERIAL: { distance: 'mi', pace: 'min/mi', weight: 'lb' },
};

export const distanceIn = (units: Units, meters: number): number => meters / metersPerUnit[units];

export const weightIn = (units: Units, kilograms: number): number => kilograms / kilogramsPerUnit[units];

/** `12.4 km`. */
export const sayDistance = (units: Units, meters: number, decimals = 1): string =>
  `${distanceIn(units, meters).toFixed(decimals)} ${unitNames[units].distance}`;

/** `m:ss`, from an hour on `h:mm:ss`. Whole seconds first, so that no minute ever has 60 of them. */
export function sayDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Minutes and seconds per kilometre or mile, without the unit: `4:35`. */
export const sayPace = (units: Units, secondsPerKm: number): string => sayDuration((secondsPerKm * metersPerUnit[units]) / 1_000);
