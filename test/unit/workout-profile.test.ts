import { describe, expect, it } from 'vitest';
import { type Block, profileOf, stepInWords } from '../../src/console/pages/catalogue/profile.ts';

const zone = (min: number, max = min) => ({ type: 'ZONE', min, max });

describe('the profile of a workout', () => {
  it('draws every repeat to scale, one after the other', () => {
    const blocks: Block[] = [
      { repeat: 1, steps: [{ kind: 'WARMUP', durationSeconds: 600, target: zone(1, 2) }] },
      {
        repeat: 2,
        steps: [
          { kind: 'RUN', durationSeconds: 60, target: zone(5) },
          { kind: 'REST', durationSeconds: 30 },
        ],
      },
    ];
    const profile = profileOf(blocks);
    expect(profile.bars.map(({ startSeconds, seconds, level, zone: colour }) => [startSeconds, seconds, level, colour])).toEqual([
      [0, 600, 1.5, 2],
      [600, 60, 5, 5],
      [660, 30, 0, 0],
      [690, 60, 5, 5],
      [750, 30, 0, 0],
    ]);
    expect(profile.repeats).toEqual([{ key: '1', startSeconds: 600, seconds: 180, repeat: 2 }]);
    expect(profile).toMatchObject({ totalSeconds: 780, isExact: true, hasOpenSteps: false, hasGuessedLevels: false });
  });

  it('takes the time of a distance from its pace, where it states one, and marks it as estimated', () => {
    const pace = { type: 'PACE', min: 240, max: 260, unit: 's/km' };
    const { bars, isExact, hasGuessedLevels } = profileOf([{ repeat: 1, steps: [{ kind: 'RUN', distanceMeters: 2000, target: pace }] }]);
    expect(bars).toMatchObject([{ seconds: 500, length: 'estimated' }]);
    expect([isExact, hasGuessedLevels]).toEqual([false, true]);
  });

  it('gives a step until the lap button a width of its own, and says so', () => {
    const profile = profileOf([{ repeat: 1, steps: [{ kind: 'RECOVERY' }] }]);
    expect(profile.bars).toMatchObject([{ length: 'open', level: 1 }]);
    expect(profile).toMatchObject({ isExact: false, hasOpenSteps: true });
  });

  it('knows the zones of Daniels paces, races, effort and shares of the maximum', () => {
    const targets = [
      { type: 'DANIELS', reference: 'T' },
      { type: 'RACE_PACE', reference: 'MARATHON' },
      { type: 'RPE', min: 9 },
      { type: 'HEART_RATE_PERCENT_MAX', min: 65, max: 75 },
    ];
    const steps = targets.map((target) => ({ kind: 'RUN', durationSeconds: 60, target }));
    expect(profileOf([{ repeat: 1, steps }]).bars.map(({ level }) => level)).toEqual([4, 3, 5, 2.5]);
  });

  it('draws the repeats of a block as one where there are more bars than a screen can tell apart, as long as before', () => {
    const steps = [{ kind: 'RUN', durationSeconds: 10, target: zone(4) }];
    const profile = profileOf(Array.from({ length: 10 }, () => ({ repeat: 100, steps })));
    expect(profile.bars).toHaveLength(10);
    expect(profile.totalSeconds).toBe(10_000);
  });

  it.each([
    [{ kind: 'RUN', durationSeconds: 5400, target: zone(2) }, 'Run 1 h 30 min at zone 2'],
    [{ kind: 'RUN', distanceMeters: 800, target: { type: 'PACE', min: 225, max: 230 } }, 'Run 800 m at 3:45 to 3:50 per km'],
    [{ kind: 'RECOVERY', durationSeconds: 150, target: { type: 'HEART_RATE', max: 130 } }, 'Recovery 2 min 30 s at 130 bpm or less'],
    [{ kind: 'COOLDOWN' }, 'Cool-down until the lap button'],
  ])('says %j as %s', (step, words) => {
    expect(stepInWords(step)).toBe(words);
  });
});
