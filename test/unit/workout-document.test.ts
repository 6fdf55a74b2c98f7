import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetTypes, totalOf, type WorkoutBlock, workoutDocument } from '../../src/domain/workout-document.ts';

const amount = fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined });
const step = fc.record({ kind: fc.constant('RUN' as const), durationSeconds: amount, distanceMeters: amount });
const block = fc.record({ repeat: fc.integer({ min: 1, max: 20 }), steps: fc.array(step, { minLength: 1, maxLength: 5 }) });
const blocks = fc.array(block, { minLength: 1, maxLength: 5 });

describe('totalOf', () => {
  const run = (durationSeconds?: number) => ({ kind: 'RUN' as const, durationSeconds });

  it('counts repeats', () => {
    expect(
      totalOf(
        [
          { repeat: 3, steps: [run(60), run(30)] },
          { repeat: 1, steps: [run(10)] },
        ],
        'durationSeconds',
      ),
    ).toBe(280);
  });

  it('is unknown as soon as one step does not say', () => {
    expect(totalOf([{ repeat: 3, steps: [run(60), run()] }], 'durationSeconds')).toBeNull();
  });

  it('is what walking through the workout step by step would count, or unknown', () => {
    fc.assert(
      fc.property(blocks, fc.constantFrom('durationSeconds' as const, 'distanceMeters' as const), (given: WorkoutBlock[], quantity) => {
        const walked = given.flatMap(({ repeat, steps }) => Array.from({ length: repeat }, () => steps).flat());
        const amounts = walked.map((one) => one[quantity] ?? Number.NaN);
        const expected = amounts.reduce((total, one) => total + one, 0);
        expect(totalOf(given, quantity)).toBe(Number.isNaN(expected) ? null : expected);
      }),
    );
  });
});

/** The type's bounds as the API documents them. */
const bounded = {
  ZONE: { unit: undefined, min: 1, max: 5 },
  PACE: { unit: 's/km', min: 60, max: 3_600 },
  HEART_RATE: { unit: 'bpm', min: 20, max: 260 },
  HEART_RATE_PERCENT_MAX: { unit: '%', min: 1, max: 120 },
  THRESHOLD_PACE_PERCENT: { unit: '%', min: 1, max: 250 },
  POWER: { unit: 'W', min: 1, max: 3_000 },
  CADENCE: { unit: 'spm', min: 30, max: 300 },
  RPE: { unit: undefined, min: 1, max: 10 },
} as const;
const wholeOnly: readonly string[] = ['ZONE', 'HEART_RATE', 'POWER', 'CADENCE'];
const referenced: Record<string, readonly string[]> = {
  RACE_PACE: ['MILE', 'FIVE_K', 'TEN_K', 'HALF_MARATHON', 'MARATHON'],
  DANIELS: ['E', 'M', 'T', 'I', 'R'],
};

const parse = (target: object) => {
  const document = { name: 'x', category: 'EASY', blocks: [{ steps: [{ kind: 'RUN', target }] }] };
  const result = workoutDocument.safeParse(document);
  return result.success ? result.data.blocks[0]?.steps[0]?.target : undefined;
};

describe('a target', () => {
  it('has bounds or a reference, whichever its type asks for', () => {
    expect([...Object.keys(bounded), ...Object.keys(referenced)].toSorted()).toEqual([...targetTypes].toSorted());
  });

  it('with bounds is accepted exactly when they are in range, in order and of the right kind, and says its unit', () => {
    const types = fc.constantFrom(...(Object.keys(bounded) as (keyof typeof bounded)[]));
    const bound = fc.oneof(
      fc.integer({ min: -10, max: 4_000 }),
      fc.double({ min: 0, max: 400, noNaN: true }),
      fc.constantFrom(null, undefined),
    );
    fc.assert(
      fc.property(types, bound, bound, fc.constantFrom(undefined, null, '%', 's/km', 'bpm', 'W', 'spm'), (type, min, max, unit) => {
        const { unit: right, ...range } = bounded[type];
        const given = [min, max].filter((value) => value != null);
        const valid =
          given.length > 0 &&
          given.every((value) => value >= range.min && value <= range.max && (!wholeOnly.includes(type) || Number.isInteger(value))) &&
          (min == null || max == null || min <= max) &&
          (unit == null || unit === right);
        const stored = { type, ...(min != null && { min }), ...(max != null && { max }), ...(right && { unit: right }) };
        expect(parse({ type, min, max, unit })).toEqual(valid ? stored : undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('with a reference is accepted exactly when the reference belongs to its type and nothing else is said', () => {
    const types = fc.constantFrom(...Object.keys(referenced));
    const references = fc.constantFrom(undefined, null, '', 'e', ...Object.values(referenced).flat());
    const extra = fc.constantFrom({}, {}, {}, { min: null, unit: null }, { min: 1 }, { max: 1 }, { unit: '%' });
    fc.assert(
      fc.property(types, references, extra, (type, reference, more) => {
        const valid = reference != null && referenced[type]?.includes(reference) && !Object.values(more).some((value) => value !== null);
        expect(parse({ type, reference, ...more })).toEqual(valid ? { type, reference } : undefined);
      }),
    );
  });

  it('stays as it is when what was stored is read again', () => {
    for (const target of [
      { type: 'PACE', min: 200 },
      { type: 'ZONE', max: 3 },
      { type: 'DANIELS', reference: 'T' },
    ]) {
      const stored = parse(target);
      expect(parse(stored ?? {})).toEqual(stored);
    }
  });
});
