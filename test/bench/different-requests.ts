/** Requests of which hardly two are alike, drawn by number: whoever asks for the same number gets the same request. */
import type { WireRequest } from './load-plan.ts';

const categories = 'EASY LONG RECOVERY TEMPO THRESHOLD INTERVAL REPETITION HILLS FARTLEK PROGRESSION RACE_PACE'.split(' ');
const longAgoMs = Date.UTC(2015, 0, 1);
const tenYearsMs = 10 * 365 * 86_400_000;

/** Numbers from 0 to 1 (mulberry32): fast, and the same on every machine. */
export function randomNumbers(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A query for a list: by time, by words, by category, of any page size up to 40; more than 10^9 of them. */
function differentListQuery(number: number, words: readonly string[]): Record<string, string | number> {
  const random = randomNumbers(number);
  const below = (count: number) => Math.floor(random() * count);
  const word = () => words[below(words.length)] ?? 'run';
  const size = { page: 1 + below(3), per_page: 1 + below(40) };
  const since = { updatedSince: new Date(longAgoMs + below(tenYearsMs)).toISOString() };
  const kind = random();
  if (kind < 0.4) return { ...since, ...size };
  if (kind < 0.6) return { search: `${word()} ${word()}`, ...size, ...since };
  if (kind < 0.8) return { search: word(), ...since, per_page: size.per_page };
  return { category: categories[below(categories.length)] ?? 'EASY', ...since, ...size };
}

export function differentList(number: number, headers: Record<string, string>, words: readonly string[]): WireRequest {
  const given = Object.entries(differentListQuery(number, words));
  const query = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  return { path: `/api/workout-templates?${query}`, headers };
}

/** A page with its total, every field of a workout that both sides have, blocks and steps. */
const workoutFields =
  'id slug name description category level language tags version createdAt updatedAt blocks { name repeat steps { kind durationSeconds distanceMeters notes target { type min max unit reference } } }';

export const graphqlList = `query List($search: String, $category: WorkoutCategory, $updatedSince: DateTime, $page: Int = 1, $per_page: Int = 20) {
  workoutTemplates(search: $search, category: $category, updatedSince: $updatedSince, page: $page, per_page: $per_page) { total data { ${workoutFields} } }
}`;

export function graphqlRequest(query: string, variables: object, headers: Record<string, string>): WireRequest {
  return {
    method: 'POST',
    path: '/graphql',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  };
}

/** One text, other variables each time: what a client library sends. */
export const differentGraphqlVariables = (number: number, headers: Record<string, string>, words: readonly string[]): WireRequest =>
  graphqlRequest(graphqlList, differentListQuery(number, words), headers);

/** Another text each time, its arguments written into it: what people send who write queries by hand. */
export function differentGraphqlText(number: number, headers: Record<string, string>, words: readonly string[]): WireRequest {
  const given = Object.entries(differentListQuery(number, words));
  const args = given.map(([name, value]) => `${name}: ${name === 'category' ? value : JSON.stringify(value)}`).join(', ');
  return graphqlRequest(`{ workoutTemplates(${args}) { total data { ${workoutFields} } } }`, {}, headers);
}
