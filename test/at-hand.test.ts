/** What is sent again is what would be made anew: on two nodes that keep their answers, held against one that keeps none. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from './support/free-port.ts';
import { adminToken, publicUrl, secretKey, startGateway } from './support/gateway.ts';
import { nothingAtHand } from './support/nothing-at-hand.ts';
import { startServerProcess } from './support/processes.ts';
import { ask, createSharedRunner, everything, fullDocument, importRunner, linkOf, share } from './support/runners.ts';
import { countStatements } from './support/statements.ts';
import { changeWorkoutRow, insertWorkoutRow, type Way, ways } from './support/template-rows.ts';
import { createPlan, updatePlan } from './support/templates.ts';

const gateway = await startGateway();
const { db, database } = gateway;
const forgetful = await startGateway({ database, atHand: nothingAtHand });
forgetful.clock.now = gateway.clock.now;

type Fetch = (request: Request) => Promise<Response>;

/** The second node: a process of its own where the database can be shared with one. */
async function startOther(): Promise<Fetch> {
  if (!database.url) return (await startGateway({ database })).app.fetch;
  const port = await freePort();
  const environment = { DATABASE_URL: database.url, SECRET_KEY: secretKey, ADMIN_TOKEN: adminToken, PUBLIC_URL: publicUrl };
  const server = await startServerProcess(['serve'], { ...environment, PORT: `${port}`, LOG_LEVEL: 'warn' });
  afterAll(() => server.end());
  return (request) => fetch(new Request(request.url.replace(publicUrl, `http://127.0.0.1:${port}`), request));
}
const other = await startOther();

const limits = { requestsPerMinute: 1_000_000, requestsPerDay: 1_000_000 };
const everyScope = ['workout-templates:read', 'training-plan-templates:read'];
let key = await gateway.mintKey(limits);
const runner = await createSharedRunner(gateway, { ...fullDocument, username: 'runner-a' });
const workouts = await Promise.all(Array.from({ length: 6 }, () => insertWorkoutRow(db)));
const plan = await createPlan(gateway);
const since = workouts[2]?.updatedAt.toISOString() ?? '';

const lists = [
  '',
  '?per_page=2',
  '?category=easy',
  '?search=name',
  '?includeRemoved=true',
  `?updatedSince=${since}`,
  '?updatedSince=2100-01-01T00:00:00Z',
];
const questions: (() => Request)[] = [
  ...lists.map((query) => () => withKey(`/api/workout-templates${query}`)),
  ...workouts.slice(0, 2).map(
    ({ id }) =>
      () =>
        withKey(`/api/workout-templates/${id}`),
  ),
  () => withKey('/api/training-plan-templates'),
  () => withKey(`/api/training-plan-templates/${plan.id}`),
  () => withKey('/graphql', '{ workoutTemplates(per_page: 3) { total data { id name version blocks { repeat } } } }'),
  () => withKey('/graphql', '{ workoutTemplates { total } trainingPlanTemplates { total data { id name } } }'),
  ...['', '?format=json', '?detail=brief', '/health', '/runs', '/personal-bests'].map(
    (rest) => () => new Request(`${publicUrl}${runner.path}${rest}`),
  ),
];

function withKey(path: string, query?: string): Request {
  const headers = { 'X-API-Key': key.plaintext, 'Content-Type': 'application/json' };
  return new Request(
    `${publicUrl}${path}`,
    query === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify({ query }) },
  );
}

/** All of an answer that does not tell one request from the next. */
async function told(answering: Promise<Response>) {
  const { status, headers, ...answer } = await answering.then(async (response) => ({
    status: response.status,
    headers: response.headers,
    text: (await response.text())
      .replace(/("requestId":)"[^"]+"/g, '$1""')
      .replace(/(generated_at":"|[Gg]enerated (at )?)\d{4}-\d\d-\d\dT[\d:.]+Z/g, '$1'),
  }));
  const etag = headers.get('etag');
  // Yoga's executor writes root fields down as they are resolved; of GraphQL the order says nothing.
  const body: unknown = status === 200 && etag === null ? JSON.parse(answer.text) : answer.text;
  return { status, type: headers.get('content-type'), etag, link: headers.get('link'), body };
}

async function expectSame(question: () => Request) {
  const fresh = await told(forgetful.app.fetch(question()));
  expect(await told(gateway.app.fetch(question()))).toEqual(fresh);
  expect(await told(other(question()))).toEqual(fresh);
}

const mutate = (text: string, variables: object) => ask(gateway, text, variables);
let written = 0;

const writes = {
  insert: () => insertWorkoutRow(db),
  plan: () => updatePlan(gateway, plan.id, { name: `plan ${written}` }),
  scopes: (choice: number) =>
    mutate('mutation ($id: ID!, $input: UpdateApiKeyInput!) { updateApiKey(id: $id, input: $input) { id } }', {
      id: key.id,
      input: { scopes: everyScope.slice(0, 1 + (choice % 2)) },
    }),
  disable: () => mutate('mutation ($id: ID!) { disableApiKey(id: $id) { id } }', { id: key.id }),
  enable: () => mutate('mutation ($id: ID!) { enableApiKey(id: $id) { id } }', { id: key.id }),
  async revoke() {
    await mutate('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id: key.id });
    for (const question of questions.slice(0, 3)) await expectSame(question);
    key = await gateway.mintKey(limits);
  },
  run: () =>
    importRunner(gateway, {
      username: runner.username,
      runs: [
        { source: 'watch', externalId: `run-${written}`, startedOn: '2026-06-09', distanceMeters: 5_000 + written, movingSeconds: 1_500 },
      ],
    }),
  sharing: (choice: number) =>
    share(gateway, runner.id, {
      enabled: choice % 5 !== 0,
      health: choice % 2 === 0,
      training: choice % 3 !== 0,
      profile: choice % 4 !== 0,
    }),
  exclude: (choice: number) =>
    mutate('mutation ($id: ID!, $input: SaveHealthConnectionInput!) { saveHealthConnection(runnerId: $id, input: $input) { id } }', {
      id: runner.id,
      input: { name: 'health-ring', excluded: choice % 2 === 0 },
    }),
  async rotate() {
    await mutate('mutation ($id: ID!) { rotateContextToken(runnerId: $id) { url } }', { id: runner.id });
    for (const question of questions.slice(-2)) await expectSame(question);
    Object.assign(runner, await linkOf(gateway, runner.id));
  },
};

type Step = { read: number } | { write: keyof typeof writes; choice: number } | { way: Way; row: number };
const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ read: fc.nat(questions.length - 1) }) },
    { weight: 3, arbitrary: fc.record({ way: fc.constantFrom(...ways), row: fc.nat(workouts.length - 1) }) },
    {
      weight: 3,
      arbitrary: fc.record({ write: fc.constantFrom(...(Object.keys(writes) as (keyof typeof writes)[])), choice: fc.nat(60) }),
    },
  ),
  { minLength: 15, maxLength: 20, size: 'max' },
);

/** What was asked of the database; usage that is written down meanwhile is not of the request. */
async function countReads<T>(work: () => Promise<T>) {
  const { statements, result } = await countStatements(work);
  return { result, reads: statements.filter((text) => text.trimStart().startsWith('SELECT')) };
}

async function take(step: Step): Promise<void> {
  written += 1;
  if ('read' in step) await expectSame(questions[step.read] ?? (() => withKey('/api/key')));
  else if ('way' in step) await changeWorkoutRow(db, workouts[step.row]?.id ?? '', step.way);
  else await writes[step.write](step.choice);
}

describe('an answer that is at hand', () => {
  it('is sent only while it is the answer, whatever is written, hidden, shared, revoked and rotated', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence: Step[]) => {
        for (const step of sequence) await take(step);
        await writes.enable();
      }),
      { numRuns: 3 },
    );
    for (const question of questions) await expectSame(question);
  });

  it.each(Object.keys(writes) as (keyof typeof writes)[])(
    'is not sent any more once it is not the answer: %s',
    { timeout: 60_000 },
    async (write) => {
      await share(gateway, runner.id, everything);
      for (const choice of [1, 2]) {
        for (const question of questions) await expectSame(question);
        await take({ write, choice });
        for (const question of questions) await expectSame(question);
      }
      await writes.enable();
    },
  );

  it('costs one statement, the one that authenticates', async () => {
    for (const question of questions.filter((_, index) => index < lists.length)) {
      await gateway.app.fetch(question());
      const { reads, result } = await countReads(() => gateway.app.fetch(question()));
      expect(result.status).toBe(200);
      expect(reads).toHaveLength(1);
      expect(reads[0]).toContain('"ApiKey"');
      const etag = result.headers.get('etag') ?? '';
      const again = new Request(question(), { headers: { 'X-API-Key': key.plaintext, 'If-None-Match': etag } });
      const unchanged = await countReads(() => gateway.app.fetch(again));
      expect([unchanged.result.status, unchanged.reads.length]).toEqual([304, 1]);
    }
  });

  it('is the same for polls from any instant beyond the newest change', async () => {
    await insertWorkoutRow(db);
    const poll = (instant: string) => told(gateway.app.fetch(withKey(`/api/workout-templates?updatedSince=${instant}`)));
    const { workoutTemplatesAt } = await db.syncClock.findUniqueOrThrow({ where: { id: 1 } });
    const atNewest = await poll(workoutTemplatesAt.toISOString());
    expect(JSON.parse(String(atNewest.body))).toEqual({ data: [], page: 1, per_page: 20, total: 0, total_pages: 0 });
    const { reads, result } = await countReads(() => poll('2099-12-31T23:59:59Z'));
    expect(result).toEqual(atNewest);
    expect(reads).toHaveLength(1);
    const before = await poll(new Date(workoutTemplatesAt.getTime() - 1).toISOString());
    expect(JSON.parse(String(before.body))).toMatchObject({ total: 1 });
  });

  it('belongs to the runner’s day: after their midnight it is another', async () => {
    const question = () => new Request(`${publicUrl}${runner.path}`);
    await share(gateway, runner.id, { enabled: true, training: true });
    const today = await told(gateway.app.fetch(question()));
    const { now } = gateway.clock;
    gateway.clock.now = new Date(now.getTime() + 24 * 3_600_000);
    const tomorrow = await told(gateway.app.fetch(question()));
    gateway.clock.now = now;
    expect(tomorrow.etag).not.toBe(today.etag);
    expect((await told(gateway.app.fetch(question()))).etag).toBe(today.etag);
  });

  it('of a runner who is deleted is gone from memory before the deletion is answered', async () => {
    const leaving = await createSharedRunner(gateway, { ...fullDocument, username: 'runner-b' });
    const { atHand } = gateway.parts.gate.base;
    const before = atHand.load().entries;
    await gateway.get(leaving.path);
    await gateway.get(`${leaving.path}/health`);
    expect(atHand.load().entries).toBe(before + 2);
    await mutate('mutation ($id: ID!) { deleteRunner(id: $id) }', { id: leaving.id });
    expect(atHand.load().entries).toBe(before);
    expect((await gateway.get(leaving.path)).status).toBe(404);
  });
});
