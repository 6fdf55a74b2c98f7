import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner } from './support/runners.ts';

const gateway = await startGateway();

interface Signed {
  createDevelopmentSession: { role: string; subject: string; token: string; expiresAt: string };
}

const login = (input: object, headers?: Record<string, string>) =>
  gateway.graphql<Signed | null>(
    'mutation ($input: CreateDevelopmentSessionInput!) { createDevelopmentSession(input: $input) { role subject token expiresAt } }',
    { input },
    headers,
  );

/** Signs in and asks who that is. */
async function signIn(input: object) {
  const { role, subject, token, expiresAt } = (await login(input)).data!.createDevelopmentSession;
  const headers = { Authorization: `Bearer ${token}` };
  const { data } = await gateway.graphql<{ viewer: object }>('{ viewer { role id runner { username } } }', {}, headers);
  return { role, subject, token, expiresAt, viewer: data.viewer };
}

describe('a session for development', () => {
  it('speaks for a coach or an operator of any name, and has a name when none is given', async () => {
    expect(await signIn({ role: 'COACH', user: 'coach-b' })).toMatchObject({ viewer: { role: 'COACH', id: 'coach-b', runner: null } });
    expect(await signIn({ role: 'COACH' })).toMatchObject({ viewer: { role: 'COACH', id: 'coach', runner: null } });
    expect(await signIn({ role: 'OPERATOR' })).toMatchObject({ viewer: { role: 'OPERATOR', id: 'operator', runner: null } });
  });

  it('speaks for a runner by their username, and owns that runner', async () => {
    const { id, username } = await createSharedRunner(gateway);
    const asRunner = await signIn({ role: 'RUNNER', user: ` ${username.toUpperCase()} ` });
    expect(asRunner).toMatchObject({ role: 'RUNNER', subject: id, viewer: { role: 'RUNNER', id, runner: { username } } });
  });

  it('ends after twelve hours', async () => {
    const began = gateway.clock.now;
    const { token, expiresAt } = await signIn({ role: 'COACH' });
    expect(new Date(expiresAt).getTime()).toBe(Math.floor(began.getTime() / 1000) * 1000 + 12 * 3_600_000);
    gateway.clock.now = new Date(expiresAt);
    expect((await gateway.graphql('{ viewer { id } }', {}, { Authorization: `Bearer ${token}` })).status).toBe(401);
    gateway.clock.now = began;
  });

  it('is on record without its token, a runner by id alone', async () => {
    const { id, username } = await createSharedRunner(gateway);
    const tokens = [await signIn({ role: 'COACH', user: 'coach-on-record' }), await signIn({ role: 'RUNNER', user: username })];
    const events = await gateway.db.auditEvent.findMany({ where: { action: 'development-session.create' }, orderBy: { id: 'desc' } });
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ actorId: 'admin', targetType: 'Session', details: { role: 'coach', subject: 'coach-on-record' } }),
        expect.objectContaining({ actorId: 'admin', targetType: 'Runner', targetId: id, details: { role: 'runner' } }),
      ]),
    );
    for (const { token } of tokens) expect(JSON.stringify(events)).not.toContain(token.split('.')[2]);
  });

  it.each<[object, string]>([
    [{ role: 'RUNNER' }, 'INVALID'],
    [{ role: 'RUNNER', user: 'nobody-here' }, 'NOT_FOUND'],
    [{ role: 'COACH', user: '' }, 'INVALID'],
    [{ role: 'COACH', user: 'a\u0000' }, 'INVALID'],
    [{ role: 'COACH', user: 'x'.repeat(256) }, 'INVALID'],
  ])('is refused for %j', async (input, code) => {
    const { data, errors } = await login(input);
    expect([data, errors?.[0]?.extensions.code]).toEqual([null, code]);
  });

  it.each(['coach', 'runner'] as const)('is not made for a %s', async (role) => {
    const { errors } = await login({ role: 'OPERATOR' }, await gateway.session(role, 'someone'));
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe("a runner's subject", () => {
  const create = (input: object, headers?: Record<string, string>) =>
    gateway.graphql<{ createRunner: { id: string; subject: string } } | null>(
      'mutation ($input: CreateRunnerInput!) { createRunner(input: $input) { id subject } }',
      { input: { username: `runner-${crypto.randomUUID()}`, ...input } },
      headers,
    );
  const change = (id: string, input: object, headers?: Record<string, string>) =>
    gateway.graphql<{ updateRunner: { subject: string } } | null>(
      'mutation ($id: ID!, $input: UpdateRunnerInput!) { updateRunner(id: $id, input: $input) { subject } }',
      { id, input },
      headers,
    );
  const newRunner = async (input: object = {}) => (await create(input)).data!.createRunner;

  it('is the id until an operator says otherwise, when creating the runner or later', async () => {
    const { id, subject } = await newRunner();
    expect(subject).toBe(id);
    expect((await newRunner({ subject: 'idp|created' })).subject).toBe('idp|created');
    expect((await change(id, { subject: 'idp|later' })).data).toEqual({ updateRunner: { subject: 'idp|later' } });
    expect((await change(id, { units: 'IMPERIAL' })).data).toEqual({ updateRunner: { subject: 'idp|later' } });
    const events = await gateway.db.auditEvent.findMany({ where: { action: 'runner.link-subject' } });
    expect(events).toMatchObject([{ targetId: id }]);
    expect(JSON.stringify(events)).not.toContain('idp|later');
  });

  it('belongs to one runner', async () => {
    const [{ id }, other] = [await newRunner({ subject: 'idp|taken' }), await newRunner()];
    for (const { data, errors } of [await create({ subject: 'idp|taken' }), await change(other.id, { subject: 'idp|taken' })]) {
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'CONFLICT', runnerId: id } }]);
    }
  });

  it('goes to one of many runners who are given it at once', async () => {
    const runners = await Promise.all(Array.from({ length: 8 }, () => newRunner()));
    const answers = await Promise.all(runners.map(({ id }) => change(id, { subject: 'idp|wanted' })));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'ok');
    expect(codes.toSorted()).toEqual([...Array<string>(7).fill('CONFLICT'), 'ok']);
  });

  it('is seen by its runner, and not changed by them', async () => {
    const { id } = await newRunner({ subject: 'idp|own' });
    const own = await gateway.session('runner', 'idp|own');
    expect((await change(id, { subject: 'idp|own', units: 'METRIC' }, own)).data).toEqual({ updateRunner: { subject: 'idp|own' } });
    for (const subject of ['idp|handed-over', null]) {
      const { data, errors } = await change(id, { subject }, own);
      expect([data, errors?.[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
    }
  });

  it.each(['', 'a\u0000b', 'x'.repeat(256)])('is not %j', async (subject) => {
    expect((await create({ subject })).errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', errors: [{ path: 'subject' }] });
  });
});
