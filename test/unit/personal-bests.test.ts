import { describe, expect, it } from 'vitest';
import { type Performance, personalBests, recentPerformances } from '../../src/domain/personal-bests.ts';

const race = (distanceMeters: number, timeSeconds: number, date = '2026-05-01'): Performance => ({
  distanceMeters,
  timeSeconds,
  date,
  kind: 'race',
});
const run = (distanceMeters: number, timeSeconds: number, date = '2026-05-01'): Performance => ({
  ...race(distanceMeters, timeSeconds, date),
  kind: 'run',
});

const shown = (performances: Performance[]) =>
  personalBests(performances).map(({ distanceMeters, timeSeconds, kind }) => [distanceMeters, timeSeconds, kind]);

describe('personal bests', () => {
  it('are the fastest at each distance, shortest first', () => {
    expect(shown([race(10_000, 2_500), race(5_000, 1_200), race(10_000, 2_400), race(5_000, 1_210)])).toEqual([
      [5_000, 1_200, 'race'],
      [10_000, 2_400, 'race'],
    ]);
  });

  it('take a half marathon of 21.1 km for a half marathon, and keep a race of 12 km as one', () => {
    expect(shown([race(21_100, 5_400), race(12_000, 3_000)])).toEqual([
      [12_000, 3_000, 'race'],
      [21_097.5, 5_400, 'race'],
    ]);
  });

  it('count a recorded run of 0.1 % below to 2.5 % above a race distance, with its own time', () => {
    for (const meters of [9_990, 10_000, 10_250]) expect(shown([run(meters, 2_700)])).toEqual([[10_000, 2_700, 'run']]);
    for (const meters of [9_989, 10_251, 12_000]) expect(shown([run(meters, 2_700)])).toEqual([]);
  });

  it('do not count a run where a longer performance was faster per kilometre', () => {
    expect(shown([run(10_100, 3_600), race(21_097.5, 6_000)])).toEqual([[21_097.5, 6_000, 'race']]);
    expect(shown([race(10_000, 3_600), race(21_097.5, 6_000)])).toHaveLength(2);
  });

  it('do not count a run that is faster than any human', () => {
    expect(shown([run(5_000, 600)])).toEqual([]);
  });

  it('prefer the better documented of equal times, then the earlier', () => {
    expect(personalBests([run(5_010, 1_200), race(5_000, 1_200)])[0]?.kind).toBe('race');
    expect(personalBests([race(5_000, 1_200, '2026-05-01'), race(5_000, 1_200, '2025-05-01')])[0]?.date).toBe('2025-05-01');
  });
});

describe('recent performances', () => {
  it('are those of the last 365 days whose day is known', () => {
    const dates = ['2025-06-12', '2025-06-13', '2026-06-13', '2026-06-14'];
    const performances = [...dates.map((date) => race(5_000, 1_200, date)), { ...race(5_000, 1_200), date: null }];
    expect(recentPerformances(performances, '2026-06-13').map(({ date }) => date)).toEqual(['2025-06-13', '2026-06-13']);
  });
});
