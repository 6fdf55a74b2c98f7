import { describe, expect, it } from 'vitest';
import { adminToken, startGateway } from './support/gateway.ts';
import { signToken, startIdentityProvider } from './support/identity-provider.ts';
import { accepted, present, refused, tryLater } from './support/presented-tokens.ts';

describe('the keys of an identity provider', async () => {
  const database = (await startGateway()).database;

  /** A gateway that has met nobody yet, its provider with one published key, and tokens of any key of it. */
  async function begin() {
    const provider = await startIdentityProvider();
    const gateway = await startGateway({ issuer: provider.settings, database });
    const key = await provider.newKey('ES256');
    provider.published = [key.publicJwk];
    const { issuer: iss, audience: aud } = provider.settings;
    const tokenBy = (by: typeof key) =>
      signToken(by, { iss, aud, sub: 'coach-a', role: 'coach', exp: Math.floor(gateway.clock.now.getTime() / 1000) + 86_400 });
    const wait = (seconds: number) => {
      gateway.clock.now = new Date(gateway.clock.now.getTime() + seconds * 1_000);
    };
    const ask = async (by: typeof key) => present(gateway, await tokenBy(by));
    return { provider, gateway, key, tokenBy, wait, ask };
  }

  it('may be rotated in mid-flight: the new one is fetched when it is met, the old one works until it is withdrawn', async () => {
    const { provider, key, ask, wait } = await begin();
    expect(await ask(key)).toEqual(accepted('COACH'));
    const next = await provider.newKey('ES256');
    provider.published = [key.publicJwk, next.publicJwk];
    wait(11);
    expect([await ask(key), await ask(next), await ask(key)]).toEqual([accepted('COACH'), accepted('COACH'), accepted('COACH')]);
    expect(provider.fetches()).toBe(2);
    provider.published = [next.publicJwk];
    wait(301);
    expect([await ask(key), await ask(next)]).toEqual([refused, accepted('COACH')]);
  });

  it('are fetched anew when the clock was set back an hour: a new one is met, a withdrawn one refused', async () => {
    const { provider, key, ask, wait } = await begin();
    expect(await ask(key)).toEqual(accepted('COACH'));
    const next = await provider.newKey('ES256');
    provider.published = [next.publicJwk];
    wait(-3_600);
    expect([await ask(next), await ask(key)]).toEqual([accepted('COACH'), refused]);
  });

  it('are rotated under load without a refusal of what both sets hold', async () => {
    const { provider, key, ask, wait } = await begin();
    await ask(key);
    const next = await provider.newKey('ES256');
    provider.published = [key.publicJwk, next.publicJwk];
    wait(11);
    const seen = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(index % 2 === 0 ? key : next)));
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200]));
    expect(provider.fetches()).toBe(2);
  });

  it('are not fetched for every token that names an unknown one', async () => {
    const { provider, key, tokenBy, wait, gateway } = await begin();
    const stranger = await provider.newKey('ES256');
    const token = await tokenBy(stranger);
    const guesses = () => Promise.all(Array.from({ length: 20 }, () => present(gateway, token)));
    expect(new Set((await guesses()).map(({ status }) => status))).toEqual(new Set([401]));
    for (let time = 0; time < 3; time++) await guesses();
    const before = provider.fetches();
    expect(before).toBeLessThanOrEqual(2);
    wait(11);
    await guesses();
    await guesses();
    expect(provider.fetches()).toBe(before + 1);
    expect(await present(gateway, await tokenBy(key))).toEqual(accepted('COACH'));
  });

  it.each(['error', 'refuse', 'nonsense', 'redirect'] as const)(
    'that are not to be had (%s) make 503 of unknown ones, while known ones work for an hour',
    async (mood) => {
      const { provider, key, ask, wait, tokenBy, gateway } = await begin();
      expect(await ask(key)).toEqual(accepted('COACH'));
      const next = await provider.newKey('ES256');
      provider.published = [next.publicJwk];
      provider.mood = mood;
      wait(11);
      expect([await ask(next), await ask(key)]).toEqual([tryLater, accepted('COACH')]);
      const rest = await gateway.get('/api/workout-templates', null, { headers: { Authorization: `Bearer ${await tokenBy(next)}` } });
      expect([rest.status, rest.headers.get('retry-after'), await rest.json()]).toEqual([
        503,
        '10',
        expect.objectContaining({ code: 'UNAVAILABLE' }),
      ]);
      wait(55 * 60);
      expect([await ask(key), await ask(next)]).toEqual([accepted('COACH'), tryLater]);
      wait(10 * 60);
      expect([await ask(key), await ask(next)]).toEqual([tryLater, tryLater]);
      provider.mood = 'well';
      wait(11);
      expect([await ask(next), await ask(key)]).toEqual([accepted('COACH'), refused]);
    },
  );

  it('that were never to be had are 503 as well, and a token that no key can save is 401 all the same', async () => {
    const { provider, key, ask, gateway, wait } = await begin();
    provider.mood = 'error';
    expect(await ask(key)).toEqual(tryLater);
    expect(await present(gateway, 'garbage')).toEqual(refused);
    expect(await present(gateway, adminToken)).toEqual(accepted('OPERATOR'));
    provider.mood = 'well';
    expect(await ask(key)).toEqual(tryLater);
    wait(11);
    expect(await ask(key)).toEqual(accepted('COACH'));
  });

  it('that a provider leaves hanging keep nobody waiting who has one at hand', async () => {
    const { provider, key, ask, wait } = await begin();
    expect(await ask(key)).toEqual(accepted('COACH'));
    provider.mood = 'error';
    wait(301);
    expect(await ask(key)).toEqual(accepted('COACH'));
    provider.mood = 'hang';
    wait(11);
    const startedAt = performance.now();
    expect(await ask(key)).toEqual(accepted('COACH'));
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('that cannot be used are passed over', async () => {
    const { provider, key, ask } = await begin();
    const broken = await provider.newKey('ES256');
    provider.published = [{ ...broken.publicJwk, x: 'AAAA' }, { kty: 'oct', k: 'AAAA', kid: 'secret' }, key.publicJwk];
    expect([await ask(broken), await ask(key)]).toEqual([refused, accepted('COACH')]);
  });
});
