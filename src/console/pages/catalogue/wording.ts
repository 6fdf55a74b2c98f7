/** How the catalogue's values read: enums as words, metres as kilometres, seconds as minutes. */

/** HALF_MARATHON reads "Half marathon". */
export function inWords(value: string): string {
  const words = value.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const raceNames: Record<string, string> = {
  MILE: '1 mile',
  FIVE_K: '5 km',
  TEN_K: '10 km',
  HALF_MARATHON: 'Half marathon',
  MARATHON: 'Marathon',
  FIFTY_K: '50 km',
  FIFTY_MILE: '50 miles',
  HUNDRED_K: '100 km',
  HUNDRED_MILE: '100 miles',
};

export const raceInWords = (race: string) => raceNames[race] ?? inWords(race);

export const races = Object.keys(raceNames);

const decimals = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en-GB');
const instants = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export const countInWords = (count: number, noun: string) => `${whole.format(count)} ${noun}${count === 1 ? '' : 's'}`;

export const instantInWords = (at: string) => instants.format(new Date(at));

export const distanceInWords = (meters: number) => (meters < 1000 ? `${whole.format(meters)} m` : `${decimals.format(meters / 1000)} km`);

/** 45 reads "45 s", 150 "2 min 30 s", 5400 "1 h 30 min". */
export function durationInWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [Math.round(seconds % 60), 's'],
  ] as const;
  const said = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return said.join(' ') || '0 s';
}

/** 285 seconds per kilometre read "4:45". */
export function paceInWords(secondsPerKm: number): string {
  const seconds = Math.round(secondsPerKm);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
