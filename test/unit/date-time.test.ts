import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDateTime } from '../../src/domain/date-time.ts';

const instants = fc.date({ min: new Date('0002-01-01T00:00:00Z'), max: new Date('9998-12-31T23:59:59.999Z'), noInvalidDate: true });

describe('parseDateTime', () => {
  it.each([
    ['2026-06-13T19:00:00Z', '2026-06-13T19:00:00.000Z'],
    ['2026-06-13t19:00:00z', '2026-06-13T19:00:00.000Z'],
    ['2026-06-13T19:00:00.1Z', '2026-06-13T19:00:00.100Z'],
    ['2026-06-13T19:00:00.9999999999Z', '2026-06-13T19:00:00.999Z'],
    ['2026-06-13T19:00:00+02:00', '2026-06-13T17:00:00.000Z'],
    ['2026-06-13T19:00:00-05:45', '2026-06-14T00:45:00.000Z'],
    ['2026-06-13T19:00:00-00:00', '2026-06-13T19:00:00.000Z'],
    ['2024-02-29T23:59:59.999Z', '2024-02-29T23:59:59.999Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s', (text, expected) => {
    expect(parseDateTime(text)?.toISOString()).toBe(expected);
  });

  it.each([
    '',
    'now',
    '2026',
    '2026-06-13',
    '2026-06-13T19:00Z',
    '2026-06-13T19:00:00',
    '2026-06-13 19:00:00Z',
    ' 2026-06-13T19:00:00Z',
    '2026-06-13T19:00:00Z\n',
    '2026-06-13T19:00:00.Z',
    '2026-06-13T19:00:00,5Z',
    '2025-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-06-00T00:00:00Z',
    '2026-06-13T24:00:00Z',
    '2026-06-13T19:60:00Z',
    '2026-06-30T23:59:60Z',
    '2026-06-13T19:00:00+24:00',
    '2026-06-13T19:00:00+02:60',
    '2026-06-13T19:00:00+0200',
    '2026-06-13T19:00:00+2',
    '+002026-06-13T19:00:00Z',
    '0000-06-13T19:00:00Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '٢٠٢٦-06-13T19:00:00Z',
  ])('refuses %j', (text) => {
    expect(parseDateTime(text)).toBeNull();
  });

  it('reads back every instant that it could have written, at any offset', () => {
    const offsets = fc.integer({ min: -1_439, max: 1_439 });
    fc.assert(
      fc.property(instants, offsets, (instant, offsetMinutes) => {
        const two = (number: number) => String(number).padStart(2, '0');
        const size = Math.abs(offsetMinutes);
        const local = new Date(instant.getTime() + offsetMinutes * 60_000).toISOString();
        const text = local.replace('Z', `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`);
        expect(parseDateTime(text)).toEqual(instant);
      }),
    );
  });

  it('cuts further digits off, so that it never passes over an instant', () => {
    fc.assert(
      fc.property(instants, fc.stringMatching(/^\d{0,9}$/), (instant, digits) => {
        expect(parseDateTime(instant.toISOString().replace('Z', `${digits}Z`))).toEqual(instant);
      }),
    );
  });

  it('gives null or an instant for any text, and never fails', () => {
    const nearly = fc.tuple(instants, fc.nat(24), fc.string({ maxLength: 2 }));
    const spoiled = nearly.map(([instant, at, text]) => instant.toISOString().slice(0, at) + text + instant.toISOString().slice(at + 1));
    fc.assert(
      fc.property(fc.oneof(fc.string(), spoiled), (text) => {
        const read = parseDateTime(text);
        expect(read === null || !Number.isNaN(read.getTime())).toBe(true);
      }),
    );
  });
});
