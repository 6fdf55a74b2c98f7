/** What a reader has filled in about a key, and what of it the gateway is told. */
import type { Fault } from '../../client.ts';
import type { DeskKeyFragment } from '../../gql/graphql.ts';

export interface KeyFields {
  label: string;
  scopes: string[];
  requestsPerMinute: string;
  requestsPerDay: string;
  /** As a datetime-local field has it: the reader's own time, to the minute. */
  expiresAt: string;
}

/** What may be read, in the words of the gateway and in ours. */
export const scopes = [
  { scope: 'workout-templates:read', label: 'Workouts', about: 'Every public workout template, with its blocks and steps.' },
  { scope: 'training-plan-templates:read', label: 'Training plans', about: 'Every public training plan template, week by week.' },
];

export const newKeyFields: KeyFields = {
  label: '',
  scopes: scopes.map(({ scope }) => scope),
  requestsPerMinute: '60',
  requestsPerDay: '10000',
  expiresAt: '',
};

export const fieldsOf = ({ label, scopes: held, requestsPerMinute, requestsPerDay, expiresAt }: DeskKeyFragment): KeyFields => ({
  label: label ?? '',
  scopes: held,
  requestsPerMinute: String(requestsPerMinute),
  requestsPerDay: String(requestsPerDay),
  expiresAt: expiresAt ? toLocal(new Date(expiresAt)) : '',
});

/** Only what differs from `before`; an empty field brings back what a new key has. */
export function changesOf(fields: KeyFields, before: KeyFields) {
  const differs = (name: keyof KeyFields) => String(fields[name]) !== String(before[name]);
  return {
    ...(differs('label') && { label: fields.label.trim() || null }),
    ...(differs('scopes') && { scopes: fields.scopes }),
    ...(differs('requestsPerMinute') && { requestsPerMinute: toLimit(fields.requestsPerMinute) }),
    ...(differs('requestsPerDay') && { requestsPerDay: toLimit(fields.requestsPerDay) }),
    ...(differs('expiresAt') && { expiresAt: fields.expiresAt ? new Date(fields.expiresAt).toISOString() : null }),
  };
}

/** What no number can be made of, before the gateway is asked. */
export function limitFaults(fields: KeyFields): Fault[] {
  const names = ['requestsPerMinute', 'requestsPerDay'] as const;
  return names
    .filter((name) => !/^\s*\d{0,10}\s*$/.test(fields[name]))
    .map((path) => ({ path, message: 'Write a whole number, such as 60.' }));
}

/** A date that is filled in by half reads as an empty field, and a key without a date never expires. */
export function dateFaults(field: unknown): Fault[] {
  const isHalf = field instanceof HTMLInputElement && field.validity.badInput;
  return isHalf ? [{ path: 'expiresAt', message: 'Fill in the whole date and time, or clear it.' }] : [];
}

const toLimit = (text: string) => (text.trim() === '' ? null : Number(text));

/** As a datetime-local field wants it. */
function toLocal(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}
