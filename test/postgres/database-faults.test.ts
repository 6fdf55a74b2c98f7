/** A database that is gone or silent: 503 on every door, soon, and nothing else; healed when it is back. */
import pino from 'pino';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { adminToken, startGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';

const direct = await startGateway();
const address = new URL(direct.database.url ?? '');
const proxy = await startFaultProxy({ host: address.hostname, port: Number(address.port) });
address.port = String(proxy.port);
const database = { ...(await openDatabase({ databaseUrl: address.href }, pino({ level: 'silent' }))), url: address.href };
afterAll(async () => {
  await proxy.close();
  await database.close();
});
const gateway = await startGateway({ database });
const { plaintext: key } = await gateway.mintKey({ requestsPerMinute: 1_000 });
const warmed = await gateway.get('/api/key', key);

afterEach(() => proxy.mend());

const question = '{ workoutTemplates { total } }';
const asked = {
  REST: () => gateway.get('/api/workout-templates', key),
  'REST with a cold key': async () => gateway.get('/api/workout-templates', coldKey),
  'GraphQL of a partner': () => post(question, { 'X-API-Key': key }),
  'GraphQL of an operator': () => post(question, { Authorization: `Bearer ${adminToken}` }),
  'a mutation': () => post('mutation { createPartner(input: { name: "Anyone" }) { id } }', { Authorization: `Bearer ${adminToken}` }),
  'a change of a template': () =>
    post('mutation { createWorkoutTemplate(input: { name: "Any", category: EASY, blocks: [{ steps: [{ kind: RUN }] }] }) { id } }', {
      Authorization: `Bearer ${adminToken}`,
    }),
};
const { plaintext: coldKey } = await gateway.mintKey();

function post(query: string, headers: Record<string, string>) {
  const body = JSON.stringify({ query });
  return gateway.app.fetch(
    new Request('https://gateway.example/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body }),
  );
}

const isHealed = async () => (await gateway.get('/readyz')).status === 200 && (await asked.REST()).status === 200;

describe.each([
  ['cannot be reached', proxy.cut],
  ['does not answer', async () => proxy.swallow()],
])('while the database %s', (_name, breakIt) => {
  it.each(Object.entries(asked))('%s is 503 with Retry-After, soon', async (name, ask) => {
    expect(warmed.status).toBe(200);
    await breakIt();
    const startedAt = performance.now();
    const answer = await ask();
    const tookMs = performance.now() - startedAt;
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    const body = await answer.text();
    expect(body).toContain('UNAVAILABLE');
    expect(body).not.toMatch(/prisma|postgres|127\.0\.0\.1|ECONN|timeout/i);
    expect(tookMs, name).toBeLessThan(2_000);
    await proxy.mend();
    await until(isHealed);
  });

  it('20 requests at once are 503 together, and the process lives', async () => {
    await breakIt();
    const startedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, asked.REST));
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(503));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect((await gateway.get('/livez')).status).toBe(200);
    expect((await gateway.get('/readyz')).status).toBe(503);
    await proxy.mend();
    await until(isHealed);
  });

  it('a key that this deployment cannot have minted is still 401: refusing it costs no row', async () => {
    await breakIt();
    const wrong = `${key.slice(0, -8)}${key.endsWith('aaaaaaaa') ? 'bbbbbbbb' : 'aaaaaaaa'}`;
    const startedAt = performance.now();
    expect((await gateway.get('/api/workout-templates', wrong)).status).toBe(401);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});

describe('a statement that takes longer than a request may wait', () => {
  it('is given up when a request reads, and goes on when it is part of a transaction, as in an import', async () => {
    const { db } = direct;
    const startedAt = performance.now();
    await expect(db.$queryRaw`SELECT pg_sleep(3)::text`).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await db.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(1.2)::text AS slept`)).toEqual([{ slept: '' }]);
  });
});
