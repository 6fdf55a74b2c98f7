import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marathonMeters } from '../../src/domain/race-distances.ts';
import { trainingPaces } from '../../src/domain/training-paces.ts';
import { equivalentSeconds, isVdotEffort, vdotOf } from '../../src/domain/vdot.ts';

const half = 21_097.5;

/** Computed from the published formula. */
const checkValues: [meters: number, seconds: number, vdot: number][] = [
  [5_000, 1_197, 49.952],
  [10_000, 2_481, 49.967],
  [half, 5_495, 49.96],
  [marathonMeters, 11_449, 49.952],
  [10_000, 2_400, 51.944],
  [5_000, 1_474, 39.1104],
  [5_000, 1_200, 49.806],
  [5_000, 900, 69.597],
  [half, 5_400, 50.977],
  [marathonMeters, 10_800, 53.528],
  [marathonMeters, 14_400, 37.904],
];

/** The published table: seconds for 3 km, 2 miles, 5 km, 10 km, 15 km, half marathon and marathon at each VDOT. */
const publishedMeters = [3_000, 3_218.688, 5_000, 10_000, 15_000, half, marathonMeters];
const publishedSeconds: Record<number, number[]> = {
  30: [1_076, 1_159, 1_840, 3_826, 5_894, 8_464, 17_357],
  40: [843, 908, 1_448, 3_003, 4_626, 6_659, 13_785],
  45: [760, 820, 1_310, 2_716, 4_180, 6_020, 12_506],
  50: [693, 748, 1_197, 2_481, 3_816, 5_495, 11_449],
  55: [637, 688, 1_102, 2_286, 3_513, 5_058, 10_561],
  60: [590, 637, 1_023, 2_122, 3_258, 4_689, 9_805],
  70: [514, 556, 895, 1_860, 2_852, 4_101, 8_590],
  85: [434, 468, 757, 1_579, 2_417, 3_470, 7_270],
};

describe('VDOT', () => {
  it.each(checkValues)('of %d m in %d s is %d', (meters, seconds, vdot) => {
    expect(Math.abs(vdotOf(meters, seconds) - vdot)).toBeLessThan(0.001);
  });

  it('agrees with the published table to 0.12 from 3 km up', () => {
    const deviations = Object.entries(publishedSeconds).flatMap(([vdot, times]) =>
      times.map((seconds, index) => Math.abs(vdotOf(publishedMeters[index]!, seconds) - Number(vdot))),
    );
    expect(deviations).toHaveLength(56);
    expect(Math.max(...deviations)).toBeLessThan(0.12);
  });

  it('speaks for efforts of 3.5 minutes to 4 hours', () => {
    expect([209, 210, 14_400, 14_401].map(isVdotEffort)).toEqual([false, true, true, false]);
  });

  it('and the equivalent time are inverses, to the tenth of a second', () => {
    fc.assert(
      fc.property(fc.double({ min: 20, max: 85, noNaN: true }), fc.constantFrom(1_500, ...publishedMeters), (vdot, meters) => {
        const seconds = equivalentSeconds(vdot, meters);
        expect(vdotOf(meters, seconds)).toBeCloseTo(vdot, 3);
        expect(vdotOf(meters, seconds - 0.1)).toBeGreaterThan(vdot);
      }),
    );
  });
});

describe('training paces', () => {
  it('are those of Daniels at VDOT 50', () => {
    const paces = trainingPaces(50);
    const rounded = Object.fromEntries(
      Object.entries({ ...paces, easy: paces.easy.fastest, slowest: paces.easy.slowest }).map(([name, pace]) => [
        name,
        Math.round(pace ?? 0),
      ]),
    );
    // 4:55 to 5:34, 4:31, 4:15, 3:55 and 3:40 a kilometre.
    expect(rounded).toEqual({ easy: 295, slowest: 334, marathon: 271, threshold: 255, interval: 235, repetition: 220 });
  });

  it('make repetitions 15 s/km faster than intervals from VDOT 50 on, and 20 below', () => {
    for (const [vdot, gain] of [
      [50, 15],
      [49.9, 20],
    ] as const) {
      const { interval, repetition } = trainingPaces(vdot);
      expect(interval - repetition).toBe(gain);
    }
  });

  it('have no marathon pace where the marathon would take longer than the formula speaks for', () => {
    expect(trainingPaces(37.9).marathon).toBeNull();
    expect(trainingPaces(38).marathon).not.toBeNull();
  });

  it('get faster from easy to repetition at every VDOT', () => {
    for (let vdot = 25; vdot <= 85; vdot += 0.5) {
      const { easy, marathon, threshold, interval, repetition } = trainingPaces(vdot);
      const ordered = [easy.slowest, easy.fastest, ...(marathon === null ? [] : [marathon]), threshold, interval, repetition];
      expect(ordered).toEqual([...ordered].sort((a, b) => b - a));
    }
  });
});
