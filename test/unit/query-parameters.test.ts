import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicSchema } from '../../schema/index.ts';
import type { DomainError } from '../../src/domain/errors.ts';
import { readQueryParameters } from '../../src/http/query-parameters.ts';

const args = publicSchema.getQueryType()?.getFields().workoutTemplates?.args ?? [];
const read = (query: string) => Object.fromEntries(readQueryParameters(query, args));

function faultsOf(query: string) {
  try {
    readQueryParameters(query, args);
  } catch (error) {
    return (error as DomainError).faults;
  }
  throw new Error(`${query} was accepted`);
}

describe('readQueryParameters', () => {
  it('gives the canonical form, in the order of the arguments, without what is empty', () => {
    const canonical = readQueryParameters('category=hills&per_page=007&search=&updatedSince=2026-06-13T21:00:00.1239%2B02:00', args);
    expect(canonical.toString()).toBe('updatedSince=2026-06-13T19%3A00%3A00.123Z&per_page=7&category=HILLS');
  });

  it('keeps numbers within 32 bits', () => {
    expect(read('page=99999999999&per_page=-99999999999')).toEqual({ page: '2147483647', per_page: '-2147483648' });
  });

  it('names every fault at once', () => {
    expect(faultsOf('page=x&page=y&category=banana&nothing=1&includeRemoved=1')).toEqual([
      { path: 'nothing', message: expect.stringContaining('known: search, updatedSince') },
      { path: 'page', message: 'given more than once' },
      { path: 'includeRemoved', message: 'must be true or false' },
      { path: 'category', message: expect.stringContaining('known: EASY, LONG') },
    ]);
  });

  it('says how to send an offset whose + became a space', () => {
    expect(faultsOf('updatedSince=2026-06-13T19:00:00+02:00')?.[0]?.message).toContain('%2B');
  });

  it('any integer is clamped, everything else is refused', () => {
    const texts = fc.oneof(fc.bigInt().map(String), fc.double().map(String), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(texts, (text) => {
        const query = new URLSearchParams({ page: text }).toString();
        if (/^-?\d+$/.test(text)) {
          const page = Number(read(query).page);
          expect(Number.isInteger(page) && Math.abs(page) <= 2 ** 31).toBe(true);
        } else expect(faultsOf(query)).toEqual([{ path: 'page', message: 'must be a whole number' }]);
      }),
    );
  });

  it('what it gives it takes again, unchanged', () => {
    const some = fc.record(
      {
        search: fc.string({ unit: 'binary', minLength: 1 }),
        page: fc.integer().map(String),
        category: fc.constantFrom('hills', 'Race_Pace', 'OTHER'),
        includeRemoved: fc.constantFrom('true', 'false'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(some, (given) => {
        const once = readQueryParameters(new URLSearchParams(given).toString(), args).toString();
        expect(readQueryParameters(once, args).toString()).toBe(once);
      }),
    );
  });
});
