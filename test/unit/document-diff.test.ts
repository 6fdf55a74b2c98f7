import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffValues, summarise } from '../../src/domain/document-diff.ts';
import { applyChanges } from '../support/replay.ts';

const summaryOf = (before: object, after: object) => summarise(diffValues(before, after));

describe('what differs between two documents', () => {
  it.each<[object, object, string]>([
    [
      { name: 'A', blocks: [{ repeat: 1 }, { repeat: 4 }] },
      { name: 'B', blocks: [{ repeat: 1 }, { repeat: 5 }] },
      'name: “A” → “B”; blocks[1].repeat: 4 → 5',
    ],
    [{ level: 'BEGINNER' }, {}, 'level: “BEGINNER” → none'],
    [{}, { level: 'BEGINNER' }, 'level: none → “BEGINNER”'],
    [{ blocks: [{ repeat: 1 }] }, { blocks: [{ repeat: 2 }, { repeat: 1 }] }, 'blocks[0]: added'],
    [{ blocks: [{ repeat: 1 }, { repeat: 2 }] }, { blocks: [{ repeat: 1 }] }, 'blocks[1]: removed'],
    [{ tags: ['a', 'b', 'c'] }, { tags: ['a', 'x', 'c'] }, 'tags[1]: “b” → “x”'],
    [{ steps: [{ target: { min: 1 } }] }, { steps: [{}] }, 'steps[0].target: removed'],
    [{ value: [1] }, { value: { a: 1 } }, 'value: changed'],
    [{ description: 'x' }, { description: `${'🏃'.repeat(50)}` }, `description: “x” → “${'🏃'.repeat(39)}…”`],
    [{ description: 'a\n\nb' }, { description: 'a\tb' }, 'description: “a b” → “a b”'],
    [
      { days: [1, 2, 3, 4, 5, 6, 7] },
      { days: [0, 0, 0, 0, 0, 0, 0] },
      'days[0]: 1 → 0; days[1]: 2 → 0; days[2]: 3 → 0; days[3]: 4 → 0; days[4]: 5 → 0; and 2 more',
    ],
    [{ name: 'A' }, { name: 'A' }, ''],
  ])('%j and %j read %s', (before, after, expected) => {
    expect(summaryOf(before, after)).toBe(expected);
  });

  it('turns one into the other, whatever they are', () => {
    const scalar = fc.oneof(fc.integer(), fc.string(), fc.boolean());
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value')),
      ),
    }));
    const document = fc.dictionary(fc.constantFrom('x', 'y', 'z'), value);
    fc.assert(
      fc.property(document, document, (before, after) => {
        expect(applyChanges(before, diffValues(before, after))).toEqual(after);
        expect(summaryOf(before, after).includes('\n')).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
