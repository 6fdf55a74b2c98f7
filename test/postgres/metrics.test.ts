/** Metrics while the database is away: read all the same, without what only the database knows. */
import pino from 'pino';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { startGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { watched } from '../support/watched-gateway.ts';

const direct = await startGateway();
const address = new URL(direct.database.url ?? '');
const proxy = await startFaultProxy({ host: address.hostname, port: Number(address.port) });
address.port = String(proxy.port);
const database = { ...(await openDatabase({ databaseUrl: address.href }, pino({ level: 'silent' }))), url: address.href };
afterAll(async () => {
  await proxy.close();
  await database.close();
});
const { metric, readMetrics, get } = watched(await startGateway({ database }));

it.each([
  ['cannot be reached', proxy.cut],
  ['does not answer', async () => proxy.swallow()],
])('while the database %s', async (_name, breakIt) => {
  await until(async () => (await metric('ekiden_database_up')) === 1);
  expect(await metric('ekiden_sync_clock_ahead_seconds')).toBe(0);
  await breakIt();
  expect((await get('/readyz')).status).toBe(503);
  const askedAt = performance.now();
  const readings = await Promise.all([readMetrics(), readMetrics(), readMetrics()]);
  expect(performance.now() - askedAt).toBeLessThan(3_000);
  for (const reading of readings) {
    expect(reading).toContain('ekiden_database_up 0\n');
    expect(reading).not.toMatch(/^ekiden_sync_clock_ahead_seconds /m);
    expect(reading).toContain('ekiden_requests_total{door="health",operation="/readyz",status="503",caller="anonymous"}');
  }
  await proxy.mend();
  await until(async () => (await metric('ekiden_database_up')) === 1);
  expect(await metric('ekiden_sync_clock_ahead_seconds')).toBe(0);
});
