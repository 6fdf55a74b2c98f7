import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderDocument } from '../../src/domain/runner-context/document.ts';
import { type DocumentOptions, lengthMaxOf, readDocumentOptions } from '../../src/domain/runner-context/document-options.ts';
import { type ContextScope, contextScopes, type RunnerContextFacts } from '../../src/domain/runner-context/facts.ts';
import { contextJson } from '../../src/domain/runner-context/json.ts';
import { countCharacters, sizePlace, withStatedSize } from '../../src/domain/runner-context/stated-size.ts';
import { emptyRunner, fullRunner, imperialRunner, sparseRunner } from '../support/runner-facts.ts';

/** The full runner with as many races, and as wordy ones, as it takes to be too long for anything. */
const raced = (races: number, noteLength: number): RunnerContextFacts => ({
  ...fullRunner,
  training: {
    runCount: 0,
    goals: [],
    ...fullRunner.training,
    runs: (fullRunner.training?.runs ?? []).map((run) => ({ ...run, name: `🏃 ${'x'.repeat(noteLength % 90)}` })),
    raceResults: Array.from({ length: races }, (_, index) => ({
      name: `Race ${index}.`,
      date: `20${String(10 + (index % 16))}-05-02`,
      distanceMeters: 10_000,
      timeSeconds: 2_500,
      notes: 'n'.repeat(noteLength),
    })),
  },
});

const facts = fc.oneof(
  fc.constantFrom(fullRunner, emptyRunner, sparseRunner, imperialRunner),
  fc.tuple(fc.nat(150), fc.nat(600)).map(([races, noteLength]) => raced(races, noteLength)),
);
const options: fc.Arbitrary<DocumentOptions> = fc.record({
  sections: fc.option(fc.subarray<ContextScope>([...contextScopes])),
  detail: fc.constantFrom('brief', 'standard', 'full'),
  maxChars: fc.option(fc.integer({ min: 2_000, max: 30_000 })),
  links: fc.constantFrom('query', 'path', 'none'),
});

const statedOf = (document: string): number => Number(/ · length: (\d+) characters, about \d+ tokens/.exec(document)?.[1]);

describe('a document that is asked for in any way', () => {
  it('states its own length exactly, and keeps to the one it was asked for or says that it does not', () => {
    fc.assert(
      fc.property(facts, options, (held, asked) => {
        const document = renderDocument(held, asked);
        const characters = countCharacters(document);
        expect(statedOf(document)).toBe(characters);
        const longer = /Longer than (\d+) characters all the same/.exec(document);
        expect(longer ? Number(longer[1]) : null).toBe(characters > lengthMaxOf(asked) ? lengthMaxOf(asked) : null);
      }),
      { numRuns: 300 },
    );
  });

  it('never loses a race, a best or a goal of the sections it shows', () => {
    fc.assert(
      fc.property(facts, options, (held, asked) => {
        const document = renderDocument(held, asked);
        const shows = (scope: ContextScope) => held.scopes[scope] && (asked.sections?.includes(scope) ?? true);
        const { raceResults = [], goals = [] } = (shows('training') && held.training) || {};
        for (const { name } of [...raceResults, ...goals]) expect(document).toContain(`\`${name}\``);
        if (shows('profile') && (held.profile?.personalBests.length ?? 0) > 0) {
          const section = document.split('### Personal bests')[1]?.split('\n#')[0] ?? '';
          expect(section.match(/\d:\d\d/g)?.length).toBeGreaterThanOrEqual(held.profile?.personalBests.length ?? 0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is the document of the JSON', () => {
    fc.assert(
      fc.property(facts, options, (held, asked) => {
        expect(contextJson(held, asked).context_markdown).toBe(renderDocument(held, asked));
      }),
      { numRuns: 30 },
    );
  });

  it('says what was left out, in the order of the rule: runs, then weeks, then days', () => {
    const leftOut = (maxChars: number) =>
      ['older run', 'older week', 'older day'].map((noun) =>
        Number(new RegExp(`(\\d+) ${noun}s? \\(`).exec(renderDocument(fullRunner, { maxChars }))?.[1] ?? 0),
      );
    const steps = [13_200, 12_400, 12_000, 11_600, 11_000].map(leftOut);
    expect(steps[0]?.[0]).toBeGreaterThan(0);
    for (const [runs = 0, weeks = 0, days = 0] of steps) {
      if (weeks > 0) expect(runs).toBeGreaterThanOrEqual(13);
      if (days > 0) expect(weeks).toBeGreaterThanOrEqual(6);
    }
    expect(steps.at(-1)?.every((count) => count > 0)).toBe(true);
  });
});

describe('a length that is stated in the text it measures', () => {
  it('is right on both sides of every number of digits', () => {
    for (let length = 1; length <= 10_200; length += length < 150 || length > 880 ? 1 : 7) {
      const text = withStatedSize(`${sizePlace}${'a'.repeat(length)}`);
      expect(text).toContain(`length: ${text.length} characters, about ${Math.ceil(text.length / 4)} tokens`);
    }
  });

  it('counts what people would call characters, one for a sign beyond the first plane of Unicode', () => {
    expect(countCharacters('aé🏃\n')).toBe(4);
  });
});

describe('the options of an address', () => {
  it.each([
    [{}, null],
    [{ sections: '' }, null],
    [{ sections: ' ' }, null],
    [{ sections: ',,' }, null],
    [{ sections: 'labs,profile' }, ['profile', 'labs']],
    [{ sections: ' Health , LABS,health' }, ['health', 'labs']],
    [{ sections: 'profile training' }, ['profile', 'training']],
    [{ sections: 'sleep' }, []],
    [{ sections: 'sleep,health' }, ['health']],
  ])('%o ask for the sections %o', (given, sections) => {
    expect(readDocumentOptions(given).sections).toEqual(sections);
  });
});
