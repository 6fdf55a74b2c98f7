import { describe, expect, it } from 'vitest';
import { baseline } from '../../src/domain/baselines.ts';
import { meanWeeklyMeters, volumeOfWeek, weeklyVolume } from '../../src/domain/weekly-volume.ts';

const run = (date: string, distanceMeters?: number, movingSeconds?: number) => ({ date, distanceMeters, movingSeconds });

const runs = [
  run('2026-06-08', 5_000, 1_500),
  run('2026-06-14', 10_000, 3_100),
  run('2026-06-15', 7_000, 2_000),
  run('2026-05-31', 21_000, 6_000),
];

describe('weekly volume', () => {
  it('lists the weeks that have runs, newest first, Sunday with the Monday before it', () => {
    expect(weeklyVolume(runs)).toEqual([
      { weekStart: '2026-06-15', runs: 1, distanceMeters: 7_000, movingSeconds: 2_000, longestMeters: 7_000, runsWithoutDistance: 0 },
      { weekStart: '2026-06-08', runs: 2, distanceMeters: 15_000, movingSeconds: 4_600, longestMeters: 10_000, runsWithoutDistance: 0 },
      { weekStart: '2026-05-25', runs: 1, distanceMeters: 21_000, movingSeconds: 6_000, longestMeters: 21_000, runsWithoutDistance: 0 },
    ]);
  });

  it('says how many runs have no distance, and gives no time when one is unknown', () => {
    expect(weeklyVolume([run('2026-06-08', 5_000, 1_500), run('2026-06-09')])).toEqual([
      { weekStart: '2026-06-08', runs: 2, distanceMeters: 5_000, movingSeconds: null, longestMeters: 5_000, runsWithoutDistance: 1 },
    ]);
  });

  it('is nothing at all in a week without runs, not zero kilometres', () => {
    expect(volumeOfWeek(runs, '2026-06-03')).toEqual({
      weekStart: '2026-06-01',
      runs: 0,
      distanceMeters: null,
      movingSeconds: null,
      longestMeters: null,
      runsWithoutDistance: 0,
    });
  });

  it('has a mean over whole weeks, in which weeks without runs count and the present one does not', () => {
    expect(meanWeeklyMeters(runs, '2026-06-17', 4)).toBe((15_000 + 21_000) / 4);
  });
});

describe('a baseline', () => {
  const readings = [
    { date: '2026-06-14', value: 40 },
    { date: '2026-06-08', value: 50 },
    { date: '2026-06-07', value: 90 },
  ];

  it('is the mean of the days that have a reading, the last day included', () => {
    expect(baseline(readings, '2026-06-14', 7)).toEqual({ mean: 45, count: 2 });
    expect(baseline(readings, '2026-06-14', 8)).toEqual({ mean: 60, count: 3 });
  });

  it('is unknown without any reading', () => {
    expect(baseline(readings, '2026-06-20', 6)).toBeNull();
  });
});
