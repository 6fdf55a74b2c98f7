/** A partner's client, generated from the document: compiled and run by the tests beside `api.d.ts`. */
import createClient from 'openapi-fetch';
import type { components, paths } from './api.d.ts';

type Workout = components['schemas']['WorkoutTemplate'];

/** One line for each workout, in the order of the list; the refusal's code when there is one. */
export async function listWorkouts(baseUrl: string, apiKey: string, send: typeof fetch): Promise<string[]> {
  const client = createClient<paths>({ baseUrl, headers: { 'X-API-Key': apiKey }, fetch: send });
  const { data, error } = await client.GET('/workout-templates', { params: { query: { per_page: 100, category: 'THRESHOLD' } } });
  if (error) return [error.code];
  const lines: string[] = [];
  for (const { id } of data.data) {
    const single = await client.GET('/workout-templates/{id}', { params: { path: { id } } });
    if (single.data) lines.push(lineOf(single.data));
  }
  return lines;
}

const lineOf = ({ name, category, version, blocks }: Workout) =>
  `${name}: ${category}, version ${version}, ${blocks.flatMap((block) => block.steps).length} steps`;
