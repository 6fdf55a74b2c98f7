import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createPlan, createWorkout, updatePlan, updateWorkout, type WrittenTemplate } from './support/templates.ts';

const gateway = await startGateway();
const key = (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext;

interface Page {
  data: WrittenTemplate[];
  page: number;
  per_page: number;
  total: number;
}

/** Both kinds keep the same promises. */
const kinds = [
  {
    path: '/api/workout-templates',
    create: (input: object) => createWorkout(gateway, input),
    update: (id: string, input: object) => updateWorkout(gateway, id, input),
    remove: 'mutation ($id: ID!) { deleteWorkoutTemplate(id: $id) }',
  },
  {
    path: '/api/training-plan-templates',
    create: (input: object) => createPlan(gateway, [], input),
    update: (id: string, input: object) => updatePlan(gateway, id, input),
    remove: 'mutation ($id: ID!) { deleteTrainingPlanTemplate(id: $id) }',
  },
];

const read = async <T = Page>(path: string, apiKey = key) => {
  const response = await gateway.get(path, apiKey);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
};

/** A word that no other test's templates contain. */
const newWord = () => `w${crypto.randomUUID().slice(0, 8)}`;

describe('authentication', () => {
  it.each(['LIVE', 'TEST'])('lets in a key of the documented form, %s', async (environment) => {
    const { plaintext } = await gateway.mintKey({ environment });
    expect(plaintext).toMatch(environment === 'LIVE' ? /^sr_live_[^_]+_[^_]+$/ : /^sr_test_[^_]+_[^_]+$/);
    for (const { path } of kinds) await read(path, plaintext);
  });

  it.each(kinds)('refuses $path without the header X-API-Key, list and document alike', async ({ path, create }) => {
    const { id } = await create({});
    expect((await gateway.get(path)).status).toBe(401);
    expect((await gateway.get(`${path}/${id}`)).status).toBe(401);
  });

  it('refuses the very next request after the key is revoked', async () => {
    const { plaintext, id } = await gateway.mintKey();
    await read('/api/workout-templates', plaintext);
    await gateway.graphql('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id });
    expect((await gateway.get('/api/workout-templates', plaintext)).status).toBe(401);
  });
});

describe.each(kinds)('$path', ({ path, create, update, remove }) => {
  it('lists templates and fetches a single one, the same document both ways', async () => {
    const name = newWord();
    const { id } = await create({ name });
    const list = await read(`${path}?search=${name}`);
    expect(list.data).toHaveLength(1);
    expect(await read<WrittenTemplate>(`${path}/${id}`)).toEqual(list.data[0]);
    expect(list.data[0]).toMatchObject({ id, name });
  });

  it('answers the documented example', async () => {
    for (let index = 0; index < 6; index++) await create({});
    const page = await read(`${path}?per_page=5`);
    expect(page.data).toHaveLength(5);
    expect(page.per_page).toBe(5);
  });

  it.each([
    ['0', 1],
    ['-5', 1],
    ['-99999999999999999999', 1],
    ['1', 1],
    ['007', 7],
    ['100', 100],
    ['101', 100],
    ['1000', 100],
    ['99999999999', 100],
    ['', 20],
  ])('clamps per_page=%s to %i', async (given, clamped) => {
    expect((await read(`${path}?per_page=${given}`)).per_page).toBe(clamped);
  });

  it.each([
    ['0', 1],
    ['-3', 1],
    ['-99999999999', 1],
    ['2', 2],
    ['99999999999', 2_147_483_647],
  ])('takes page=%s for page %i', async (given, page) => {
    expect((await read(`${path}?page=${given}`)).page).toBe(page);
  });

  it('gives every template a version that starts at 1 and rises by 1 with every real change', async () => {
    const { id, updatedAt } = await create({ description: 'first' });
    const versionOf = async () => (await read<WrittenTemplate>(`${path}/${id}`)).version;
    expect(await versionOf()).toBe(1);
    await update(id, { description: 'second' });
    expect(await versionOf()).toBe(2);
    await update(id, { description: 'second' });
    await update(id, {});
    expect(await versionOf()).toBe(2);
    await update(id, { description: null });
    const after = await read<WrittenTemplate & { description?: string }>(`${path}/${id}`);
    expect(after).toMatchObject({ version: 3 });
    expect(after).not.toHaveProperty('description');
    expect(after.updatedAt > updatedAt).toBe(true);
  });

  it('gives only what changed to whoever passes the highest updatedAt back as updatedSince', async () => {
    const [first, second] = [await create({}), await create({})];
    const all = await read(`${path}?per_page=100`);
    const highest = all.data
      .map((template) => template.updatedAt)
      .sort()
      .at(-1);
    expect(highest).toBe(second.updatedAt);
    expect((await read(`${path}?updatedSince=${highest}`)).data).toEqual([]);
    await update(first.id, { description: 'now different' });
    const third = await create({});
    const poll = await read(`${path}?updatedSince=${highest}`);
    expect(poll.data.map(({ id, version }) => [id, version])).toEqual([
      [first.id, 2],
      [third.id, 1],
    ]);
    expect(poll.total).toBe(2);
    expect((await read(`${path}?updatedSince=${poll.data.at(-1)?.updatedAt}`)).data).toEqual([]);
  });

  it.each([
    { visibility: 'PRIVATE', status: 'ACTIVE' },
    { visibility: 'PUBLIC', status: 'DRAFT' },
    { visibility: 'PUBLIC', status: 'ARCHIVED' },
    { visibility: 'PRIVATE', status: 'DRAFT' },
  ])('hides what is not both public and active: %o', async (state) => {
    const name = newWord();
    const { id } = await create({ name, ...state });
    expect((await read(`${path}?search=${name}`)).total).toBe(0);
    expect((await gateway.get(`${path}/${id}`, key)).status).toBe(404);
    await update(id, { visibility: 'PUBLIC', status: 'ACTIVE' });
    expect((await read(`${path}?search=${name}`)).total).toBe(1);
    await update(id, state);
    expect((await read(`${path}?search=${name}`)).total).toBe(0);
    expect((await gateway.get(`${path}/${id}`, key)).status).toBe(404);
  });

  it('hides what was deleted', async () => {
    const { id } = await create({});
    await gateway.graphql(remove, { id });
    expect((await gateway.get(`${path}/${id}`, key)).status).toBe(404);
  });
});

it('tells nobody of visibility, status or author', async () => {
  const { id } = await createWorkout(gateway);
  const document = await read<object>(`/api/workout-templates/${id}`);
  for (const internal of ['visibility', 'status', 'authorId', 'removedVersion', 'searchText'])
    expect(document).not.toHaveProperty(internal);
});

it('serves the machine-readable contract and the interactive one without a key', async () => {
  for (const path of ['/api/openapi.json', '/api/docs']) expect((await gateway.get(path)).status).toBe(200);
});
