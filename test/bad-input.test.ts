import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createPlan, createWorkout, updatePlan, updateWorkout } from './support/templates.ts';

const gateway = await startGateway({ keyEnvironments: ['LIVE'] });
const key = (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext;

interface Problem {
  status: number;
  code: string;
  detail: string;
  requestId: string;
  errors?: { path: string; message: string }[];
}

async function refused(path: string, status: number, apiKey: string | null = key, headers: Record<string, string> = {}) {
  const response = await gateway.get(path, apiKey, { headers });
  const text = await response.text();
  expect([path, response.status, text]).toEqual([path, status, text]);
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { headers: response.headers, text, problem: JSON.parse(text) as Problem };
}

const lists = ['/api/workout-templates', '/api/training-plan-templates'];

describe('a credential that is not valid', () => {
  it('gets one and the same 401, whatever is wrong with it', async () => {
    const expired = await gateway.mintKey({ expiresAt: new Date(gateway.clock.now.getTime() + 1_000) });
    const revoked = await gateway.mintKey();
    await gateway.graphql('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id: revoked.id });
    const other = await gateway.mintKey({ environment: 'TEST' });
    gateway.clock.now = new Date(gateway.clock.now.getTime() + 2_000);
    const [prefix, environment, , secret] = key.split('_');
    const [, , lookup] = revoked.plaintext.split('_');
    const candidates: Record<string, string>[] = [
      {},
      { 'X-API-Key': '' },
      { 'X-API-Key': 'malformed' },
      { 'X-API-Key': `sr_live_${'a'.repeat(12)}_${'b'.repeat(51)}` },
      { 'X-API-Key': `${prefix}_${environment}_${lookup}_${secret}` },
      { 'X-API-Key': key.slice(0, -1) },
      { 'X-API-Key': `${key}x` },
      { 'X-API-Key': revoked.plaintext },
      { 'X-API-Key': expired.plaintext },
      { 'X-API-Key': other.plaintext },
      { 'X-API-Key': `${key}, ${key}` },
      { 'X-API-Key': key, Authorization: `Bearer ${key}` },
      { Authorization: `Bearer ${key}` },
    ];
    const bodies = new Set<string>();
    for (const path of [...lists, `${lists[0]}/${crypto.randomUUID()}`, `${lists[0]}?page=abc`, '/api/key']) {
      for (const headers of candidates) {
        const { text, problem, headers: answered } = await refused(path, 401, null, headers);
        expect(answered.get('www-authenticate')).toBe('ApiKey realm="ekiden", Bearer realm="ekiden"');
        bodies.add(text.replace(problem.requestId, ''));
      }
    }
    expect([...bodies]).toHaveLength(1);
  });
});

it('a key without the scope gets 403 naming the scope, for lists and documents alike', async () => {
  const workoutsOnly = (await gateway.mintKey({ scopes: ['workout-templates:read'] })).plaintext;
  const plansOnly = (await gateway.mintKey({ scopes: ['training-plan-templates:read'] })).plaintext;
  for (const more of ['', `/${crypto.randomUUID()}`]) {
    expect((await refused(`/api/training-plan-templates${more}`, 403, workoutsOnly)).problem.detail).toContain(
      'training-plan-templates:read',
    );
    expect((await refused(`/api/workout-templates${more}`, 403, plansOnly)).problem.detail).toContain(' workout-templates:read');
  }
});

describe.each(lists)('%s', (list) => {
  it.each([
    'per_page=abc',
    'per_page=1.5',
    'per_page=1e3',
    'per_page=0x10',
    'per_page=+5',
    'per_page=%2B5',
    'per_page=%205',
    'page=1.5',
    'page=abc',
    'page=NaN',
    'page=Infinity',
    'page=null',
  ])('refuses %s, naming the parameter', async (query) => {
    const name = query.split('=')[0];
    const { problem } = await refused(`${list}?${query}`, 400);
    expect(problem).toMatchObject({ code: 'INVALID', errors: [{ path: name, message: 'must be a whole number' }] });
    expect(problem.detail).toContain(name);
  });

  it.each([
    'yesterday',
    '2026',
    '2026-02',
    '2026-06-13',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-06-13T24:00:00Z',
    '2026-06-13T19:00:00',
    '2026-06-13T19:00Z',
    '2026-06-13 19:00:00Z',
    '2026-06-13T19:00:00+02:00',
    '2026-06-13T19:00:00%2B0200',
    '2026-06-13T19:00:00%2B24:00',
    '1781377200',
    '%00',
    '2026-06-13T19:00:00Z%00',
    '2026-06-13T19:00:00Z%0A',
    '%D9%A2026-06-13T19:00:00Z',
  ])('refuses updatedSince=%s with an example of the right form', async (value) => {
    const { problem } = await refused(`${list}?updatedSince=${value}`, 400);
    expect(problem.errors).toHaveLength(1);
    expect(problem.errors?.[0]?.path).toBe('updatedSince');
    expect(problem.detail).toContain('2026-06-13T19:00:00Z');
    if (value.endsWith('+02:00')) expect(problem.detail).toContain('%2B');
  });

  it.each([
    'rubbish',
    '%00',
    '%FF%FE',
    'bmV3ZXN0IDEgMQ==',
    'bmV3ZXN0',
    'b2xkZXN0IDE3ODEzNzcyMDAwMDAgMg',
    'bmV3ZXN0IDk5OTk5OTk5OTk5OTk5OTkgMg',
    'a'.repeat(5_000),
    '%F0%9F%92%A9',
  ])('refuses a cursor that is not ours: %s', async (cursor) => {
    const { problem } = await refused(`${list}?cursor=${cursor}`, 400);
    expect(problem).toMatchObject({ code: 'INVALID', errors: [{ path: 'cursor' }] });
    expect(problem.detail).toContain('next');
  });

  it.each([
    ['updated_since=2026-06-13T19:00:00Z', 'updatedSince'],
    ['updatedsince=2026-06-13T19:00:00Z', 'updatedSince'],
    ['perPage=5', 'per_page'],
    ['perpage=5', 'per_page'],
    ['Page=2', 'page'],
    ['include_removed=true', 'includeRemoved'],
    ['serach=x', 'search'],
  ])('asks of %s: did you mean %s?', async (query, meant) => {
    const { problem } = await refused(`${list}?${query}`, 400);
    expect(problem.errors).toEqual([{ path: query.split('=')[0], message: `unknown parameter; did you mean ${meant}?` }]);
  });

  it('refuses what it cannot interpret: repeated, unknown, and booleans of other kinds, all faults at once', async () => {
    const { problem } = await refused(`${list}?page=1&page=2&banana=1&includeRemoved=yes&per_page=x&__proto__=1&constructor=1`, 400);
    expect(problem.errors?.map(({ path }) => path).toSorted()).toEqual([
      '__proto__',
      'banana',
      'constructor',
      'includeRemoved',
      'page',
      'per_page',
    ]);
  });

  it.each(['%00', 'a%00b', 'x'.repeat(201)])('refuses the search %s', async (search) => {
    expect((await refused(`${list}?search=${search}`, 400)).problem).toMatchObject({ errors: [{ path: 'search' }] });
  });

  it.each(['%', '%E0%A4%A', '%ED%A0%80', '%FF', '\\', '%5C', "'%3B--", '%F0%9F%8F%83', '&&&', '=', 'search', '%26search=x'])(
    'survives the query string search=%s',
    async (text) => {
      const { status } = await gateway.get(`${list}?search=${text}`, key);
      expect([200, 400]).toContain(status);
    },
  );
});

it.each([
  ['0000-01-01T00:00:00Z', 400],
  ['0001-01-01T00:00:00%2B23:59', 400],
  ['0001-01-01T00:00:00Z', 200],
  ['9999-12-31T23:59:59Z', 200],
  ['9999-12-31T23:59:59.999-23:59', 400],
])('at the edge of time, updatedSince=%s is %i', async (instant, status) => {
  expect((await gateway.get(`/api/workout-templates?updatedSince=${instant}`, key)).status).toBe(status);
});

it.each([
  ['oldest', '0'],
  ['oldest', '999999999999999'],
  ['newest', '0'],
  ['newest', '999999999999999'],
])('a cursor that somebody made up never gives 500: %s %s', async (order, stamp) => {
  const cursor = Buffer.from(`${order} ${stamp} 999999999`).toString('base64url');
  const since = order === 'oldest' ? '&updatedSince=2020-01-01T00:00:00Z' : '';
  expect((await gateway.get(`/api/workout-templates?cursor=${cursor}${since}`, key)).status).toBe(200);
});

it.each([
  ['/api/workout-templates?category=banana', 'category', ['EASY', 'LONG', 'OTHER']],
  ['/api/workout-templates?category=%00', 'category', ['EASY']],
  ['/api/training-plan-templates?goalDistance=banana', 'goalDistance', ['MILE', 'MARATHON', 'HUNDRED_MILE']],
])('%s is 400 and says what is allowed', async (path, name, allowed) => {
  const { problem } = await refused(path, 400);
  expect(problem.errors?.[0]?.path).toBe(name);
  for (const value of allowed) expect(problem.detail).toContain(value);
});

it.each(['/api/workout-templates?goalDistance=MILE', '/api/training-plan-templates?category=EASY', '/api/key?page=1'])(
  '%s is 400: the parameter belongs elsewhere',
  async (path) => {
    await refused(path, 400);
  },
);

describe('an id that leads nowhere', () => {
  const malformed = ['x', '1', crypto.randomUUID().slice(1), `${crypto.randomUUID()}0`, '{}', 'null', 'undefined', '%20', '%F0%9F%92%A9'];

  it.each(['workout', 'plan'])('gets the same 404 for every reason: %s', async (kind) => {
    const path = kind === 'workout' ? '/api/workout-templates' : '/api/training-plan-templates';
    const create = (input: object) => (kind === 'workout' ? createWorkout(gateway, input) : createPlan(gateway, [], input));
    const update = (id: string, input: object) => (kind === 'workout' ? updateWorkout(gateway, id, input) : updatePlan(gateway, id, input));
    const [isPrivate, archived, draft, left, deleted] = [
      await create({ visibility: 'PRIVATE' }),
      await create({ status: 'ARCHIVED' }),
      await create({ status: 'DRAFT' }),
      await create({}),
      await create({}),
    ].map(({ id }) => id) as [string, string, string, string, string];
    await update(left, { visibility: 'PRIVATE' });
    const field = kind === 'workout' ? 'deleteWorkoutTemplate' : 'deleteTrainingPlanTemplate';
    await gateway.graphql(`mutation ($id: ID!) { ${field}(id: $id) }`, { id: deleted });
    const answers = new Set<string>();
    for (const id of [crypto.randomUUID(), ...malformed, isPrivate, archived, draft, left, deleted]) {
      const { text, headers } = await refused(`${path}/${id}`, 404, key, { 'X-Request-Id': 'same' });
      const steady = [...headers].filter(([name]) => !name.includes('ratelimit'));
      answers.add(JSON.stringify([steady, text]));
    }
    expect([...answers]).toHaveLength(1);
  });
});
