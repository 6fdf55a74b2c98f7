import fc from 'fast-check';
import { expect, it } from 'vitest';
import { demoRunner } from '../../src/demo/runner.ts';
import { readRunnerFile } from '../../src/domain/runner-data/read-file.ts';

const dayMs = 86_400_000;
const anyDay = fc.integer({ min: 20_600, max: 23_000 }).map((day) => new Date(day * dayMs + 40_000_000));

it('the demo runner is plausible on any day: nothing is refused, every list has something, the newest is recent', () => {
  fc.assert(
    fc.property(anyDay, (now) => {
      const { refusals, lists } = readRunnerFile(demoRunner(now), 'UTC', now);
      expect(refusals).toEqual([]);
      const few = ['measurements', 'contextLinks'];
      for (const [noun, entries] of lists) if (!few.includes(noun)) expect([noun, entries.length]).not.toEqual([noun, 0]);
      const newest = lists.get('dailyMetrics')?.at(-1)?.item.date as Date;
      expect(now.getTime() - newest.getTime()).toBeLessThan(5 * dayMs);
      const goal = lists.get('goals')?.[0]?.item.date as Date;
      expect(goal.getTime()).toBeGreaterThanOrEqual(Math.floor(now.getTime() / dayMs) * dayMs);
    }),
    { numRuns: 50 },
  );
});

it('the demo runner of a later day agrees with that of an earlier one on the days they share', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (now, later) => {
      const keyed = (on: Date, noun: 'runs' | 'dailyMetrics', key: string) =>
        new Map((demoRunner(on)[noun] as Record<string, unknown>[]).map((item) => [item[key], item]));
      for (const [noun, key] of [
        ['runs', 'externalId'],
        ['dailyMetrics', 'date'],
      ] as const) {
        const before = keyed(now, noun, key);
        const shared = [...keyed(new Date(now.getTime() + later * dayMs), noun, key)].filter(([id]) => before.has(id));
        expect(shared.length).toBeGreaterThan(50);
        for (const [id, item] of shared) expect(item).toEqual(before.get(id));
      }
    }),
    { numRuns: 20 },
  );
});
