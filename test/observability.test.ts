import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner } from './support/runners.ts';
import { lastRequest, watched } from './support/watched-gateway.ts';

const gateway = await startGateway();
const { get, graphql, metric, readMetrics } = watched(gateway);
const { plaintext } = await gateway.mintKey();
const key = { 'X-API-Key': plaintext };
const runner = await createSharedRunner(gateway, {}, { enabled: true, profile: true });

describe('the log names the door, the operation, the caller and how it went', () => {
  it.each<[string, Record<string, string>, object]>([
    ['/livez', {}, { door: 'health', operation: '/livez', caller: 'anonymous', status: 200 }],
    ['/readyz', {}, { door: 'health', operation: '/readyz', caller: 'anonymous', status: 200 }],
    ['/', {}, { door: 'other', operation: '/', status: 302 }],
    ['/session', {}, { door: 'session', operation: '/session', status: 200 }],
    ['/api/docs', {}, { door: 'docs', operation: '/api/docs', status: 200 }],
    ['/llms.txt', {}, { door: 'docs', operation: '/llms.txt', status: 200 }],
    ['/api/docs/nowhere', {}, { door: 'docs', operation: 'unknown', status: 404 }],
    ['/nowhere', key, { door: 'other', operation: 'unknown', caller: 'anonymous', status: 404 }],
    ['/api/nowhere', key, { door: 'rest', operation: 'unknown', status: 404, codes: ['NOT_FOUND'] }],
    ['/api/workout-templates', {}, { door: 'rest', operation: '/workout-templates', caller: 'anonymous', codes: ['UNAUTHENTICATED'] }],
    ['/api/workout-templates?per_page=1', key, { door: 'rest', operation: '/workout-templates', caller: 'partner', status: 200 }],
    ['/api/workout-templates/x', key, { operation: '/workout-templates/:id', caller: 'partner', status: 404, codes: ['NOT_FOUND'] }],
    ['/api/workout-templates?category=x', key, { operation: '/workout-templates', status: 400, codes: ['INVALID'] }],
    [':context', {}, { door: 'context', operation: '/runner-context/:token', caller: 'reader', status: 200 }],
    [':context.md', {}, { door: 'context', operation: '/runner-context/:token', caller: 'reader', status: 200 }],
    [':context/health', key, { door: 'context', operation: '/runner-context/:token/health', caller: 'reader', codes: ['FORBIDDEN'] }],
    [
      '/graphql?query={workoutTemplates{total}}',
      key,
      { door: 'graphql', operation: 'query workoutTemplates', caller: 'partner', status: 200 },
    ],
    ['/graphql', { Accept: 'text/html' }, { door: 'graphql', operation: 'graphiql', caller: 'anonymous', status: 200 }],
  ])('GET %s', async (path, headers, expected) => {
    await get(path.replace(':context', runner.path), headers);
    expect(lastRequest(gateway)).toMatchObject({ ...expected, requestId: expect.any(String), milliseconds: expect.any(Number) });
  });

  it.each(['operator', 'coach', 'runner'] as const)('a session of a %s', async (role) => {
    await graphql('{ viewer { __typename } }', {}, await gateway.session(role, crypto.randomUUID()));
    expect(lastRequest(gateway)).toMatchObject({ door: 'graphql', operation: 'query viewer', caller: role, status: 200 });
  });
});

describe('a GraphQL operation is named in the words of the schema', () => {
  it.each<[string, object]>([
    ['{ __schema { queryType { name } } }', { operation: 'query introspection' }],
    ['query mine { other: viewer { __typename } again: viewer { __typename } __typename }', { operation: 'query viewer' }],
    [
      '{ ...a } fragment a on Query { viewer { __typename } ... on Query { partners { edges { cursor } } } }',
      { operation: 'query several', fields: ['partners', 'viewer'] },
    ],
    ['mutation { revokeApiKey(id: "x") { id } }', { operation: 'mutation revokeApiKey', codes: ['NOT_FOUND'] }],
    ['{ viewer { nonsense } }', { operation: 'unknown', codes: ['INVALID'] }],
    ['{', { operation: 'unknown', codes: ['INVALID'] }],
  ])('%s', async (query, expected) => {
    await graphql(query);
    const { operation, fields, codes } = lastRequest(gateway);
    expect({ operation, ...(fields !== undefined && { fields }), ...(codes !== undefined && { codes }) }).toEqual(expected);
  });

  it('when it costs too much as well', async () => {
    const keysOfKeys = `${'apiKeys { partner { '.repeat(4)}id${' } }'.repeat(4)}`;
    const many = Array.from({ length: 14 }, (_, index) => `a${index}: partners(first: 100) { edges { node { ${keysOfKeys} } } }`);
    await graphql(`{ ${many.join(' ')} }`);
    expect(lastRequest(gateway)).toMatchObject({ operation: 'query partners', codes: ['INVALID'] });
  });
});

describe('the metrics', () => {
  it('count requests by door, operation, status and caller, and their errors by code', async () => {
    const name = 'ekiden_requests_total{door="rest",operation="/key",status="200",caller="partner"}';
    const before = (await metric(name)) ?? 0;
    await get('/api/key', key);
    await get('/api/key', key, 'HEAD');
    expect(await metric(name)).toBe(before + 2);
    expect(await metric('ekiden_request_duration_seconds_count{door="rest",operation="/key"}')).toBe(before + 2);
    expect(await metric('ekiden_errors_total{door="context",code="FORBIDDEN"}')).toBe(1);
  });

  it('have as many series as the gateway has operations, whatever is asked', async () => {
    await get('/nowhere', {});
    await get('/api/nowhere', {});
    await graphql('{ workoutTemplates { total } }', {}, {});
    await graphql('{ nowhere }', {}, {});
    const series = async () => (await readMetrics()).split('\n').filter((line) => line.startsWith('ekiden_')).length;
    const before = await series();
    for (const number of Array.from({ length: 30 }, (_, index) => `n${index}`)) {
      await get(`/${number}`, {}, number.endsWith('1') ? 'PUT' : 'GET');
      await get(`/api/${number}`, { 'X-API-Key': number });
      await graphql(`query ${number} { ${number}: workoutTemplates { total } }`, {}, {});
      await graphql(`query ${number} { workoutTemplates { total } ${number} }`, {}, {});
    }
    expect(await series()).toBe(before);
  });

  it('tell what the limits said, and who counted', async () => {
    const minuteRefuses = await gateway.mintKey({ requestsPerMinute: 2 });
    const dayRefuses = await gateway.mintKey({ requestsPerDay: 1 });
    const decisions = (limit: string, outcome: string) =>
      metric(`ekiden_limit_decisions_total{limit="${limit}",outcome="${outcome}",store="process"}`);
    const allowedBefore = (await decisions('key', 'allowed')) ?? 0;
    for (let turn = 0; turn < 3; turn += 1) await get('/api/key', { 'X-API-Key': minuteRefuses.plaintext });
    for (let turn = 0; turn < 3; turn += 1) await get('/api/key', { 'X-API-Key': dayRefuses.plaintext });
    expect(await decisions('key', 'allowed')).toBe(allowedBefore + 3);
    expect(await decisions('key', 'refused_minute')).toBe(1);
    expect(await decisions('key', 'refused_day')).toBe(2);
    await get(`/api/runner-context/${'x'.repeat(43)}`);
    expect(await decisions('context-miss', 'allowed')).toBe(1);
    expect(await decisions('context-read', 'allowed')).toBeGreaterThan(0);
  });

  it('tell how often a key was known already, and how many comparisons run and wait', async () => {
    const lookups = (outcome: string) => metric(`ekiden_cache_lookups_total{cache="verdicts",outcome="${outcome}"}`);
    const [hits = 0, misses = 0] = [await lookups('hit'), await lookups('miss')];
    const compares = (await metric('ekiden_bcrypt_compares_total')) ?? 0;
    const fresh = await Promise.all(Array.from({ length: 8 }, () => gateway.mintKey()));
    const answers = fresh.map(({ plaintext: secret }) => get('/api/key', { 'X-API-Key': secret }));
    let [running, waiting] = [0, 0];
    const all = Promise.all(answers).then(() => true);
    while (!(await Promise.race([all, metric('ekiden_bcrypt_waiting').then(() => false)]))) {
      running = Math.max(running, (await metric('ekiden_bcrypt_running')) ?? 0);
      waiting = Math.max(waiting, (await metric('ekiden_bcrypt_waiting')) ?? 0);
    }
    await get('/api/key', { 'X-API-Key': fresh[0]?.plaintext ?? '' });
    expect(running).toBeGreaterThan(0);
    expect(waiting).toBeGreaterThan(0);
    expect([await metric('ekiden_bcrypt_running'), await metric('ekiden_bcrypt_waiting')]).toEqual([0, 0]);
    expect([await lookups('hit'), await lookups('miss'), await metric('ekiden_bcrypt_compares_total')]).toEqual([
      hits + 1,
      misses + 8,
      compares + 8,
    ]);
  });

  it('tell how the database stands, and how far stamps are ahead of its clock', async () => {
    expect(await metric('ekiden_database_up')).toBe(1);
    expect(await metric('ekiden_database_connections{state="busy"}')).toBeGreaterThanOrEqual(0);
    expect(await metric('ekiden_database_waiting')).toBe(0);
    expect(await metric('ekiden_sync_clock_ahead_seconds')).toBe(0);
    await gateway.db.$executeRaw`UPDATE "SyncClock" SET "revision" = clock_timestamp() + interval '60 seconds'`;
    const ahead = await metric('ekiden_sync_clock_ahead_seconds');
    expect(ahead).toBeGreaterThan(30);
    expect(ahead).toBeLessThanOrEqual(60);
  });

  it('are each described in the documentation, and no others', async () => {
    const [, section = ''] = readFileSync('docs/observability.md', 'utf8').split('\n## Metrics\n');
    const described = section.match(/(?<=^\| `)ekiden_\w+/gm) ?? [];
    const known = (await readMetrics()).match(/(?<=^# TYPE )ekiden_\w+/gm) ?? [];
    expect(described.sort()).toEqual([...known].sort());
  });

  it('tell of the process too', async () => {
    expect(await metric('process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(await metric('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  });
});
