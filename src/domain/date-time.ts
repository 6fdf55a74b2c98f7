/** Instants as callers write them: RFC 3339, strictly, because a misread instant loses changes silently. */

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/i;

/** In UTC. Postgres has no year 0, and RFC 3339 cannot write what comes before it or after 9999. */
const earliest = Date.parse('0001-01-01T00:00:00.000Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * The instant, in whole milliseconds: further digits are cut off, never rounded up. Null when the text is not an
 * RFC 3339 date-time with an offset, names a day or time that does not exist, or lies outside the years 1 to 9999.
 */
export function parseDateTime(text: string): Date | null {
  const [, year, month, day, hour, minute, second, fraction = '', offset = ''] = pattern.exec(text) ?? [];
  if (year === undefined) return null;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const instant = new Date(local);
  // 2026-02-30 becomes 2 March in some engines, and 24:00 the next day: what comes back must be what went in.
  if (Number.isNaN(instant.getTime()) || instant.toISOString() !== local) return null;
  const [hours = 0, minutes = 0] = /^z$/i.test(offset) ? [] : offset.slice(1).split(':').map(Number);
  if (hours > 23 || minutes > 59) return null;
  const offsetMs = (hours * 60 + minutes) * 60_000;
  const utc = instant.getTime() + (offset.startsWith('-') ? offsetMs : -offsetMs);
  return utc < earliest || utc > latest ? null : new Date(utc);
}
