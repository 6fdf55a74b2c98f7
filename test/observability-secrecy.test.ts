import { afterAll, expect, it, onTestFinished } from 'vitest';
import { startTracing } from '../src/platform/tracing.ts';
import { adminToken, publicUrl, startGateway } from './support/gateway.ts';
import { createSharedRunner, fullDocument, sentinels } from './support/runners.ts';
import { startTraceCollector } from './support/trace-collector.ts';
import { watched } from './support/watched-gateway.ts';

const gateway = await startGateway();
const collector = await startTraceCollector();
afterAll(() => collector.close());

/** Texts of a runner's that stand nowhere else. Its numbers could be a duration's. */
const runnersWords = Object.values(sentinels)
  .flat()
  .filter((text) => /^[a-z]+-./.test(text));

it('keys, tokens, variables, parameters and what runners wrote are in no log, no metric and no trace', async () => {
  const { plaintext: key } = await gateway.mintKey();
  const wrongKey = `${key.slice(0, -1)}${key.endsWith('x') ? 'y' : 'x'}`;
  const runner = await createSharedRunner(gateway, fullDocument);
  const { token, path } = runner;
  const { Authorization: bearer = '' } = await gateway.session('coach', 'the-subject-of-a-session');
  const session = bearer.replace('Bearer ', '');
  const variable = 'the-value-of-a-variable';
  const inQuery = 'a-word-in-the-query-string';
  const tracing = startTracing({ endpoint: collector.endpoint, followsCallers: true }, gateway.parts.gate.base.log);
  const { get, graphql, readMetrics } = watched(gateway, tracing);

  async function askEverything(day: string) {
    for (const held of [key, wrongKey, token, adminToken, session]) {
      await get('/session', { Authorization: `Bearer ${held}`, 'Content-Type': 'application/json' }, 'POST');
      await graphql('{ viewer { __typename } }', {}, { Cookie: `__Host-ekiden-session=${held}`, Origin: publicUrl });
      await get(`/api/workout-templates?search=${inQuery}&token=${held}`, { 'X-API-Key': held, traceparent: held, 'User-Agent': held });
      await get('/api/key', { Authorization: `Bearer ${held}`, Cookie: `session=${held}`, 'If-None-Match': held });
      for (const place of ['/', '/api/', '/api/workout-templates/', '/api/docs/', '/api/runner-context/', '/graphql/'])
        await get(`${place}${held}`, { 'X-API-Key': key });
      await graphql(`query { runnerContext(token: "${held}") { source } }`, {}, { 'X-API-Key': held });
      await graphql('query ($token: String!) { runnerContext(token: $token) { source } }', { token: held, extra: variable });
      await graphql('query ($token: Int!) { runnerContext(token: $token) { source } }', { token: held }, {});
      await graphql('query ($token: String!) { runnerHealth(token: $token, before: "x") { page { count } } }', { token: held });
      // Names of operations, aliases, fields and fragments are the client's to choose.
      const name = held.replaceAll(/\W/g, '_');
      await graphql(`query ${name} { ${name}: viewer { ${name}: __typename } }`);
      await graphql(`query ${name} { ...${name} } fragment ${name} on Query { ${name} }`);
      await graphql(`mutation ($id: ID!) { revokeApiKey(id: $id) { id } }`, { id: held });
    }
    for (const rest of ['', '?format=json', '/health', '/nowhere']) await get(`${path}${rest}`);
    await graphql('mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { id } }', {
      input: { name: variable, contactEmail: 'nobody@partner.example' },
    });
    await graphql('query ($id: ID) { runner(id: $id) { username contextLinks { url } } }', { id: runner.id });
    await graphql('mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { counts { noun } } }', {
      input: { username: runner.username, runs: [{ ...fullDocument.runs[0], externalId: day, startedAt: `${day}T06:00:00Z` }] },
    });
  }

  await askEverything('2026-05-01');
  // And all of it again with defects, deep down. Postgres repeats the whole row that a rule refuses.
  await gateway.db.$executeRaw`ALTER TABLE "ContextLink" RENAME TO "ContextLinkGone"`;
  onTestFinished(async () => void (await gateway.db.$executeRaw`ALTER TABLE "ContextLinkGone" RENAME TO "ContextLink"`));
  for (const table of ['Run', 'Partner'])
    await gateway.db.$executeRawUnsafe(`ALTER TABLE "${table}" ADD CONSTRAINT "never" CHECK (false) NOT VALID`);
  await askEverything('2026-05-02');
  await tracing.stop();

  const metrics = await readMetrics();
  const log = gateway.logged();
  const traces = collector.received();
  expect(metrics).toContain('operation="query runnerContext"');
  expect(log).toContain('relation \\"Run\\" violates check constraint');
  expect(log).toContain('"operation":"/runner-context/:token"');
  expect(traces).toContain('context /runner-context/:token');
  expect(traces).toContain('INSERT INTO');
  const secrets = [
    key,
    key.slice(-51),
    wrongKey,
    token,
    adminToken,
    session,
    ...[token, adminToken, session].map((held) => held.replaceAll(/\W/g, '_')),
  ];
  for (const [place, text] of Object.entries({ metrics, log, traces })) {
    for (const secret of [...secrets, variable, inQuery, 'nobody@partner.example', 'the-subject-of-a-session', ...runnersWords])
      expect(text.includes(secret), `${secret} is in the ${place}`).toBe(false);
  }
}, 90_000);
