import { createHmac, KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { deriveKeys } from '../src/access/secret-keys.ts';
import { createSessions } from '../src/access/sessions.ts';
import { adminToken, startGateway } from './support/gateway.ts';
import { signToken, startIdentityProvider } from './support/identity-provider.ts';
import { accepted, present, refused } from './support/presented-tokens.ts';
import { createSharedRunner } from './support/runners.ts';

const viewer = '{ viewer { role id runner { id username subject } } }';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000);
const withoutClaim = (claims: object, name: string) => Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name));

describe('a session of an identity provider', async () => {
  const provider = await startIdentityProvider();
  const gateway = await startGateway({ issuer: provider.settings });
  const [key, unpublished, elliptic] = await Promise.all([provider.newKey(), provider.newKey(), provider.newKey('ES256')]);
  provider.published = [key.publicJwk, elliptic.publicJwk];
  const { issuer, audience } = provider.settings;
  const now = secondsOf(gateway.clock.now);
  const claims = { iss: issuer, aud: audience, sub: 'coach-a', role: 'coach', exp: now + 600 };

  it.each([
    ['operator', 'OPERATOR'],
    ['coach', 'COACH'],
    ['runner', 'RUNNER'],
  ])('of the role %s is let in with it', async (role, seen) => {
    expect(await present(gateway, await signToken(key, { ...claims, role }))).toEqual(accepted(seen));
  });

  it('may be signed with another published key, name several audiences and be an access token by its type', async () => {
    expect(await present(gateway, await signToken(elliptic, claims))).toEqual(accepted('COACH'));
    expect(await present(gateway, await signToken(key, { ...claims, aud: ['another', audience] }))).toEqual(accepted('COACH'));
    expect(await present(gateway, await signToken(key, claims, { typ: 'at+jwt' }))).toEqual(accepted('COACH'));
    expect(await present(gateway, await signToken(key, claims, { typ: undefined }))).toEqual(accepted('COACH'));
  });

  it('is let in by clocks that differ by half a minute, and no more', async () => {
    expect(await present(gateway, await signToken(key, { ...claims, exp: now - 29 }))).toEqual(accepted('COACH'));
    expect(await present(gateway, await signToken(key, { ...claims, nbf: now + 29 }))).toEqual(accepted('COACH'));
    expect(await present(gateway, await signToken(key, { ...claims, exp: now - 31 }))).toEqual(refused);
    expect(await present(gateway, await signToken(key, { ...claims, nbf: now + 32 }))).toEqual(refused);
  });

  const badTokens: Record<string, () => string | Promise<string>> = {
    'that has expired': () => signToken(key, { ...claims, exp: now - 3_600 }),
    'that is not valid yet': () => signToken(key, { ...claims, nbf: now + 3_600 }),
    'of another issuer': () => signToken(key, { ...claims, iss: 'https://issuer.example' }),
    'of the issuer with a slash more': () => signToken(key, { ...claims, iss: `${issuer}/` }),
    'for another audience': () => signToken(key, { ...claims, aud: 'another' }),
    'for no audience': () => signToken(key, withoutClaim(claims, 'aud')),
    'without an issuer': () => signToken(key, withoutClaim(claims, 'iss')),
    'without an end': () => signToken(key, withoutClaim(claims, 'exp')),
    'whose end is text': () => signToken(key, { ...claims, exp: String(now + 600) as never }),
    'without a subject': () => signToken(key, withoutClaim(claims, 'sub')),
    'with an empty subject': () => signToken(key, { ...claims, sub: '' }),
    'with a subject that no database can hold': () => signToken(key, { ...claims, sub: 'a\0b' }),
    'with a number for a subject': () => signToken(key, { ...claims, sub: 7 as never }),
    'without a role': () => signToken(key, withoutClaim(claims, 'role')),
    'of an unknown role': () => signToken(key, { ...claims, role: 'admin' }),
    'of a role in other letters': () => signToken(key, { ...claims, role: 'Operator' }),
    'of several roles': () => signToken(key, { ...claims, role: ['operator'] }),
    'that is a logout': () => signToken(key, claims, { typ: 'logout+jwt' }),
    'with a header that we do not understand and must': () => {
      const text = `${encode({ alg: 'RS256', kid: key.kid, crit: ['b65'], b65: true })}.${encode(claims)}`;
      return `${text}.${sign('sha256', Buffer.from(text), KeyObject.from(key.privateKey)).toString('base64url')}`;
    },
    'signed by a key that is not published': () => signToken(unpublished, claims),
    'signed by another key under a published name': () => signToken({ ...unpublished, kid: key.kid }, claims),
    'whose key is named for another algorithm': () => signToken({ ...elliptic, kid: key.kid }, claims),
    'with alg none': () => `${encode({ alg: 'none', kid: key.kid, typ: 'JWT' })}.${encode(claims)}.`,
    'with alg none and a signature': async () =>
      `${encode({ alg: 'none', kid: key.kid, typ: 'JWT' })}.${encode(claims)}.${(await signToken(key, claims)).split('.')[2]}`,
    'with alg NONE': () => `${encode({ alg: 'NONE', kid: key.kid })}.${encode(claims)}.`,
    'signed with the public key as an HS256 secret': () => {
      const text = `${encode({ alg: 'HS256', kid: key.kid, typ: 'JWT' })}.${encode(claims)}`;
      return `${text}.${createHmac('sha256', key.pem).update(text).digest('base64url')}`;
    },
    'signed with the public modulus as an HS256 secret': () => {
      const text = `${encode({ alg: 'HS256', kid: key.kid, typ: 'JWT' })}.${encode(claims)}`;
      return `${text}.${createHmac('sha256', Buffer.from(String(key.publicJwk.n), 'base64url'))
        .update(text)
        .digest('base64url')}`;
    },
    'that brings its own key': () => signToken(unpublished, claims, { kid: undefined, jwk: unpublished.publicJwk }),
    'changed after it was signed': async () => {
      const [header, , signature] = (await signToken(key, claims)).split('.');
      return `${header}.${encode({ ...claims, role: 'operator' })}.${signature}`;
    },
    'cut short': async () => (await signToken(key, claims)).slice(0, -4),
    'with a fourth part': async () => `${await signToken(key, claims)}.e30`,
    'of the gateway itself': async () => (await gateway.session('operator', 'operator-a')).Authorization!.slice('Bearer '.length),
    'that is garbage': () => 'garbage',
    'that is three dots': () => '...',
  };

  it.each(Object.keys(badTokens))('%s is refused with one code', async (name) => {
    expect(await present(gateway, await badTokens[name]!())).toEqual(refused);
  });

  it('is refused in the same words whatever is wrong with it', async () => {
    const bodies = new Set<string>();
    for (const make of Object.values(badTokens)) {
      const response = await gateway.get('/api/workout-templates', null, { headers: { Authorization: `Bearer ${await make()}` } });
      const { requestId: _requestId, ...body } = (await response.json()) as { requestId: string };
      bodies.add(JSON.stringify({ status: response.status, ...body }));
    }
    expect([...bodies]).toEqual([expect.stringContaining('"code":"UNAUTHENTICATED"')]);
    expect(bodies.size).toBe(1);
  });

  it('made of any text at all is refused, never a fault', async () => {
    const part = fc.oneof(fc.string(), fc.jsonValue().map(encode), fc.constant(encode({ alg: 'RS256', kid: key.kid })));
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
        const token = parts.join('.').replace(/[^\x21-\x7e]/g, '') || 'x';
        expect(await present(gateway, token)).toEqual(refused);
      }),
      { numRuns: 150 },
    );
  });

  it('is refused beside an API key', async () => {
    const { plaintext } = await gateway.mintKey();
    const headers = { Authorization: `Bearer ${await signToken(key, claims)}`, 'X-API-Key': plaintext };
    expect((await gateway.get('/api/workout-templates', null, { headers })).status).toBe(401);
  });

  it('reads the documented endpoints as partners do', async () => {
    const headers = { Authorization: `Bearer ${await signToken(key, claims)}` };
    expect((await gateway.get('/api/workout-templates', null, { headers })).status).toBe(200);
  });

  it('leaves the admin token what it is', async () => {
    expect(await present(gateway, adminToken)).toEqual(accepted('OPERATOR'));
  });

  it('is not made by the gateway', async () => {
    const { errors } = await gateway.graphql('mutation { createDevelopmentSession(input: { role: COACH }) { token } }');
    expect(errors).toMatchObject([{ message: expect.stringContaining('identity provider'), extensions: { code: 'CONFLICT' } }]);
    expect(await gateway.db.auditEvent.count({ where: { action: 'development-session.create' } })).toBe(0);
  });

  it('owns the runner that an operator has given its subject, and no other any more', async () => {
    const { id, username } = await createSharedRunner(gateway);
    const headers = { Authorization: `Bearer ${await signToken(key, { ...claims, sub: 'user|1', role: 'runner' })}` };
    const whoAmI = async () => (await gateway.graphql<{ viewer: object }>(viewer, {}, headers)).data.viewer;
    expect(await whoAmI()).toEqual({ role: 'RUNNER', id: 'user|1', runner: null });
    const link = 'mutation ($id: ID!, $subject: String) { updateRunner(id: $id, input: { subject: $subject }) { subject } }';
    await gateway.graphql(link, { id, subject: 'user|1' });
    expect(await whoAmI()).toEqual({ role: 'RUNNER', id: 'user|1', runner: { id, username, subject: 'user|1' } });
    expect((await gateway.graphql(link, { id, subject: null })).data).toEqual({ updateRunner: { subject: id } });
    expect(await whoAmI()).toEqual({ role: 'RUNNER', id: 'user|1', runner: null });
  });

  it('finds its role in the claim that the deployment names', async () => {
    const roleClaim = 'https://gateway.example/role';
    const other = await startGateway({ issuer: { ...provider.settings, roleClaim }, database: gateway.database });
    expect(await present(other, await signToken(key, { ...claims, role: undefined, [roleClaim]: 'coach' }))).toEqual(accepted('COACH'));
    expect(await present(other, await signToken(key, claims))).toEqual(refused);
  });
});

describe('a session of the gateway itself', async () => {
  const gateway = await startGateway();
  const [ownKey] = deriveKeys(['11'.repeat(32)], 'session');
  const now = secondsOf(gateway.clock.now);
  const claims = { iss: 'ekiden', aud: 'ekiden', sub: 'coach-a', role: 'coach', exp: now + 600 };
  const signOwn = async (payload: object, header: object = {}, secret: Buffer = ownKey) => {
    const minted = (await gateway.session('coach', 'coach-a')).Authorization!.split(' ')[1]!;
    const { kid } = JSON.parse(Buffer.from(minted.split('.')[0]!, 'base64url').toString()) as { kid: string };
    return new SignJWT({ ...payload }).setProtectedHeader({ alg: 'HS256', kid, ...header }).sign(secret);
  };

  it('is let in until it ends', async () => {
    expect(await present(gateway, await signOwn(claims))).toEqual(accepted('COACH'));
    gateway.clock.now = new Date((now + 600) * 1000);
    expect(await present(gateway, await signOwn(claims))).toEqual(refused);
    gateway.clock.now = new Date(now * 1000);
  });

  it('goes on after the secret key was changed, as long as the old one is in the list', async () => {
    const [newer, older] = ['33'.repeat(32), '44'.repeat(32)];
    const clock = () => gateway.clock.now;
    const { token } = await createSessions(deriveKeys([older], 'session'), clock).mint({ role: 'coach', subject: 'a' }, 60);
    expect(await createSessions(deriveKeys([newer, older], 'session'), clock).verify(token)).toMatchObject({ role: 'coach' });
    expect(await createSessions(deriveKeys([newer], 'session'), clock).verify(token)).toBeNull();
  });

  const badTokens: Record<string, () => string | Promise<string>> = {
    'that has expired': () => signOwn({ ...claims, exp: now - 1 }),
    'that is not valid yet': () => signOwn({ ...claims, nbf: now + 60 }),
    'of another issuer': () => signOwn({ ...claims, iss: 'https://issuer.example' }),
    'for another audience': () => signOwn({ ...claims, aud: 'another' }),
    'without an end': () => signOwn(withoutClaim(claims, 'exp')),
    'without a subject': () => signOwn(withoutClaim(claims, 'sub')),
    'of an unknown role': () => signOwn({ ...claims, role: 'admin' }),
    'under an unknown key': () => signOwn(claims, { kid: 'unknown' }),
    'that names no key': () => signOwn(claims, { kid: undefined }),
    'signed with another secret': () => signOwn(claims, {}, Buffer.alloc(32)),
    'signed with another algorithm': () => signOwn(claims, { alg: 'HS512' }, Buffer.concat([ownKey, ownKey])),
    'with alg none': () => `${encode({ alg: 'none' })}.${encode(claims)}.`,
    'that is garbage': () => 'eyJhbGciOiJIUzI1NiJ9.x.y',
  };

  it.each(Object.keys(badTokens))('%s is refused with one code', async (name) => {
    expect(await present(gateway, await badTokens[name]!())).toEqual(refused);
  });
});
