/** What is asked of a release: every documented path, with every parameter, and what it refuses. */

export interface KnownIds {
  workout: string;
  plan: string;
  removedWorkout: string;
  /** A stamp in the middle of the catalogue. */
  stamp: string;
  cursor: string;
  plansCursor: string;
  token: string;
}

export type KeyName = 'live' | 'test' | 'revoked' | 'deprecated' | null;

export function requestsOf({
  workout,
  plan,
  removedWorkout,
  stamp,
  cursor,
  plansCursor,
  token,
}: KnownIds): [request: string, key: KeyName][] {
  const context = `/api/runner-context/${token}`;
  const workouts = '/api/workout-templates';
  const plans = '/api/training-plan-templates';
  return [
    ...[
      workouts,
      `${workouts}?per_page=3&page=2`,
      `${workouts}?search=tempo`,
      `${workouts}?category=easy`,
      `${workouts}?updatedSince=${stamp}&includeRemoved=true&per_page=100`,
      `${workouts}?per_page=3&cursor=${cursor}`,
      `${workouts}/${workout}`,
      `${workouts}/${removedWorkout}`,
      `${workouts}?category=banana`,
      `${workouts}?updated_since=${stamp}`,
      plans,
      `${plans}?per_page=1&page=2`,
      `${plans}?search=base&goalDistance=five_k`,
      `${plans}?updatedSince=${stamp}&includeRemoved=true`,
      `${plans}?per_page=1&cursor=${plansCursor}`,
      `${plans}/${plan}`,
      '/api/key',
    ].map((request): [string, KeyName] => [request, 'live']),
    ['/api/key', 'test'],
    ['/api/key', 'deprecated'],
    ['/api/key', 'revoked'],
    ['/api/key', null],
    ...[
      context,
      `${context}?format=json`,
      `${context}.json`,
      `${context}?detail=brief&links=none`,
      `${context}?sections=training,profile&max_chars=3000`,
      `${context}/health?limit=7&format=markdown`,
      `${context}/health?limit=3&links=path`,
      `${context}/health.md`,
      `${context}/health?before=2026-02-30`,
      `${context}/runs?limit=5`,
      `${context}/runs?limit=2&before=2026-11-01&links=none`,
      `${context}/personal-bests`,
      `/api/runner-context/${'A'.repeat(43)}`,
    ].map((request): [string, KeyName] => [request, null]),
  ];
}
