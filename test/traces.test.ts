import { trace } from '@opentelemetry/api';
import { afterAll, afterEach, expect, it } from 'vitest';
import { startTracing, type Tracing, type TracingSettings } from '../src/platform/tracing.ts';
import { startGateway } from './support/gateway.ts';
import { startTraceCollector } from './support/trace-collector.ts';
import { lastRequest, watched } from './support/watched-gateway.ts';

const gateway = await startGateway();
const { plaintext } = await gateway.mintKey();
const collector = await startTraceCollector();
afterAll(() => collector.close());
afterEach(() => collector.forget());

/** What the collector has got when tracing has ended. */
async function tracesOf(
  work: (node: ReturnType<typeof watched>, tracing: Tracing) => Promise<unknown>,
  settings: Partial<TracingSettings> = {},
) {
  const tracing = startTracing({ endpoint: collector.endpoint, followsCallers: false, ...settings }, gateway.parts.gate.base.log);
  try {
    await work(watched(gateway, tracing), tracing);
  } finally {
    await tracing.stop();
  }
  return collector.spans();
}

it('a request over REST is one trace, from the door through its field to the statements', async () => {
  const spans = await tracesOf(({ get }) => get('/api/workout-templates?search=hills', { 'X-API-Key': plaintext }));
  const root = spans.find((span) => span.name === 'rest /workout-templates');
  expect(root?.attributes).toMatchObject({
    'http.request.method': 'GET',
    'http.response.status_code': 200,
    'ekiden.door': 'rest',
    'ekiden.operation': '/workout-templates',
    'ekiden.caller': 'partner',
  });
  expect(root?.parentSpanId).toBeUndefined();
  expect(lastRequest(gateway).traceId).toBe(root?.traceId);
  const field = spans.find((span) => span.name === 'Query.workoutTemplates');
  expect(field?.parentSpanId).toBe(root?.spanId);
  const statements = spans.filter((span) => 'db.query.text' in span.attributes);
  expect(new Set(spans.map((span) => span.traceId)).size).toBe(1);
  expect(statements.some((span) => /SELECT.*"WorkoutTemplate"/s.test(String(span.attributes['db.query.text'])))).toBe(true);
  expect(collector.received()).toContain('"service.name"');
});

it('a request over GraphQL is named by its operation, and fails only by our fault', async () => {
  const spans = await tracesOf(async ({ graphql }) => {
    await graphql('{ viewer { __typename } partners { edges { node { name } } } }');
    await graphql('mutation { revokeApiKey(id: "x") { id } }');
    const { db } = gateway;
    await db.$executeRaw`ALTER TABLE "Partner" RENAME TO "PartnerGone"`;
    await graphql('{ partners { edges { node { name } } } }');
    await db.$executeRaw`ALTER TABLE "PartnerGone" RENAME TO "Partner"`;
  });
  const requests = spans.filter((span) => span.name.startsWith('graphql '));
  expect(requests.map((span) => [span.name, span.status.code, span.attributes['ekiden.codes']])).toEqual([
    ['graphql query several', 0, []],
    ['graphql mutation revokeApiKey', 0, ['NOT_FOUND']],
    ['graphql query partners', 2, ['INTERNAL']],
  ]);
  expect(requests[0]?.attributes['ekiden.fields']).toEqual(['partners', 'viewer']);
});

it('probes leave no trace', async () => {
  const spans = await tracesOf(async ({ get }) => {
    await get('/livez');
    await get('/readyz');
    expect(lastRequest(gateway)).not.toHaveProperty('traceId');
  });
  expect(spans).toEqual([]);
});

it("a caller's trace is gone on with behind proxies of ours, and nowhere else", async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const ask = ({ get }: ReturnType<typeof watched>) => get('/nowhere', { traceparent });
  const [followed] = await tracesOf(ask, { followsCallers: true });
  expect(followed).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' });
  collector.forget();
  const [own] = await tracesOf(ask);
  expect(own).toMatchObject({ name: 'other unknown' });
  expect(own?.traceId).not.toBe('0af7651916cd43dd8448eb211c80319c');
  collector.forget();
  const [invented] = await tracesOf(({ get }) => get('/nowhere', { traceparent: plaintext }), { followsCallers: true });
  expect(invented).toMatchObject({ name: 'other unknown' });
});

it('whatever else a library puts on a span stays here', async () => {
  await tracesOf(async (_node, tracing) => {
    await tracing.request(null, async (span) => {
      span.describe('request', false, { 'http.request.header.cookie': 'the-secret' });
      const active = trace.getActiveSpan();
      active?.recordException(new Error('the-secret'));
      active?.setAttributes({ 'db.query.text': "SELECT 'the-secret', 'it''s the-secret', 4711.5, $1, \"zone1Max\" LIMIT 4711" });
      active?.addEvent('the-secret');
      active?.setStatus({ code: 2, message: 'the-secret' });
    });
  });
  expect(collector.spans()[0]?.attributes).toEqual({ 'db.query.text': 'SELECT ?, ?, ?, $1, "zone1Max" LIMIT ?' });
  expect(collector.received()).not.toMatch(/the-secret|4711/);
});

it('a collector that takes nothing costs a line in the log, and no request', async () => {
  const refusing = await startTraceCollector(400);
  await tracesOf(async ({ get }) => expect((await get('/api/key', { 'X-API-Key': plaintext })).status).toBe(200), {
    endpoint: refusing.endpoint,
  }).finally(refusing.close);
  expect(gateway.logged().split('traces cannot be delivered')).toHaveLength(2);
});
