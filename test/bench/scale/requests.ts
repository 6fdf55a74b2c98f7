/** Every documented request, and how it is asked of a gateway of some size. */
import type { Asked, Gateway } from './gateway.ts';

export interface Request {
  name: string;
  /** What the answer hangs on: a revision that can be moved, so that nothing of an earlier answer may be used again. */
  dependsOn: 'catalogue' | 'runner';
  /** The request of a round; rounds differ in whose template or runner they ask for. */
  ask(round: number): Asked;
}

const lists = [
  { kind: 'workouts', path: '/api/workout-templates', filter: 'category=TEMPO', table: 'WorkoutTemplate' },
  { kind: 'plans', path: '/api/training-plan-templates', filter: 'goalDistance=FIVE_K', table: 'TrainingPlanTemplate' },
];

const workoutFields =
  'total data { id name category tags version updatedAt blocks { repeat steps { kind durationSeconds target { type min max } } } }';
const planFields =
  'total data { id name goalDistance version updatedAt weeks { week days { day sessions { kind description distanceMeters } } } }';

/** @throws when the gateway cannot be asked for what the requests are made of. */
export async function requestsFor(gateway: Gateway): Promise<Request[]> {
  const ofLists = await Promise.all(lists.map((list) => listRequests(gateway, list)));
  return [
    ...ofLists.flat(),
    ...graphqlRequests(),
    { name: 'GET /api/key', dependsOn: 'catalogue', ask: () => ({ path: '/api/key' }) },
    ...contextRequests(gateway),
  ];
}

async function listRequests({ client, ask }: Gateway, { kind, path, filter, table }: (typeof lists)[number]): Promise<Request[]> {
  const { rows: templates } = await client.query<{ id: string; number: string }>(
    `SELECT "id", substring("slug" from '[0-9]+$') AS number FROM "${table}" WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE' ORDER BY md5("id"::text) LIMIT 50`,
  );
  const { rows: stamps } = await client.query<{ updatedAt: Date }>(
    `SELECT "updatedAt" FROM "${table}" WHERE "visibility" = 'PUBLIC' AND "status" = 'ACTIVE' ORDER BY "updatedAt" DESC LIMIT 11`,
  );
  const newest = stamps[0]?.updatedAt.toISOString();
  const tenBefore = stamps[10]?.updatedAt.toISOString();
  const first = JSON.parse((await ask({ path })).body) as { next: string; total_pages: number };
  const next = first.next.replace(/^https?:\/\/[^/]+/, '');
  const row = (round: number) => templates[round % templates.length];
  const of = (name: string, query: string): Request => ({
    name: `${kind}: ${name}`,
    dependsOn: 'catalogue',
    ask: () => ({ path: `${path}${query}` }),
  });
  return [
    of('list', ''),
    of('list of 100', '?per_page=100'),
    { name: `${kind}: by id`, dependsOn: 'catalogue', ask: (round) => ({ path: `${path}/${row(round)?.id}` }) },
    { name: `${kind}: next`, dependsOn: 'catalogue', ask: () => ({ path: next }) },
    of('poll, nothing new', `?updatedSince=${newest}`),
    of('poll, 10 new', `?updatedSince=${tenBefore}`),
    of('poll, 10 new, includeRemoved', `?updatedSince=${tenBefore}&includeRemoved=true`),
    of('first walk (updatedSince=2020)', '?updatedSince=2020-01-01T00:00:00Z'),
    of('includeRemoved', '?includeRemoved=true'),
    of('page 2', '?page=2'),
    of('last page', `?page=${first.total_pages}`),
    of('filter', `?${filter}`),
    // The number stands at the end of the name alone: one row, or the few whose number begins with it.
    { name: `${kind}: search, selective`, dependsOn: 'catalogue', ask: (round) => ({ path: `${path}?search=no${row(round)?.number}` }) },
    of('search, unselective', '?search=week'),
  ];
}

function graphqlRequests(): Request[] {
  const of = (name: string, query: string): Request => ({
    name: `GraphQL ${name}`,
    dependsOn: 'catalogue',
    ask: () => ({ path: '/graphql', query }),
  });
  return [
    of('workouts: list', `{ workoutTemplates { ${workoutFields} } }`),
    of('plans: list', `{ trainingPlanTemplates { ${planFields} } }`),
    of('workouts: filter', `{ workoutTemplates(category: TEMPO) { ${workoutFields} } }`),
    of('workouts: without total', `{ workoutTemplates { ${workoutFields.replace('total ', '')} } }`),
  ];
}

function contextRequests({ database: { contextTokens }, size }: Gateway): Request[] {
  // Each link may be read 600 times a minute.
  const base = (round: number) => `/api/runner-context/${contextTokens[round % contextTokens.length]}`;
  const of = (name: string, rest: string): Request => ({
    name: `context: ${name}`,
    dependsOn: 'runner',
    ask: (round) => ({ path: `${base(round)}${rest}` }),
  });
  const early = new Date(Date.now() - (size.years * 365 - 200) * 86_400_000).toISOString().slice(0, 10);
  return [
    of('markdown', ''),
    of('JSON', '?format=json'),
    of('detail=full', '?detail=full'),
    of('health, first page', '/health'),
    of('health, deep page', `/health?before=${early}`),
    of('runs, first page', '/runs'),
    of('runs, deep page', `/runs?before=${early}`),
    of('personal-bests', '/personal-bests'),
  ];
}
