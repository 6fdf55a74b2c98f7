/** Every door that a database stands behind, asked through any gateway, and what it says while there is none. */
import { expect } from 'vitest';

/** Sends a request to a gateway, wherever it is. */
export type Send = (path: string, init?: RequestInit) => Promise<Response>;

/** What the doors are shown. */
export interface Shown {
  apiKey: string;
  /** Headers of three kinds of session. */
  operator: Record<string, string>;
  runner: Record<string, string>;
  coach: Record<string, string>;
  signInCode: string;
  /** The path of a runner's context. */
  contextPath: string;
  workoutId: string;
  planId: string;
}

export type Doors = Record<string, () => Promise<Response>>;

const json = { 'Content-Type': 'application/json' };
const mcpTypes = { ...json, Accept: 'application/json, text/event-stream' };
const newWorkout =
  'mutation { createWorkoutTemplate(input: { name: "Any", category: EASY, blocks: [{ steps: [{ kind: RUN, durationSeconds: 60 }] }] }) { id } }';

/** Doors that only read: each is 200 while the database is well. */
export function readingDoors(send: Send, shown: Shown): Doors {
  const { apiKey, operator, runner, coach, contextPath, workoutId, planId } = shown;
  const read = (path: string) => () => send(path, { headers: { 'X-API-Key': apiKey } });
  const context = (path: string) => () => send(`${contextPath}${path}`);
  const ask = graphql(send);
  return {
    'workout templates': read('/api/workout-templates'),
    'workout templates that changed': read('/api/workout-templates?updatedSince=2020-01-01T00:00:00Z'),
    // What was answered before may be at hand, and takes no more than the key's own statement.
    'workout templates never asked for': () =>
      send(`/api/workout-templates?search=${crypto.randomUUID()}`, { headers: { 'X-API-Key': apiKey } }),
    'plan templates': read('/api/training-plan-templates'),
    'a workout template': read(`/api/workout-templates/${workoutId}`),
    'a plan template': read(`/api/training-plan-templates/${planId}`),
    'the own key': read('/api/key'),
    'a context': context(''),
    'a context as JSON': context('?format=json'),
    'days of health': context('/health'),
    runs: context('/runs'),
    'personal bests': context('/personal-bests'),
    'GraphQL of a partner': ask('{ workoutTemplates { total } }', { 'X-API-Key': apiKey }),
    'GraphQL of an operator': ask('{ partners { edges { node { id } } } }', operator),
    'GraphQL of a runner': ask('{ runner { id runs { edges { node { id } } } } }', runner),
    'GraphQL of a coach': ask('{ allWorkoutTemplates { edges { node { id } } } }', coach),
    'a message to MCP': () =>
      send(`${contextPath}/mcp`, { method: 'POST', headers: mcpTypes, body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' }),
  };
}

/** Doors that change something. */
export function writingDoors(send: Send, { operator, coach, signInCode }: Shown): Doors {
  const ask = graphql(send);
  const session = { ...json, Authorization: `Bearer ${signInCode}` };
  return {
    // A name that is taken would be refused, which is another matter.
    'a new partner': () => ask(`mutation { createPartner(input: { name: "partner-${crypto.randomUUID()}" }) { id } }`, operator)(),
    'a new workout': ask(newWorkout, coach),
    'an import': ask('mutation { importRunner(input: { username: "runner-b" }) { counts { noun } } }', operator),
    'signing in': () => send('/session', { method: 'POST', headers: session, body: '{}' }),
  };
}

function graphql(send: Send) {
  return (query: string, headers: Record<string, string>) => () =>
    send('/graphql', { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify({ query }) });
}

/** Milliseconds. Time is counted in ticks, of which a process on a busy machine has fewer: what it lacks is not the gateway's waiting. */
const tickMs = 100;

/** The promise: 1.5 s. */
const answeredWithinTicks = 15;

/** Asks all doors at once and expects the one answer of each that is allowed without a database. */
export async function expectUnavailable(doors: Doors): Promise<void> {
  let ticks = 0;
  const timer = setInterval(() => ticks++, tickMs);
  const answers = await Promise.all(
    Object.entries(doors).map(async ([door, ask]) => {
      const response = await ask();
      const body = await response.text();
      return { door, response, body };
    }),
  );
  clearInterval(timer);
  const said = answers.map(({ door, response, body }) => ({
    door,
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    code: codeOf(body),
    leaks: /prisma|postgres|127\.0\.0\.1|ECONN|timeout/i.exec(body)?.[0],
  }));
  expect(said).toEqual(answers.map(({ door }) => ({ door, status: 503, retryAfter: '2', code: 'UNAVAILABLE', leaks: undefined })));
  expect(ticks, 'until the slowest of the answers').toBeLessThanOrEqual(answeredWithinTicks);
}

/** In a problem, in a GraphQL error and in a JSON-RPC error. */
function codeOf(body: string): string | undefined {
  const { code, errors, error } = JSON.parse(body) as {
    code?: string;
    errors?: { extensions: { code: string } }[];
    error?: { data: { code: string } };
  };
  return code ?? errors?.[0]?.extensions.code ?? error?.data.code;
}

/** How often a door may be asked again: a machine that is busy enough lets a statement run out of time by itself. */
const attemptsMax = 5;

/** Asks one door after the other and expects that each is well. */
export async function expectWell(doors: Doors): Promise<void> {
  for (const [door, ask] of Object.entries(doors)) {
    let { status } = await ask();
    for (let attempt = 1; status === 503 && attempt < attemptsMax; attempt++) ({ status } = await ask());
    expect([door, status]).toEqual([door, 200]);
  }
}
