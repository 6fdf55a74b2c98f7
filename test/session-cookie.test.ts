import { describe, expect, it } from 'vitest';
import { adminToken, startGateway } from './support/gateway.ts';
import { signToken, startIdentityProvider } from './support/identity-provider.ts';

const gateway = await startGateway();
// The ends of sessions are whole seconds.
gateway.clock.now = new Date(Math.floor(Date.now() / 1000) * 1000);
const operator = await gateway.session('operator', 'operator-a');
const token = operator.Authorization!.slice('Bearer '.length);
const cookie = `__Host-ekiden-session=${token}`;
const ours = 'https://gateway.example';
const theirs = 'https://evil.example';
const json = 'application/json';

interface Sent {
  method?: string;
  url?: string;
  headers?: Record<string, string | null>;
  body?: string;
}

/** A request from the console's page, unless it says otherwise: null takes a header away. */
async function send({ method = 'POST', url = '/graphql', headers = {}, body }: Sent, to = gateway) {
  const usual = { 'Content-Type': json, Origin: ours, 'Sec-Fetch-Site': 'same-origin', Cookie: cookie };
  const given = Object.entries({ ...usual, ...headers }).filter((header): header is [string, string] => header[1] !== null);
  const response = await to.app.fetch(new Request(`https://gateway.example${url}`, { method, headers: given, body: body ?? null }));
  const text = await response.text();
  const answer = (text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}) as {
    data?: Record<string, Record<string, unknown> | null> | null;
    errors?: { extensions: { code: string } }[];
    code?: string;
  };
  return { status: response.status, code: answer.errors?.[0]?.extensions.code ?? answer.code, data: answer.data, response, text };
}

const question = JSON.stringify({ query: '{ viewer { role id } }' });
const newPartner = () => `mutation { createPartner(input: { name: "partner-${crypto.randomUUID()}" }) { id } }`;
const partners = () => gateway.db.partner.count();

/** Sends a change in this way and expects that it is refused with this status and nothing has changed. */
async function expectNothingChanged(sent: (mutation: string) => Sent, status: number, code?: string) {
  const before = await partners();
  const answer = await send(sent(newPartner()));
  expect([answer.status, answer.code]).toEqual([status, code ?? answer.code]);
  expect(answer.data ?? null).toBeNull();
  expect(await partners()).toBe(before);
}

const asJson = (mutation: string) => JSON.stringify({ query: mutation });

describe('a session in a cookie', () => {
  it.each<[string, Record<string, string | null>]>([
    ['with the origin and the word of the browser', {}],
    ['with the origin alone', { 'Sec-Fetch-Site': null }],
    ['with the word of the browser alone', { Origin: null }],
    ['beside other cookies', { Cookie: `theme=dark; ${cookie}; a="b"` }],
    ['on this machine, by whatever name the page was opened', { Origin: 'http://127.0.0.1:4000', Host: '127.0.0.1:4000' }],
  ])('is let in at /graphql from a page of ours: %s', async (_name, headers) => {
    expect((await send({ headers, body: question })).data).toEqual({ viewer: { role: 'OPERATOR', id: 'operator-a' } });
    const before = await partners();
    expect((await send({ headers, body: asJson(newPartner()) })).data?.createPartner).toBeTruthy();
    expect(await partners()).toBe(before + 1);
  });

  it.each<[string, Record<string, string | null>]>([
    ['of a foreign origin', { Origin: theirs, 'Sec-Fetch-Site': null }],
    ['of a foreign origin that the browser calls the same', { Origin: theirs }],
    ['of a foreign origin by its own words, whatever the browser says', { Origin: theirs, 'Sec-Fetch-Site': 'cross-site' }],
    ['of our name over another protocol', { Origin: 'http://gateway.example' }],
    ['of our name on another port', { Origin: 'https://gateway.example:8443' }],
    ['of a name that begins like ours', { Origin: 'https://gateway.example.evil.example' }],
    ['of no origin that can be named', { Origin: 'null' }],
    ['of two origins', { Origin: `${ours}, ${theirs}` }],
    ['of our origin from another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['of our origin from a neighbour', { 'Sec-Fetch-Site': 'same-site' }],
    ['without an origin, from another site', { Origin: null, 'Sec-Fetch-Site': 'cross-site' }],
    ['without an origin, from a neighbour', { Origin: null, 'Sec-Fetch-Site': 'same-site' }],
    ['without a word about where it is from', { Origin: null, 'Sec-Fetch-Site': null }],
    ['of this machine, sent elsewhere', { Origin: 'http://localhost:4000', Host: 'gateway.example' }],
    ['of this machine, from another port', { Origin: 'http://localhost:4001', Host: 'localhost:4000' }],
    ['of a name that leads to this machine', { Origin: 'http://rebound.example:4000', Host: 'rebound.example:4000' }],
  ])('changes nothing for a request %s', async (_name, headers) => {
    await expectNothingChanged((mutation) => ({ headers, body: asJson(mutation) }), 403, 'FORBIDDEN');
    const search = (mutation: string) => `/graphql?query=${encodeURIComponent(mutation)}`;
    await expectNothingChanged((mutation) => ({ method: 'GET', url: search(mutation), headers }), 403, 'FORBIDDEN');
    expect((await send({ headers, body: question })).status).toBe(403);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', (mutation: string) => `query=${encodeURIComponent(mutation)}`],
    [
      'a form with files',
      'multipart/form-data; boundary=x',
      (mutation: string) => `--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${asJson(mutation)}\r\n--x--\r\n`,
    ],
    ['plain text', 'text/plain', asJson],
    ['plain text that claims to be JSON', 'text/plain; application/json', asJson],
    ['the bare text of an operation', 'application/graphql', (mutation: string) => mutation],
    ['no type at all', '', asJson],
  ])('changes nothing for %s, from a page of ours or of others', async (_name, type, body) => {
    await expectNothingChanged((mutation) => ({ headers: { 'Content-Type': type }, body: body(mutation) }), 415, 'INVALID');
    const foreign = { 'Content-Type': type, Origin: theirs, 'Sec-Fetch-Site': 'cross-site' };
    await expectNothingChanged((mutation) => ({ headers: foreign, body: body(mutation) }), 403, 'FORBIDDEN');
  });

  it('asks by GET, and changes nothing by it', async () => {
    const get = (query: string, headers = {}): Sent => ({ method: 'GET', url: `/graphql?query=${encodeURIComponent(query)}`, headers });
    expect((await send(get('{ viewer { id } }'))).data).toEqual({ viewer: { id: 'operator-a' } });
    const typed = { Origin: null, 'Sec-Fetch-Site': 'none' };
    expect((await send(get('{ viewer { id } }', typed))).data).toEqual({ viewer: { id: 'operator-a' } });
    await expectNothingChanged((mutation) => get(mutation), 405, 'METHOD_NOT_ALLOWED');
    await expectNothingChanged((mutation) => get(mutation, typed), 405, 'METHOD_NOT_ALLOWED');
  });

  it('is not looked at beside a credential in a header, which must hold by itself', async () => {
    const coach = await gateway.session('coach', 'coach-a');
    expect((await send({ headers: coach, body: question })).data).toEqual({ viewer: { role: 'COACH', id: 'coach-a' } });
    const { plaintext } = await gateway.mintKey();
    await expectNothingChanged((mutation) => ({ headers: { 'X-API-Key': plaintext }, body: asJson(mutation) }), 200, 'INVALID');
    await expectNothingChanged((mutation) => ({ headers: { Authorization: 'Bearer x' }, body: asJson(mutation) }), 401);
    // A program with a token of its own may stand on any page: nothing of the browser's is used.
    expect((await send({ headers: { ...coach, Origin: theirs }, body: question })).data).toMatchObject({ viewer: { role: 'COACH' } });
  });

  it.each([
    ['expired or made up', '__Host-ekiden-session=eyJhbGciOiJIUzI1NiJ9.e30.x'],
    ['the admin token, which is no session', `__Host-ekiden-session=${adminToken}`],
  ])('that is not valid is 401: %s', async (_name, value) => {
    expect(await send({ headers: { Cookie: value }, body: question })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it.each([
    ['under a name without the prefix', `ekiden-session=${token}`],
    ['inside the value of another', `theme=a,__Host-ekiden-session=${token}`],
    ['empty', '__Host-ekiden-session='],
  ])('is none: %s', async (_name, value) => {
    expect((await send({ headers: { Cookie: value }, body: question })).data ?? null).toBeNull();
  });

  it.each(['/api/workout-templates', '/api/key'])('is not read at %s', async (url) => {
    expect(await send({ method: 'GET', url })).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('opens no door to other origins', async () => {
    const preflight = await send({
      method: 'OPTIONS',
      headers: { Origin: theirs, Cookie: null, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' },
    });
    for (const { response } of [preflight, await send({ body: question }), await send({ url: '/session', method: 'OPTIONS' })]) {
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('POST /session', () => {
  const exchange = (headers: Record<string, string | null>, to = gateway) =>
    send({ url: '/session', headers: { Cookie: null, ...headers }, body: '{}' }, to);

  it('puts the session of the header into a cookie that ends with it', async () => {
    const { status, text, response } = await exchange(operator);
    expect([status, text, response.headers.get('content-length')]).toEqual([204, '', null]);
    expect(response.headers.get('set-cookie')).toBe(`${cookie}; Max-Age=3600; Path=/; Secure; HttpOnly; SameSite=Strict`);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('makes a session of one hour of the admin token, which itself is in no cookie', async () => {
    const { status, response } = await exchange({ Authorization: `Bearer ${adminToken}` });
    const set = response.headers.get('set-cookie') ?? '';
    expect([status, /Max-Age=\d+/.exec(set)?.[0]]).toEqual([204, 'Max-Age=3600']);
    expect(set).not.toContain(adminToken);
    const made = set.split(';')[0]!;
    expect((await send({ headers: { Cookie: made }, body: question })).data).toEqual({ viewer: { role: 'OPERATOR', id: 'admin' } });
    const later = gateway.clock.now;
    gateway.clock.now = new Date(later.getTime() + 3_600_000);
    expect((await send({ headers: { Cookie: made }, body: question })).status).toBe(401);
    gateway.clock.now = later;
  });

  it('needs no word about an origin from a program, which has the header to prove itself', async () => {
    expect((await exchange({ ...operator, Origin: null, 'Sec-Fetch-Site': null })).status).toBe(204);
  });

  it.each<[string, Record<string, string | null>, number, string]>([
    ['without a credential', {}, 401, 'UNAUTHENTICATED'],
    ['with a cookie alone', { Cookie: cookie }, 401, 'UNAUTHENTICATED'],
    ['with an API key', { 'X-API-Key': 'sr_live_x' }, 401, 'UNAUTHENTICATED'],
    ['with two credentials', { ...operator, 'X-API-Key': 'sr_live_x' }, 401, 'UNAUTHENTICATED'],
    ['with a made-up session', { Authorization: 'Bearer x.y.z' }, 401, 'UNAUTHENTICATED'],
    ['with another scheme', { Authorization: `Basic ${token}` }, 401, 'UNAUTHENTICATED'],
    ['from a foreign page', { ...operator, Origin: theirs }, 403, 'FORBIDDEN'],
    ['from another site', { ...operator, Origin: null, 'Sec-Fetch-Site': 'cross-site' }, 403, 'FORBIDDEN'],
    ['as a form', { ...operator, 'Content-Type': 'application/x-www-form-urlencoded' }, 400, 'INVALID'],
    ['as plain text', { ...operator, 'Content-Type': 'text/plain' }, 400, 'INVALID'],
  ])('sets no cookie %s', async (_name, headers, status, code) => {
    const answer = await exchange(headers);
    expect([answer.status, answer.code, answer.response.headers.get('set-cookie')]).toEqual([status, code, null]);
  });

  it.each(['PATCH', 'PUT'])('is not %s', async (method) => {
    const { status, response } = await send({ url: '/session', method, headers: operator });
    expect([status, response.headers.get('allow'), response.headers.get('set-cookie')]).toEqual([405, 'GET, HEAD, POST, DELETE', null]);
  });

  it('tells pages of ours, and nobody else, whose session the cookie holds and how to sign in', async () => {
    const cookie = (await exchange(operator)).response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const look = (headers: Record<string, string>) => gateway.get('/session', null, { headers });
    const ours = await look({ Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' });
    expect([await ours.json(), ours.headers.get('set-cookie')]).toEqual([{ role: 'operator', ways: ['code'] }, null]);
    expect(await (await look({})).json()).toEqual({ role: null, ways: ['code'] });
    const ended = await look({ Cookie: `${cookie}x`, 'Sec-Fetch-Site': 'same-origin' });
    expect(await ended.json()).toEqual({ role: null, ways: ['code'] });
    expect((await look({ Cookie: cookie, Origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await look({ Cookie: cookie })).status).toBe(403);
  });

  it('takes a session of an identity provider as it is, no session that a cookie cannot hold, and no admin token', async () => {
    const provider = await startIdentityProvider();
    const other = await startGateway({ issuer: provider.settings, database: gateway.database });
    const key = await provider.newKey('ES256');
    provider.published = [key.publicJwk];
    const { issuer: iss, audience: aud } = provider.settings;
    const exp = Math.floor(other.clock.now.getTime() / 1000) + 120;
    const claims = { iss, aud, sub: 'coach-a', role: 'coach', exp };
    const session = await signToken(key, claims);
    const { response } = await exchange({ Authorization: `Bearer ${session}` }, other);
    expect(response.headers.get('set-cookie')).toMatch(new RegExp(`^__Host-ekiden-session=${session}; Max-Age=1(19|20); `));
    const made = response.headers.get('set-cookie')!.split(';')[0]!;
    expect((await send({ headers: { Cookie: made }, body: question }, other)).data).toEqual({ viewer: { role: 'COACH', id: 'coach-a' } });
    const long = await signToken(key, { ...claims, groups: 'x'.repeat(4_000) });
    expect(await exchange({ Authorization: `Bearer ${long}` }, other)).toMatchObject({ status: 400, code: 'INVALID' });
    expect(await exchange({ Authorization: `Bearer ${adminToken}` }, other)).toMatchObject({ status: 409, code: 'CONFLICT' });
    expect((await send({ body: question }, other)).status).toBe(401);
  });
});

describe('DELETE /session', () => {
  it('takes the cookie out, whatever is in it', async () => {
    for (const value of [cookie, null]) {
      const { status, response } = await send({ url: '/session', method: 'DELETE', headers: { Cookie: value } });
      const gone = '__Host-ekiden-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict';
      expect([status, response.headers.get('set-cookie')]).toEqual([204, gone]);
    }
  });

  it('does nothing for a foreign page', async () => {
    const { status, response } = await send({ url: '/session', method: 'DELETE', headers: { Origin: theirs } });
    expect([status, response.headers.get('set-cookie')]).toEqual([403, null]);
  });
});
