import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type RunningProcess, run, scratchFolder, startServerProcess } from '../support/processes.ts';
import { startTraceCollector } from '../support/trace-collector.ts';
import { until } from '../support/until.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const metricsUrlOf = ({ output }: RunningProcess) => /"url":"([^"]+)","msg":"metrics are served"/.exec(output.stderr)?.[1] ?? '';

it('a server under watch tells everything but secrets, and sends its last traces before it ends', async () => {
  const collector = await startTraceCollector();
  const settings = { METRICS_PORT: '0', OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.endpoint}/`, LOG_LEVEL: 'trace' };
  const server = await startServerProcess(['serve'], { DATA_DIR: folder.path, ...settings });
  try {
    const client = { EKIDEN_URL: server.url, DATA_DIR: folder.path };
    const created = await run(['partner', 'create', 'partner-a', '--json'], client);
    const minted = await run(['key', 'create', '--partner', JSON.parse(created.stdout).createPartner.id, '--json'], client);
    const key = JSON.parse(minted.stdout).createApiKey.plaintext as string;
    const adminToken = readFileSync(path.join(folder.path, 'admin-token'), 'utf8').trim();
    const token = 'T'.repeat(43);
    const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' };
    const statuses: number[] = [];
    const ask = async (place: string, init: RequestInit = { headers }) =>
      statuses.push((await fetch(`${server.url}${place}`, init)).status);
    await ask('/api/workout-templates?search=secret-search');
    await ask(`/api/runner-context/${token}`);
    await ask(`/api/${key}`);
    await ask('/metrics');
    const query = 'query ($token: String!) { runnerContext(token: $token) { source } }';
    await ask('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables: { token } }) });
    expect(statuses).toEqual([200, 404, 404, 404, 200]);

    const metricsUrl = metricsUrlOf(server);
    const answer = await fetch(metricsUrl);
    const metrics = await answer.text();
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(metrics).toContain('ekiden_requests_total{door="rest",operation="/workout-templates",status="200",caller="partner"} 1\n');
    expect(metrics).toContain('ekiden_limit_decisions_total{limit="key",outcome="allowed",store="process"} 2\n');
    expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(404);
    expect((await fetch(new URL('/', metricsUrl))).status).toBe(404);

    expect(await server.end()).toBe(0);
    expect(collector.received()).toContain('POST /v1/traces\n');
    expect(collector.spans().map((span) => span.name)).toEqual(
      expect.arrayContaining(['rest /workout-templates', 'Query.workoutTemplates', 'statement', 'graphql query runnerContext']),
    );
    const said = [metrics, server.output.stdout, server.output.stderr, collector.received()].join('\n');
    for (const secret of [key, key.slice(-51), token, adminToken, 'secret-search']) expect(said).not.toContain(secret);
  } finally {
    await server.end('SIGKILL');
    collector.close();
  }
}, 120_000);

it('a collector that never answers does not keep a server from ending', async () => {
  const collector = await startTraceCollector(null);
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint };
  const server = await startServerProcess(['serve'], { DATA_DIR: folder.path, ...settings });
  try {
    await fetch(`${server.url}/api/key`);
    const askedAt = performance.now();
    expect(await server.end()).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(10_000);
    await until(() => collector.received() !== '');
  } finally {
    await server.end('SIGKILL');
    collector.close();
  }
}, 60_000);

it('a port for metrics that is taken is explained, and nothing starts', async () => {
  const collector = await startTraceCollector();
  const { port } = new URL(collector.endpoint);
  const refused = await run(['serve'], { DATA_DIR: folder.path, PORT: '0', METRICS_PORT: port });
  collector.close();
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`METRICS_PORT ${port} at 127.0.0.1 cannot be had: EADDRINUSE`),
  });
}, 60_000);
