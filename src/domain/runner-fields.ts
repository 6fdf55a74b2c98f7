/** What is said of a runner in person: the fields that creating, updating and importing have in common. */
import { z } from 'zod';
import { day, month } from './days.ts';
import { localDate } from './local-dates.ts';
import { text } from './text.ts';

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/,
    '1 to 64 letters, digits, dots, hyphens and underscores, a letter or digit at both ends',
  );

/** An IANA time zone, by any of its names; kept as it was written. */
const timezone = z.string().refine((name) => {
  // An offset such as +09:00 would be understood too, but knows no daylight saving time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    localDate(new Date(0), name);
    return true;
  } catch {
    // A RangeError is how Intl says that there is no such zone.
    return false;
  }
}, 'is not a time zone; write it like Europe/Berlin');

export const runnerFields = {
  units: z.enum(['METRIC', 'IMPERIAL']),
  timezone,
  birthDate: day,
  sex: z.enum(['FEMALE', 'MALE', 'OTHER']),
  heightCm: z.number().min(50, 'must be at least 50 cm').max(260, 'must be at most 260 cm'),
  runningSince: month,
  weeklyFrequency: text(20),
};

/** The columns behind these fields. */
export type RunnerFieldName = keyof typeof runnerFields;
