import { describe, expect, it } from 'vitest';
import { distanceName } from '../../src/domain/race-distances.ts';
import {
  formatDistance,
  formatDuration,
  formatElevation,
  formatHeight,
  formatPace,
  formatWeight,
  paceSecondsPerKm,
} from '../../src/domain/units.ts';

describe('a quantity in the runner’s units', () => {
  it('is a distance in kilometres or miles', () => {
    expect(formatDistance(10_470, 'METRIC')).toBe('10.47');
    expect(formatDistance(10_470, 'IMPERIAL')).toBe('6.51');
    expect(formatDistance(512_300, 'IMPERIAL', 0)).toBe('318');
  });

  it('is a pace per kilometre or mile that never has 60 seconds', () => {
    expect(formatPace(275, 'METRIC')).toBe('4:35');
    expect(formatPace(275, 'IMPERIAL')).toBe('7:23');
    expect(formatPace(299.6, 'METRIC')).toBe('5:00');
    expect(formatPace(3_725, 'METRIC')).toBe('62:05');
  });

  it('is a weight, a climb and a height, of which no foot has 12 inches', () => {
    expect([formatWeight(66, 'METRIC'), formatWeight(66, 'IMPERIAL')]).toEqual(['66.0', '145.5']);
    expect([formatElevation(61.4, 'METRIC'), formatElevation(61.4, 'IMPERIAL')]).toEqual(['61', '201']);
    expect([formatHeight(167.6, 'METRIC'), formatHeight(180, 'IMPERIAL'), formatHeight(182.6, 'IMPERIAL')]).toEqual([
      '167.6 cm',
      '5 ft 11 in',
      '6 ft 0 in',
    ]);
  });

  it('is a duration with hours only when there are any', () => {
    expect([0, 59.4, 59.6, 3_599.5, 3_600, 36_061].map(formatDuration)).toEqual(['0:00', '0:59', '1:00', '1:00:00', '1:00:00', '10:01:01']);
  });
});

describe('a pace', () => {
  it('is unknown without a distance or a time', () => {
    expect(paceSecondsPerKm(10_000, 2_400)).toBe(240);
    expect([paceSecondsPerKm(0, 10), paceSecondsPerKm(10, 0), paceSecondsPerKm(null, 10), paceSecondsPerKm(10, undefined)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('a race distance', () => {
  it('is called by its name when it is within 0.2 % of one', () => {
    expect(distanceName(21_100, 'METRIC')).toBe('half marathon');
    expect(distanceName(42_195, 'IMPERIAL')).toBe('marathon');
    expect(distanceName(1_609, 'METRIC')).toBe('1 mile');
    expect(distanceName(12_000, 'METRIC')).toBe('12.00 km');
    expect(distanceName(12_000, 'IMPERIAL')).toBe('7.46 mi');
  });
});
