/** Nodes that are replaced one after the other while partners ask: nobody notices, and nothing is counted wrongly. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { afterAll, expect, it } from 'vitest';
import { startBalancer } from '../support/balancer.ts';
import { createNode } from '../support/deployed-node.ts';
import { freePort } from '../support/free-port.ts';
import { startRedisNode } from '../support/redis-node.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { startLoad } from '../support/steady-load.ts';
import { createWorkout } from '../support/templates.ts';
import { until } from '../support/until.ts';

const redisServer = await startRedisServer();
const gateway = await startRedisNode(redisServer.url);
const nodes = [await freePort(), await freePort()].map((port) => createNode(gateway.database, redisServer.url, port));
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop('SIGKILL')));
  await redisServer.stop();
});

async function startSocket(url = '', text: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
  socket.resume();
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

it('a rolling restart under load fails no request, and loses no count of limits or of use', async () => {
  await createWorkout(gateway);
  const key = await gateway.mintKey({ requestsPerMinute: 2_147_483_647, requestsPerDay: 2_147_483_647 });
  await Promise.all(nodes.map((node) => node.start()));
  const balancer = await startBalancer(nodes.map((node) => node.url));
  await until(() => nodes.every((node) => balancer.isReady(node.url)), 60_000);
  const headers = { 'X-API-Key': key.plaintext, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ query: '{ workoutTemplates { total items { id name } } }' });
  const load = startLoad(6, 25, async (index) => {
    const answer = await [
      () => fetch(`${balancer.url}/api/key`, { headers }),
      () => fetch(`${balancer.url}/api/workout-templates?per_page=5`, { headers }),
      () => fetch(`${balancer.url}/graphql`, { headers, method: 'POST', body }),
    ][index % 3]?.();
    await answer?.arrayBuffer();
    return answer?.status ?? 0;
  });
  for (const node of nodes) {
    const before = load.answered();
    await until(() => load.answered() > before + 60, 60_000);
    const seen = balancer.seen(node.url).length;
    const { code, ms } = await node.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    // It said that it is about to stop while it still answered.
    expect(balancer.seen(node.url)[seen]).toBe('503');
    await until(() => balancer.seen(node.url).at(-1) === 'ECONNREFUSED');
    await node.start();
    await until(() => balancer.isReady(node.url), 60_000);
  }
  const { sent, failures } = await load.stop();
  expect(sent).toBeGreaterThan(120);

  // At last with clients that would keep a node for ever, and with a second signal.
  const awkward = [
    await startSocket(nodes[0]?.url, ''),
    await startSocket(
      nodes[0]?.url,
      'POST /graphql HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    ),
  ];
  const ends = await Promise.all(nodes.map((node) => node.stop('SIGTERM', 'SIGTERM')));
  await balancer.close();
  for (const { code, ms } of ends) {
    expect(code).toBe(0);
    expect(ms).toBeLessThan(12_000);
  }
  expect(awkward.every((socket) => socket.destroyed)).toBe(true);
  expect(nodes[0]?.logged()).toContain('"connections":1,"requests":1,');

  // On a machine that is far too busy the database or Redis may get no time, which is no fault of a deploy; the nodes say so.
  const logged = nodes.map((node) => node.logged()).join('');
  const unasked = logged.split('\n').filter((line) => line.includes('the database cannot be asked'));
  const starved = unasked.filter((line) => !/terminated|ended|closed/i.test(line)).length;
  expect(failures.filter((failure) => failure !== '503')).toEqual([]);
  expect(failures.length).toBeLessThanOrEqual(starved);

  const days = await gateway.db.apiKeyDay.findMany({ where: { apiKeyId: key.id } });
  const used = days.reduce((sum, { requests }) => sum + requests, 0);
  expect(used).toBeGreaterThanOrEqual(sent - failures.length);
  expect(used).toBeLessThanOrEqual(sent);
  const redis = new Redis(redisServer.url);
  const shared = Number(await redis.get(`ekiden:day:${key.id}`));
  if (!/no answer within|redis connection lost/.test(logged)) expect(shared).toBe(used);
  redis.disconnect();
}, 300_000);
