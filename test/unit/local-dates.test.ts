import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, ageOn, daysBetween, localDate, weekday, weekStart } from '../../src/domain/local-dates.ts';

const anyDay = fc.integer({ min: 0, max: 40_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

describe('the local day', () => {
  it.each([
    ['Asia/Tokyo', '2026-06-13T14:59:59.999Z', '2026-06-13'],
    ['Asia/Tokyo', '2026-06-13T15:00:00.000Z', '2026-06-14'],
    ['Pacific/Kiritimati', '2026-06-13T09:59:59.999Z', '2026-06-13'],
    ['Pacific/Kiritimati', '2026-06-13T10:00:00.000Z', '2026-06-14'],
    ['Pacific/Kiritimati', '2025-12-31T10:00:00.000Z', '2026-01-01'],
    ['America/Chicago', '2026-03-08T05:59:59.999Z', '2026-03-07'],
    ['America/Chicago', '2026-03-08T06:00:00.000Z', '2026-03-08'],
    // The clocks went forward: this day has 23 hours.
    ['America/Chicago', '2026-03-09T04:59:59.999Z', '2026-03-08'],
    ['America/Chicago', '2026-03-09T05:00:00.000Z', '2026-03-09'],
    // And back: this one has 25.
    ['America/Chicago', '2026-11-01T05:00:00.000Z', '2026-11-01'],
    ['America/Chicago', '2026-11-02T05:59:59.999Z', '2026-11-01'],
    ['America/Chicago', '2026-11-02T06:00:00.000Z', '2026-11-02'],
    ['UTC', '2024-02-29T23:59:59.999Z', '2024-02-29'],
  ])('in %s of %s is %s', (timezone, instant, day) => {
    expect(localDate(new Date(instant), timezone)).toBe(day);
  });

  it('of an unknown time zone is refused', () => {
    expect(() => localDate(new Date(0), 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('a week', () => {
  it('starts on Monday, wherever the year ends', () => {
    expect(weekStart('2026-06-14')).toBe('2026-06-08');
    expect(weekStart('2026-06-15')).toBe('2026-06-15');
    expect(weekStart('2027-01-01')).toBe('2026-12-28');
    fc.assert(
      fc.property(anyDay, (day) => {
        const monday = weekStart(day);
        expect(weekday(monday)).toBe('Mon');
        expect(daysBetween(monday, day)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(monday, day)).toBeLessThan(7);
      }),
    );
  });

  it('is seven days long also when the clocks change', () => {
    expect(addDays('2026-03-02', 7)).toBe('2026-03-09');
    expect(addDays('2026-10-26', 7)).toBe('2026-11-02');
    expect(daysBetween('2026-10-26', '2026-11-02')).toBe(7);
  });
});

describe('arithmetic on days', () => {
  it('adds and counts alike', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -9_000, max: 9_000 }), (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      }),
    );
  });
});

describe('an age', () => {
  it('changes on the birthday', () => {
    expect(ageOn('1991-11-03', '2026-11-02')).toBe(34);
    expect(ageOn('1991-11-03', '2026-11-03')).toBe(35);
  });

  it('of who is born on 29 February changes on 1 March of common years', () => {
    expect(ageOn('2000-02-29', '2025-02-28')).toBe(24);
    expect(ageOn('2000-02-29', '2025-03-01')).toBe(25);
    expect(ageOn('2000-02-29', '2028-02-29')).toBe(28);
  });
});
