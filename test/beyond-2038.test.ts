/** After 03:14:07 UTC on 19 January 2038 seconds since 1970 no longer fit into 31 bits. */
import { expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { rotate } from './support/keys.ts';
import { createSharedRunner } from './support/runners.ts';
import { createWorkout, updateWorkout } from './support/templates.ts';

const gateway = await startGateway();
const then = new Date('2040-05-06T07:08:09.123Z');
const lastOf31Bits = 2 ** 31;

it('keys, sessions, limits and links work, and say the right year', async () => {
  gateway.clock.now = then;
  const key = await gateway.mintKey({ expiresAt: '2107-01-01T00:00:00.000Z', requestsPerMinute: 2 });
  const answer = await gateway.get('/api/key', key.plaintext);
  expect(answer.status).toBe(200);
  const reset = Number(answer.headers.get('x-ratelimit-reset'));
  expect(reset).toBeGreaterThan(lastOf31Bits);
  expect(reset - then.getTime() / 1000).toBeLessThanOrEqual(61);
  expect(await answer.json()).toMatchObject({ expiresAt: '2107-01-01T00:00:00.000Z', createdAt: then.toISOString() });
  await gateway.get('/api/key', key.plaintext);
  const refused = await gateway.get('/api/key', key.plaintext);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);

  const old = await gateway.mintKey();
  await rotate(gateway, old.id, 3_600);
  const deprecated = await gateway.get('/api/key', old.plaintext);
  expect(deprecated.headers.get('deprecation')).toBe(`@${Math.floor(then.getTime() / 1000)}`);
  expect(deprecated.headers.get('sunset')).toBe('Sun, 06 May 2040 08:08:09 GMT');

  const { data } = await gateway.graphql<{ createDevelopmentSession: { token: string; expiresAt: string } }>(
    'mutation { createDevelopmentSession(input: { role: OPERATOR }) { token expiresAt } }',
  );
  const { token, expiresAt } = data.createDevelopmentSession;
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };
  expect(exp).toBeGreaterThan(lastOf31Bits);
  expect(new Date(exp * 1000).toISOString()).toBe(expiresAt);
  const headers = { Authorization: `Bearer ${token}` };
  expect((await gateway.graphql('{ viewer { role } }', {}, headers)).status).toBe(200);
  gateway.clock.now = new Date(exp * 1000 + 1);
  expect((await gateway.graphql('{ viewer { role } }', {}, headers)).status).toBe(401);

  gateway.clock.now = then;
  const runner = await createSharedRunner(gateway, {
    birthDate: '1990-05-06',
    dailyMetrics: [{ date: '2040-05-05', restingHeartRate: 50 }],
  });
  expect(await (await gateway.get(`${runner.path}?format=json`)).json()).toMatchObject({
    runner: { age: 50 },
    generated_at: then.toISOString(),
  });
  expect(await (await gateway.get(`${runner.path}/health?before=2040-05-06`)).json()).toMatchObject({ page: { count: 1 } });
});

it('templates are stamped and polled', async () => {
  gateway.clock.now = new Date();
  const { plaintext } = await gateway.mintKey();
  await gateway.database.pool.query(`UPDATE "SyncClock" SET "revision" = '${then.toISOString()}'`);
  const { id } = await createWorkout(gateway);
  const { updatedAt } = await updateWorkout(gateway, id, { tags: ['later'] });
  expect(updatedAt).toBe('2040-05-06T07:08:09.125Z');
  const asked = async (since: string) =>
    ((await (await gateway.get(`/api/workout-templates?updatedSince=${since}`, plaintext)).json()) as { data: { id: string }[] }).data;
  expect(await asked('2038-01-19T03:14:08Z')).toMatchObject([{ id, updatedAt }]);
  expect(await asked(updatedAt)).toEqual([]);
});
