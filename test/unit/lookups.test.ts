import { describe, expect, it } from 'vitest';
import { createLookUp, type Lookup } from '../../src/platform/lookups.ts';
import type { RunStatement } from '../../src/platform/statements.ts';

const lookup: Lookup = { name: 'capital-by-country', text: 'SELECT' };

/** A look-up over these rows, which may change; every statement's keys are written down, and it is answered when told. */
function lookingUp(rows: Record<string, string>) {
  const asked: string[][] = [];
  const answers: ((error?: Error) => void)[] = [];
  const run = ((_statement, [keys]) => {
    const wanted = keys as string[];
    asked.push(wanted);
    return new Promise((resolve, reject) => {
      const found = wanted.flatMap((key) => (rows[key] === undefined ? [] : [{ key, found: { name: rows[key] } }]));
      answers.push((error) => (error ? reject(error) : resolve(found as never)));
    });
  }) as RunStatement;
  const turn = () => new Promise(setImmediate);
  return { lookUp: createLookUp(run), asked, answers, turn };
}

describe('rows by their keys', () => {
  it('asked for at the same time are one statement, and each asker gets their own', async () => {
    const { lookUp, asked, answers, turn } = lookingUp({ italy: 'Rome', kenya: 'Nairobi' });
    const found = Promise.all(['italy', 'kenya', 'italy', 'atlantis'].map((key) => lookUp(lookup, key)));
    await turn();
    expect(asked).toEqual([['italy', 'kenya', 'atlantis']]);
    answers[0]?.();
    expect(await found).toEqual([{ name: 'Rome' }, { name: 'Nairobi' }, { name: 'Rome' }, null]);
  });

  it('asked for while a statement is under way are not answered with what it began with', async () => {
    const rows: Record<string, string> = { brazil: 'Rio de Janeiro' };
    const { lookUp, asked, answers, turn } = lookingUp(rows);
    const before = lookUp(lookup, 'brazil');
    await turn();
    rows.brazil = 'Brasília';
    const after = lookUp(lookup, 'brazil');
    await turn();
    expect(asked).toEqual([['brazil'], ['brazil']]);
    for (const answer of answers) answer();
    expect(await Promise.all([before, after])).toEqual([{ name: 'Rio de Janeiro' }, { name: 'Brasília' }]);
  });

  it('are not found by anyone whose statement failed, and are found by the next', async () => {
    const { lookUp, answers, turn } = lookingUp({ peru: 'Lima' });
    const failing = Promise.allSettled([lookUp(lookup, 'peru'), lookUp(lookup, 'peru')]);
    await turn();
    answers[0]?.(new Error('connection lost'));
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = lookUp(lookup, 'peru');
    await turn();
    answers[1]?.();
    expect(await next).toEqual({ name: 'Lima' });
  });

  it('of different kinds are different statements', async () => {
    const { lookUp, asked, turn } = lookingUp({});
    void lookUp(lookup, 'italy');
    void lookUp({ ...lookup, name: 'river-by-country' }, 'italy');
    await turn();
    expect(asked).toEqual([['italy'], ['italy']]);
  });
});
