import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DomainError } from '../../src/domain/errors.ts';
import { formatCursor, parseCursor } from '../../src/domain/template-cursor.ts';

const cursors = fc.record({
  order: fc.constantFrom('oldest' as const, 'newest' as const),
  updatedAt: fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
  page: fc.integer({ min: 1, max: 999_999_999 }),
});

it('a cursor is read back as it was written, and needs no encoding in a URL', () => {
  fc.assert(
    fc.property(cursors, (cursor) => {
      const text = formatCursor(cursor);
      expect(parseCursor(text, cursor.order)).toEqual(cursor);
      expect(encodeURIComponent(text)).toBe(text);
    }),
  );
});

it('a cursor of a walk in the other order is refused', () => {
  fc.assert(
    fc.property(cursors, (cursor) => {
      expect(() => parseCursor(formatCursor(cursor), cursor.order === 'oldest' ? 'newest' : 'oldest')).toThrow(DomainError);
    }),
  );
});

it('any other text is refused as INVALID, naming the parameter, and two texts never mean the same place', () => {
  const spoiled = fc.tuple(cursors, fc.nat(40), fc.string({ maxLength: 2 })).map(([cursor, at, text]) => {
    const whole = formatCursor(cursor);
    return whole.slice(0, at) + text + whole.slice(at + 1);
  });
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), spoiled),
      fc.constantFrom('oldest' as const, 'newest' as const),
      (text, order) => {
        try {
          expect(formatCursor(parseCursor(text, order))).toBe(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID', faults: [{ path: 'cursor' }] });
        }
      },
    ),
    { numRuns: 500 },
  );
});
