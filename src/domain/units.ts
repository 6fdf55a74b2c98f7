/** The only place where SI becomes what a runner reads: kilometres or miles, kilograms or pounds, minutes and seconds. */

export type Units = 'METRIC' | 'IMPERIAL';

export const metersPerMile = 1609.344;
const metersPerFoot = 0.3048;
const kilogramsPerPound = 0.45359237;
const centimetersPerInch = 2.54;

/** What the runner's units are called, for labels. */
export const unitNames = {
  METRIC: { distance: 'km', pace: 'min/km', weight: 'kg', height: 'cm', elevation: 'm' },
  IMPERIAL: { distance: 'mi', pace: 'min/mi', weight: 'lb', height: 'ft/in', elevation: 'ft' },
} as const satisfies Record<Units, Record<string, string>>;

const metersPerUnit = (units: Units): number => (units === 'METRIC' ? 1_000 : metersPerMile);

/** The number rounded to that many decimals; 0.30000000000000004 becomes 0.3. */
export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** Kilometres or miles, without the unit. */
export const formatDistance = (meters: number, units: Units, decimals = 2): string => (meters / metersPerUnit(units)).toFixed(decimals);

/** Kilograms or pounds with one decimal, without the unit. */
export const formatWeight = (kg: number, units: Units): string => (units === 'METRIC' ? kg : kg / kilogramsPerPound).toFixed(1);

/** Whole metres or feet, without the unit. */
export const formatElevation = (meters: number, units: Units): string => (units === 'METRIC' ? meters : meters / metersPerFoot).toFixed(0);

/** `180 cm` or `5 ft 11 in`. */
export function formatHeight(cm: number, units: Units): string {
  if (units === 'METRIC') return `${rounded(cm, 1)} cm`;
  const inches = Math.round(cm / centimetersPerInch);
  return `${Math.floor(inches / 12)} ft ${inches % 12} in`;
}

/** `m:ss`, from an hour on `h:mm:ss`. Rounds to whole seconds first, so that no minute ever has 60 of them. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const twoDigits = (part: number) => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(rest)}` : `${minutes}:${twoDigits(rest)}`;
}

/** Minutes and seconds per kilometre or mile, without the unit: `4:35`. Slower than an hour per unit stays in minutes. */
export function formatPace(secondsPerKm: number, units: Units): string {
  const whole = Math.round((secondsPerKm * metersPerUnit(units)) / 1_000);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The average pace, or null when the distance or the time is not known or is nothing. */
export function paceSecondsPerKm(distanceMeters: number | null | undefined, seconds: number | null | undefined): number | null {
  return distanceMeters && seconds ? seconds / (distanceMeters / 1_000) : null;
}
