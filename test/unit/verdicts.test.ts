/** What comparing secrets costs, and whom it holds up, when many ask at once. */
import { readFile } from 'node:fs/promises';
import bcrypt from 'bcrypt';
import { describe, expect, it } from 'vitest';
import { createVerdicts, type Verdicts } from '../../src/access/verdicts.ts';
import { until } from '../support/until.ts';

const textOf = (lookup: string, secret: string) => `sr_live_${lookup}_${secret}`;
const accepts = (verdicts: Verdicts, lookup: string, secret: string, hash: string) =>
  verdicts.accepts(textOf(lookup, secret), { lookup, secret, secretKeyId: 'secret-key-a' }, hash);

/** The cheapest that bcrypt offers: what is counted here does not depend on the cost. */
const hash = await bcrypt.hash('right', 4);

describe('a wrong secret for a key that exists', () => {
  it('is compared once, whether 10 000 ask at once or one after another', async () => {
    const verdicts = createVerdicts();
    const atOnce = await Promise.all(Array.from({ length: 10_000 }, () => accepts(verdicts, 'key-a', 'wrong', hash)));
    expect(new Set(atOnce)).toEqual(new Set([false]));
    for (let count = 0; count < 100; count++) expect(await accepts(verdicts, 'key-a', 'wrong', hash)).toBe(false);
    expect(verdicts.load()).toMatchObject({ compares: 1, running: 0, waiting: 0 });
  });

  it('changes nothing for who has the right one, and is compared anew when the hash is another', async () => {
    const verdicts = createVerdicts();
    expect(await accepts(verdicts, 'key-a', 'wrong', hash)).toBe(false);
    expect(await accepts(verdicts, 'key-a', 'right', hash)).toBe(true);
    expect(await accepts(verdicts, 'key-a', 'wrong', hash)).toBe(false);
    expect(verdicts.recall(textOf('key-a', 'right'))).toEqual({ lookup: 'key-a', secretKeyId: 'secret-key-a', hash });
    expect(verdicts.recall(textOf('key-a', 'wrong'))).toBeUndefined();
    expect(await accepts(verdicts, 'key-a', 'wrong', await bcrypt.hash('wrong', 4))).toBe(true);
  });

  it('pushes out nobody, however many there are', async () => {
    const verdicts = createVerdicts(2);
    await accepts(verdicts, 'key-a', 'right', hash);
    await Promise.all(Array.from({ length: 50 }, (_, index) => accepts(verdicts, 'key-b', `wrong ${index}`, hash)));
    expect(verdicts.recall(textOf('key-a', 'right'))).toEqual({ lookup: 'key-a', secretKeyId: 'secret-key-a', hash });
  });
});

describe('comparisons that wait in hundreds', () => {
  it('are of one key: any other key has its turn next', async () => {
    const verdicts = createVerdicts();
    const flood = Array.from({ length: 400 }, (_, index) => accepts(verdicts, 'key-a', `wrong ${index}`, hash));
    const before = verdicts.load();
    expect(before.waiting).toBe(400 - before.running);
    const others = ['key-b', 'key-c', 'key-d'];
    const verdictsOfOthers = await Promise.all(others.map((keyId) => accepts(verdicts, keyId, 'right', hash)));
    expect(verdictsOfOthers).toEqual([true, true, true]);
    // Between two turns of others the flooded key has one, and what ran before has to end.
    expect(verdicts.load().compares - before.compares).toBeLessThanOrEqual(2 * others.length + before.running + 1);
    await Promise.all(flood);
    expect(verdicts.load()).toMatchObject({ running: 0, waiting: 0, compares: 400 + others.length });
  });
});

describe('on a machine of many cores', () => {
  it('a thread is left for files: one is read before the first comparison ends', async () => {
    const slowHash = await bcrypt.hash('right', 11);
    const verdicts = createVerdicts(10, 64);
    const ended: string[] = [];
    const comparing = Array.from({ length: 6 }, (_, index) =>
      accepts(verdicts, `key-${index}`, 'wrong', slowHash).then(() => ended.push('compared')),
    );
    await until(() => verdicts.load().running > 0);
    await readFile(import.meta.filename).then(() => ended.push('read'));
    await Promise.all(comparing);
    expect(ended[0]).toBe('read');
  });
});
