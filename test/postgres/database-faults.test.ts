/** A database that is gone, silent, or lost in the middle of an answer: 503 on every door, soon, and nothing else; healed when it is back. */
import pino from 'pino';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database.ts';
import { connectionsTo } from '../support/connections.ts';
import { type Doors, expectUnavailable, expectWell, readingDoors, type Send, writingDoors } from '../support/doors.ts';
import { createEveryone } from '../support/everyone.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { adminToken, publicUrl, startGateway } from '../support/gateway.ts';
import { operatorOf } from '../support/operator.ts';
import { until } from '../support/until.ts';

const direct = await startGateway();
const address = new URL(direct.database.url ?? '');
const proxy = await startFaultProxy({ host: address.hostname, port: Number(address.port) });
address.port = String(proxy.port);
const database = { ...(await openDatabase({ databaseUrl: address.href }, pino({ level: 'silent' }))), url: address.href };
afterAll(async () => {
  await proxy.mend();
  await database.close();
  await proxy.close();
});
const gateway = await startGateway({ database });
const send: Send = (path, init) => gateway.app.fetch(new Request(`${publicUrl}${path}`, init));

const shown = await createEveryone(operatorOf(send, adminToken), adminToken);
const reading = readingDoors(send, shown);
const writing = writingDoors(send, shown);
const { plaintext: coldKey } = await gateway.mintKey();
const everyDoor: Doors = {
  ...reading,
  ...writing,
  'a key that was never shown before': () => gateway.get('/api/key', coldKey),
};

const connections = () => connectionsTo(direct.database.url ?? '');

afterEach(async () => {
  await proxy.mend();
});

/** Three ways to the database: without a credential, with a key, and through a transaction. */
async function isHealed(): Promise<boolean> {
  const { 'the own key': key, 'a new partner': change } = everyDoor;
  const answers = [await gateway.get('/readyz'), await key?.(), await change?.()];
  return answers.every((answer) => answer?.status === 200);
}

/** Milliseconds from the database's return until that is so. */
const healedWithinMs = 2_000;

describe.each([
  ['cannot be reached', proxy.cut],
  ['does not answer', async () => proxy.swallow()],
  ['is lost before each answer', async () => proxy.cutAnswers()],
])('while the database %s', (_name, breakIt) => {
  it('every door is 503 with Retry-After within 1.5 s, and well again within 2 s of its return', async () => {
    await expectWell(reading);
    const before = await connections();
    await breakIt();
    await expectUnavailable(everyDoor);
    expect((await gateway.get('/readyz')).status).toBe(503);
    expect((await gateway.get('/livez')).status).toBe(200);
    await proxy.mend();
    const mendedAt = performance.now();
    await until(isHealed);
    expect(performance.now() - mendedAt).toBeLessThan(healedWithinMs);
    await expectWell(reading);
    await until(async () => (await connections()).busy === 0);
    expect((await connections()).all).toBeLessThanOrEqual(Math.max(before.all, 20));
    for (const pool of database.pools) expect(pool.waitingCount).toBe(0);
  });

  it('60 reads at once are 503 within the same time: none waits for another first', async () => {
    await expectWell(reading);
    await breakIt();
    const list = () => gateway.get('/api/workout-templates', shown.apiKey);
    await expectUnavailable(Object.fromEntries(Array.from({ length: 60 }, (_all, index) => [`list ${index}`, list])));
  });

  it('a key that this deployment cannot have minted is still 401: refusing it costs no row', async () => {
    await breakIt();
    const wrong = `${coldKey.slice(0, -8)}${coldKey.endsWith('aaaaaaaa') ? 'bbbbbbbb' : 'aaaaaaaa'}`;
    expect((await gateway.get('/api/workout-templates', wrong)).status).toBe(401);
  });
});

/** More answers of the database than any request here waits for. */
const answersMax = 60;

it.each(Object.entries(everyDoor))('whichever answer of the database is lost on its way, that is one 503: %s', async (door, ask) => {
  let cuts = 0;
  for (let response = await askWithCut(cuts); response.status === 503; response = await askWithCut(cuts)) {
    expect(++cuts).toBeLessThan(answersMax);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.text()).toContain('UNAVAILABLE');
    await proxy.mend();
    if (door !== 'signing in') expect((await ask()).status).toBe(200);
  }
  expect(cuts).toBeGreaterThan(0);

  async function askWithCut(after: number) {
    proxy.cutAnswer(after);
    const response = await ask();
    // A code is spent when it was taken, whether or not the answer came.
    if (response.status === 503) return response;
    expect(response.status).toBe(door === 'signing in' ? 401 : 200);
    if (response.status === 200) expect(await response.text()).not.toContain('UNAVAILABLE');
    return response;
  }
});

describe.each(Object.entries(writing).filter(([door]) => door !== 'signing in'))('%s', (door, ask) => {
  it.each([0, 1, 2])('is 503 within 1.5 s when the database falls silent in the middle of it, after %i answers', async (answers) => {
    await expectWell({ ...reading, [door]: ask });
    proxy.swallowAnswer(answers);
    await expectUnavailable({ [door]: ask });
    await until(() => database.pools.every((pool) => pool.totalCount === pool.idleCount));
  });
});

it('a connection that was dropped without a word while it lay idle costs one request at most', async () => {
  await expectWell(reading);
  await until(async () => (await connections()).busy === 0);
  proxy.forget();
  expect((await gateway.get('/api/key', shown.apiKey)).status).toBe(503);
  await expectWell(reading);
});

it('keys that end while the database is away are refused as soon as it is back', async () => {
  const { plaintext, id } = await gateway.mintKey();
  expect((await gateway.get('/api/key', plaintext)).status).toBe(200);
  await proxy.cut();
  await direct.graphql('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id });
  expect((await gateway.get('/api/key', plaintext)).status).toBe(503);
  await proxy.mend();
  await until(async () => (await gateway.get('/readyz')).status === 200);
  expect((await gateway.get('/api/key', plaintext)).status).toBe(401);
});
