import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStorable, languageTag, slug, slugOf, text } from '../../src/domain/text.ts';

/** Lone surrogates and NUL among them. */
const anyUtf16 = fc
  .array(fc.oneof(fc.nat(0xffff), fc.nat(0x7f), fc.integer({ min: 0xd800, max: 0xdfff })))
  .map((units) => String.fromCharCode(...units));

describe('slugOf', () => {
  it.each([
    ['Easy hour', 'easy-hour'],
    ['  6 × 1 km @ T  ', '6-1-km-t'],
    ['Über-Läufe', 'ueber-laeufe'],
    ['Fartlek & hills', 'fartlek-and-hills'],
    ["Runner's choice", 'runners-choice'],
    ['UPPER lower', 'upper-lower'],
  ])('%s → %s', (name, expected) => {
    expect(slugOf(name)).toBe(expected);
  });

  it('is a valid slug for any name, and always the same one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), (name) => {
        expect(slug.safeParse(slugOf(name)).success).toBe(true);
        expect(slugOf(name)).toBe(slugOf(name));
      }),
      { numRuns: 500 },
    );
  });

  it('differs for names without a Latin letter', () => {
    expect(slugOf('🏃')).not.toBe(slugOf('🏔️'));
  });
});

describe('text', () => {
  it('is trimmed, not empty, and no longer than it may be', () => {
    expect(text(5).parse('  abc ')).toBe('abc');
    for (const bad of ['', '   ', 'abcdef']) expect(text(5).safeParse(bad).success).toBe(false);
  });

  it('is what Postgres and JSON can hold: no NUL, no lone surrogate', () => {
    for (const bad of ['\0', 'a\0b', '\ud800', 'a\udfff', '\udc00\ud800']) expect(isStorable(bad)).toBe(false);
    fc.assert(
      fc.property(anyUtf16, (given) => {
        const survives = Buffer.from(given).toString() === given && !given.includes('\0');
        expect(isStorable(given)).toBe(survives);
      }),
    );
  });
});

describe('languageTag', () => {
  it.each([
    ['en', 'en'],
    ['EN-gb', 'en-GB'],
    ['zh-hant-tw', 'zh-Hant-TW'],
  ])('%s → %s', (given, canonical) => {
    expect(languageTag.parse(given)).toBe(canonical);
  });

  it.each(['', 'english!', 'e', 'en_GB', '\0', '🏃'])('refuses %j', (given) => {
    expect(languageTag.safeParse(given).success).toBe(false);
  });
});
