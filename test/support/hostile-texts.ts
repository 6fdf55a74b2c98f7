/** Texts that break parsers, and the ways in which a text can be written into an address. */
import fc from 'fast-check';

/** One of several arbitraries, each as often as its number says. */
export const weighted = <T>(...choices: [weight: number, arbitrary: fc.Arbitrary<T>][]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/** Each has undone some server: injections, numbers at their edges, names of prototypes, broken Unicode. */
const known = [
  '',
  ' ',
  '\0',
  'a\0b',
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  '__proto__[x]',
  "' OR '1'='1",
  '\'; DROP TABLE "ApiKey"; --',
  '1 UNION SELECT NULL, version() --',
  '$1',
  '%',
  '_%',
  '\\',
  "\\'; --",
  '../../../../etc/passwd',
  '..\\..\\',
  '{{7*7}}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '\r\nX-Injected: 1\r\n\r\n<html>',
  '\n',
  '\u0085',
  '\u2028',
  '\ud800',
  '\udfff\ud800',
  '\u202eevil',
  '\ufeff',
  '🏃‍♀️',
  'é'.normalize('NFD').repeat(50),
  'NaN',
  'Infinity',
  '-0',
  '-1',
  '1e309',
  '0x10',
  '2147483648',
  '-2147483649',
  '99999999999999999999999999',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '[]',
  '{}',
  '{"$ne":null}',
  '") { id } }',
  'x") { total } apiKey { id } workoutTemplates(search: "',
  '$id',
  '#',
  '#x',
  '?x=1',
  '&per_page=1',
  ';per_page=1',
  ',',
  '*',
  'W/"x"',
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:60Z',
  '+275760-09-13T00:00:00Z',
  '2026-02-30',
  '99999-01-01',
  'bmV3ZXN0IDAgMA',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(201),
  'x'.repeat(5_000),
  '١٢',
  'ﬀ',
  'İ',
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...known) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...known), fc.constantFrom(...known)).map((texts) => texts.join('')) },
);

const percent = (byte: number) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`;
const bytesOf = (text: string) => [...Buffer.from(text, 'utf8')];
const unreserved = /[A-Za-z0-9._~-]/;

/** As browsers and libraries do. */
export const encoded = (text: string) =>
  bytesOf(text)
    .map((byte) => (unreserved.test(String.fromCharCode(byte)) && byte < 128 ? String.fromCharCode(byte) : percent(byte)))
    .join('');

/** Ways to write a text into an address, the right one and those that parsers disagree about. */
const encodings: ((text: string) => string)[] = [
  encoded,
  (text) => encoded(encoded(text)),
  (text) => encoded(text).toLowerCase(),
  (text) => bytesOf(text).map(percent).join(''),
  (text) => encoded(text).replaceAll('%20', '+'),
  // As it is, as far as it can be sent at all.
  (text) => text.replace(/[^\x21-\x7e]/g, encoded),
  (text) =>
    Buffer.from(text, 'latin1')
      .toString('latin1')
      .replace(/[^\x21-\xff]/g, encoded),
  // Two bytes for what takes one: forbidden since Unicode 3.1.
  (text) =>
    bytesOf(text)
      .map((byte) => (byte < 128 ? percent(0xc0 | (byte >> 6)) + percent(0x80 | (byte & 0x3f)) : percent(byte)))
      .join(''),
  (text) => `${encoded(text)}%`,
  (text) => `${encoded(text)}%zz`,
  (text) => `${encoded(text)}%FF`,
  (text) => `${encoded(text)}%ED%A0%80`,
  (text) => `${encoded(text)}%u0041`,
];

/** The text, written in one of the ways; most often in the right one. */
export const inAddress = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.oneof({ weight: 3, arbitrary: fc.constant(encoded) }, { weight: 2, arbitrary: fc.constantFrom(...encodings) }))
    .map(([given, write]) => write(given));

/** What may stand in a header's value and still be sent. */
export const headerText: fc.Arbitrary<string> = hostileText.map((text) =>
  Buffer.from(text.replace(/[^\t\x20-\x7e\x80-\u{10ffff}]/gu, ''))
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, ''),
);
