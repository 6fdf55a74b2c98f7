import { expect, it } from 'vitest';
import { withoutNulls } from '../../src/domain/json.ts';

it('nulls are left out at any depth, and nothing else is', () => {
  const at = new Date(0);
  const value = { a: null, b: undefined, c: 0, d: '', e: false, f: [{ g: null, h: [] }, null], i: { j: { k: null } }, at };
  expect(withoutNulls(value)).toStrictEqual({ c: 0, d: '', e: false, f: [{ h: [] }, null], i: { j: {} }, at });
});

it('a member may have any name', () => {
  const text = '{"__proto__":{"a":1},"constructor":2}';
  expect(JSON.stringify(withoutNulls(JSON.parse(text)))).toBe(text);
});
