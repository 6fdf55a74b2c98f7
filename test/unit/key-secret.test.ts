import bcrypt from 'bcrypt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyMinter, parseKey } from '../../src/access/key-secret.ts';
import { deriveKey } from '../../src/access/secret-keys.ts';

const [older, newer, foreign] = ['11', '22', '33'].map((byte) => deriveKey(byte.repeat(32), 'api-key-tag')) as [Buffer, Buffer, Buffer];
const { plaintext, lookup, secretHash, secretKeyId } = await keyMinter([older])('LIVE');

describe('a minted key', () => {
  it('has the documented form, and a secret that bcrypt reads to the end', async () => {
    expect(plaintext).toMatch(/^sr_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{51}$/);
    const secret = plaintext.split('_')[3] ?? '';
    expect(Buffer.byteLength(secret)).toBeLessThanOrEqual(72);
    expect(await bcrypt.compare(secret, secretHash)).toBe(true);
    expect(await bcrypt.compare(`${secret.slice(0, -1)}~`, secretHash)).toBe(false);
    expect((await keyMinter([older])('TEST')).plaintext).toMatch(/^sr_test_/);
  });

  it('is known by its tag, without its row', () => {
    expect(parseKey(plaintext, [older])).toEqual({ lookup, secret: plaintext.split('_')[3], secretKeyId });
    expect(parseKey(plaintext, [foreign])).toBeNull();
    expect(parseKey(plaintext, [])).toBeNull();
  });

  it('goes on working when a newer secret key is put before the one it was minted under, until that is dropped', async () => {
    const fresh = await keyMinter([newer, older])('LIVE');
    expect(parseKey(plaintext, [newer, older])).not.toBeNull();
    expect(parseKey(fresh.plaintext, [newer])).not.toBeNull();
    expect(parseKey(fresh.plaintext, [older])).toBeNull();
    expect(parseKey(plaintext, [newer])).toBeNull();
  });

  it('is refused with any one character changed, whichever it is', () => {
    for (let index = 0; index < plaintext.length; index++) {
      for (const other of ['a', 'B', '7', '_', 'é', ' ']) {
        if (plaintext[index] === other) continue;
        expect(parseKey(plaintext.slice(0, index) + other + plaintext.slice(index + 1), [older])).toBeNull();
      }
    }
  });

  it('is refused in the other environment, which its tag covers', () => {
    expect(parseKey(plaintext.replace('sr_live', 'sr_test'), [older])).toBeNull();
  });
});

it('any other text is refused without an error', () => {
  const almost = fc.stringMatching(/^sr_(live|test)_[0-9A-Za-z]{12}_[0-9A-Za-z]{51}$/);
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    almost,
    fc.constantFrom('', `${plaintext}\n`, ` ${plaintext}`, plaintext.repeat(2)),
  );
  fc.assert(fc.property(text, (given) => parseKey(given, [older, newer]) === null));
});
