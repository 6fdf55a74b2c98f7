/** What verifying a key costs, and what may happen while it is being verified. */
import { availableParallelism } from 'node:os';
import bcrypt from 'bcrypt';
import pino from 'pino';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createLookUp } from '../src/platform/lookups.ts';
import type { RunStatement } from '../src/platform/statements.ts';
import { openTestDatabase } from './support/databases.ts';
import { startGateway } from './support/gateway.ts';

const opened = await openTestDatabase(pino({ level: 'silent' }));
afterAll(() => opened.close());
let rowsRead = 0;
const run: RunStatement = (statement, values) => {
  if (statement.text.includes('"lookup"')) rowsRead += 1;
  return opened.run(statement, values);
};
const database = { ...opened, run, lookUp: createLookUp(run) };

const gateway = await startGateway({ database });
const library: { compare(secret: string, hash: string): Promise<boolean> } = bcrypt;
const { compare } = library;
// Calls pass through; they are only counted.
const compared = vi.spyOn(library, 'compare');
afterEach(() => void compared.mockClear());

const revoke = (id: string) => gateway.graphql('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id });
const ask = (key: string) => gateway.get('/api/workout-templates', key);

/** The same key with another tag. */
const withWrongTag = (key: string) => key.slice(0, -8) + (key.endsWith('00000000') ? '11111111' : '00000000');

describe('a key that this deployment cannot have minted', () => {
  it('costs neither a bcrypt nor a row, whether its lookup is known or not', async () => {
    const { plaintext } = await gateway.mintKey();
    const [prefix, environment, lookup, secret] = withWrongTag(plaintext).split('_');
    const unknown = [
      prefix,
      environment,
      Array.from(lookup ?? '')
        .reverse()
        .join(''),
      secret,
    ].join('_');
    rowsRead = 0;
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => ask(index % 2 ? unknown : withWrongTag(plaintext))));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([401]));
    expect(compared).not.toHaveBeenCalled();
    expect(rowsRead).toBe(0);
    // And nobody is locked out by it.
    expect((await ask(plaintext)).status).toBe(200);
  });
});

describe('a key that is good', () => {
  it('costs one bcrypt when 50 requests arrive at once, and none afterwards; its row is read every time', async () => {
    const { plaintext } = await gateway.mintKey();
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(plaintext)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(compared).toHaveBeenCalledTimes(1);
    rowsRead = 0;
    for (let count = 0; count < 5; count++) await ask(plaintext);
    expect(compared).toHaveBeenCalledTimes(1);
    expect(rowsRead).toBe(5);
  });

  it('is refused when it is revoked while its secret is being compared', async () => {
    const { plaintext, id } = await gateway.mintKey();
    compared.mockImplementationOnce(async (secret, hash) => {
      const verdict = await compare(secret, hash);
      await revoke(id);
      return verdict;
    });
    expect((await ask(plaintext)).status).toBe(401);
    expect(compared).toHaveBeenCalledTimes(1);
  });

  it('is refused for good when its hash is replaced, although its secret was accepted before', async () => {
    const { plaintext, id } = await gateway.mintKey();
    const other = await gateway.mintKey();
    expect((await ask(plaintext)).status).toBe(200);
    const { secretHash } = await opened.db.apiKey.findUniqueOrThrow({ where: { id: other.id } });
    await opened.db.apiKey.update({ where: { id }, data: { secretHash } });
    expect((await ask(plaintext)).status).toBe(401);
    expect((await ask(plaintext)).status).toBe(401);
  });

  it('is refused when its hash is replaced while its secret is being compared', async () => {
    const { plaintext, id } = await gateway.mintKey();
    compared.mockImplementationOnce(async (secret, hash) => {
      const verdict = await compare(secret, hash);
      await opened.db.apiKey.update({ where: { id }, data: { secretHash: hash.replace('$10$', '$11$') } });
      return verdict;
    });
    expect((await ask(plaintext)).status).toBe(401);
  });
});

describe('many cold keys at once', () => {
  it('are compared no more at a time than there are cores, and all are served', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => gateway.mintKey()));
    let running = 0;
    let most = 0;
    for (const _ of keys) {
      compared.mockImplementationOnce(async (secret, hash) => {
        running += 1;
        most = Math.max(most, running);
        const verdict = await compare(secret, hash);
        running -= 1;
        return verdict;
      });
    }
    const answers = await Promise.all(keys.map((key) => ask(key.plaintext)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
    expect(most).toBeLessThanOrEqual(availableParallelism());
  });
});
