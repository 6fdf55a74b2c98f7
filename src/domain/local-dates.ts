/** Days as a runner lives them: YYYY-MM-DD in their own time zone. Arithmetic on such days knows no clock and no DST. */

const dayMs = 86_400_000;

/** Making a formatter takes a hundred times as long as using it; there are only some hundred zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formatters.set(timezone, made);
  return made;
}

/**
 * The day that an instant falls on in an IANA time zone.
 * @throws RangeError when there is no such zone.
 */
export function localDate(instant: Date, timezone: string): string {
  const parts = formatterOf(timezone).formatToParts(instant);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** A day without a time is one of UTC (ECMA-262, Date Time String Format). */
const midnightUtcMs = (date: string): number => Date.parse(date);

/** The day that many days later; earlier when negative. */
export const addDays = (date: string, days: number): string => new Date(midnightUtcMs(date) + days * dayMs).toISOString().slice(0, 10);

/** How many days `to` lies after `from`; negative when before. */
export const daysBetween = (from: string, to: string): number => Math.round((midnightUtcMs(to) - midnightUtcMs(from)) / dayMs);

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** 0 is Monday, 6 is Sunday. */
const weekdayIndex = (date: string): number => (new Date(midnightUtcMs(date)).getUTCDay() + 6) % 7;

/** `Mon` … `Sun`. */
export const weekday = (date: string): string => weekdays[weekdayIndex(date)] ?? '';

/** The Monday of the day's week. */
export const weekStart = (date: string): string => addDays(date, -weekdayIndex(date));

/** Whole years lived on a day. Who is born on 29 February turns a year older on 1 March of common years. */
export function ageOn(birthDate: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
