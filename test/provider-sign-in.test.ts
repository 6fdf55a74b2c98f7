import { describe, expect, it } from 'vitest';
import { createProviderSignIn } from '../src/access/provider-sign-in.ts';
import { createApp } from '../src/app.ts';
import { providerReturnPath } from '../src/http/provider-sign-in.ts';
import { publicUrl, startGateway } from './support/gateway.ts';
import { startSignInProvider } from './support/sign-in-provider.ts';

const provider = await startSignInProvider();
const gateway = await startGateway({ issuer: provider.settings });
const client = { issuer: provider.settings.issuer, clientId: provider.clientId, clientSecret: undefined };
const providerSignIn = createProviderSignIn(
  { ...client, redirectUrl: `${publicUrl}${providerReturnPath}` },
  gateway.parts.gate.access.sessions,
  gateway.parts.gate.base.log,
);
const app = createApp({ ...gateway.parts, providerSignIn });

const get = (path: string, cookie = '') => app.fetch(new Request(`${publicUrl}${path}`, { headers: cookie ? { Cookie: cookie } : {} }));
const cookiesOf = (response: Response) => response.headers.getSetCookie();
const pairOf = (cookie: string | undefined) => cookie?.split(';')[0] ?? '';
const locationOf = (response: Response) => response.headers.get('location') ?? '';

/** As far as the provider's answer: where it sends the browser, and what the browser has kept. */
async function goToProvider(next = '/catalogue'): Promise<{ back: string; kept: string; started: Response }> {
  const started = await get(`/session/start?next=${encodeURIComponent(next)}`);
  const answered = await fetch(locationOf(started), { redirect: 'manual' });
  const { pathname, search } = new URL(locationOf(answered));
  return { back: pathname + search, kept: pairOf(cookiesOf(started)[0]), started };
}

describe('signing in at the identity provider', () => {
  it('ends at the page that was wanted, with a session in a cookie that scripts and other sites cannot use', async () => {
    provider.person = { sub: 'coach-a', role: 'coach' };
    const { back, kept, started } = await goToProvider('/catalogue?x=1');
    expect(new URL(locationOf(started)).searchParams.get('code_challenge_method')).toBe('S256');
    expect(cookiesOf(started)[0]).toMatch(/^__Host-ekiden-sign-in=.*; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    const done = await get(back, kept);
    expect(locationOf(done)).toBe('/catalogue?x=1');
    const [cleared, session] = cookiesOf(done);
    expect(cleared).toMatch(/^__Host-ekiden-sign-in=; Max-Age=0/);
    expect(session).toMatch(/^__Host-ekiden-session=eyJ\S+; Max-Age=\d+; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    const status = await app.fetch(
      new Request(`${publicUrl}/session`, { headers: { Cookie: pairOf(session), 'Sec-Fetch-Site': 'same-origin' } }),
    );
    expect(await status.json()).toEqual({ role: 'coach', ways: ['provider'] });
  });

  it.each(['https://elsewhere.example/x', '//elsewhere.example', 'javascript:alert(1)', '/\\elsewhere.example'])(
    'never leads to %s',
    async (next) => {
      const { back, kept } = await goToProvider(next);
      const done = await get(back, kept);
      expect(new URL(locationOf(done), publicUrl).origin).toBe(publicUrl);
    },
  );

  it.each([
    ['in another browser', async (back: string) => get(back), 'EXPIRED'],
    ['with a cookie of somebody else', async (back: string) => get(back, '__Host-ekiden-sign-in=bm9uc2Vuc2U'), 'EXPIRED'],
    [
      'with the answer to another question',
      async (back: string) => {
        const other = await goToProvider();
        return get(back, other.kept);
      },
      'REFUSED',
    ],
  ])('comes to nothing %s', async (_where, comeBack, problem) => {
    const { back } = await goToProvider();
    const done = await comeBack(back);
    expect(locationOf(done)).toBe(`/sign-in?problem=${problem}`);
    expect(cookiesOf(done).filter((cookie) => cookie.startsWith('__Host-ekiden-session'))).toEqual([]);
  });

  it('comes to nothing twice with one code', async () => {
    const { back, kept } = await goToProvider();
    expect(locationOf(await get(back, kept))).toBe('/catalogue');
    expect(locationOf(await get(back, kept))).toBe('/sign-in?problem=REFUSED');
  });

  it('comes to nothing for a person without a role, or who says no', async () => {
    provider.person = { sub: 'somebody' };
    const without = await goToProvider();
    expect(locationOf(await get(without.back, without.kept))).toBe('/sign-in?problem=REFUSED');
    provider.mood = 'deny';
    const denied = await goToProvider();
    expect(locationOf(await get(denied.back, denied.kept))).toBe('/sign-in?problem=REFUSED');
    provider.mood = 'well';
  });

  it('says so while the provider is away, and works again when it is back', async () => {
    provider.person = { sub: 'coach-a', role: 'coach' };
    const { back, kept } = await goToProvider();
    provider.mood = 'down';
    expect(locationOf(await get(back, kept))).toBe('/sign-in?problem=UNAVAILABLE');
    provider.mood = 'well';
    const again = await goToProvider();
    expect(locationOf(await get(again.back, again.kept))).toBe('/catalogue');
  });

  it('is a way to sign in, and one-time links are none', async () => {
    expect(await (await get('/session')).json()).toEqual({ role: null, ways: ['provider'] });
    const { errors } = await gateway.graphql('mutation { createSignInLink(input: { role: COACH }) { url } }');
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
  });
});
