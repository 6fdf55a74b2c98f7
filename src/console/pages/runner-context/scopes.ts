/** The sections of a context in words that their owner would use. */
import type { Sharing } from './settings.ts';

export type Scope = Exclude<keyof Sharing, 'enabled'>;

export const scopes: { scope: Scope; label: string; about: string; sensitive: boolean }[] = [
  {
    scope: 'profile',
    label: 'Profile',
    about: 'Age, sex, height, weight, resting and maximum heart rate, zones, personal bests, training paces and gear.',
    sensitive: false,
  },
  {
    scope: 'training',
    label: 'Training',
    about: 'Weekly volume, goals, race results and every run, with your notes. No routes.',
    sensitive: false,
  },
  {
    scope: 'health',
    label: 'Health',
    about: 'Every day of resting heart rate, HRV, sleep, respiration, weight and recovery, back to the first.',
    sensitive: true,
  },
  { scope: 'labs', label: 'Labs', about: 'Laboratory tests: every marker with its value, range and flag.', sensitive: true },
];

/** “training and labs”, as far as they are on. */
export const sharedWords = (sharing: Pick<Sharing, Scope>): string =>
  new Intl.ListFormat('en-GB').format(scopes.filter(({ scope }) => sharing[scope]).map(({ scope }) => scope));
