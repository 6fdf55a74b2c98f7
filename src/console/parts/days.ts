/** Days as YYYY-MM-DD: what lies between them, and how they are said. They are a runner's local days: no clock touches them. */

const dayMs = 86_400_000;

/** Seconds since 1970 of a day's beginning, as charts want it. */
export const secondsOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1_000;

/** The day that many days later; earlier when negative. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** How many days `to` lies after `from`; negative when before. */
export const daysBetween = (from: string, to: string): number => Math.round((secondsOf(to) - secondsOf(from)) / 86_400);

/** The days from one to another, both included, every so many days. */
export const daysFrom = (from: string, to: string, stepDays = 1): string[] =>
  Array.from({ length: Math.max(0, Math.floor(daysBetween(from, to) / stepDays) + 1) }, (_, index) => addDays(from, index * stepDays));

/** The day of an instant in an IANA time zone. */
export const localDay = (instant: Date, timezone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(instant);

const said = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `Sun, 14 Jun 2026`. */
export const sayDay = (date: string): string => said.format(new Date(`${date}T00:00:00Z`));
