/** The promise that who tries keys costs nobody anything: not the partners, and hardly the gateway. */
import { expect, it } from 'vitest';
import { attackKeys } from '../support/key-attack.ts';

const { ATTACK_SECONDS = '4', TEST_DATABASE_URL = '' } = process.env;

it('while 16 clients try wrong keys, partners are served, new ones too, and bcrypt is asked about these alone', async () => {
  const figures = await attackKeys({ seconds: Number(ATTACK_SECONDS), serverUrl: TEST_DATABASE_URL });
  console.log(figures);
  // A machine that does ten other things may be too slow for the database's second.
  expect(['401', '503']).toEqual(expect.arrayContaining(Object.keys(figures.attackers)));
  expect(figures.attackers['401']).toBeGreaterThan(100);
  expect(figures.warm.statuses).toEqual([200]);
  expect(figures.cold).toEqual([200, 200, 200, 200, 200]);
  // Once for each new key, and once for the key whose hash was replaced; never for a wrong tag or a key that has ended.
  expect(figures.compares).toBe(figures.cold.length + 1);
  // Far above what it is, for such machines.
  expect(figures.warm.p99Ms).toBeLessThan(5_000);
  expect(figures.lagP99Ms).toBeLessThan(2_000);
}, 120_000);
