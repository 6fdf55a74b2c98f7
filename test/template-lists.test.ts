import { describe, expect, it } from 'vitest';
import { publicUrl, startGateway } from './support/gateway.ts';
import { createPlan, createWorkout, updateWorkout, type WrittenTemplate } from './support/templates.ts';

const gateway = await startGateway();
const key = (await gateway.mintKey({ requestsPerMinute: 100_000 })).plaintext;

interface Page {
  data: (WrittenTemplate & { name: string })[];
  removed?: { id: string; version: number; updatedAt: string; reason: string }[];
  page: number;
  per_page: number;
  total: number;
  total_pages: number;
  next?: string;
}

async function read(path: string, init?: RequestInit) {
  const response = await gateway.get(path, key, init);
  expect(response.status).toBe(200);
  return { body: (await response.json()) as Page, headers: response.headers };
}

const newWord = () => `w${crypto.randomUUID().slice(0, 8)}`;

/** Templates whose names share one new word, oldest change first. */
async function createNamed(count: number, input: object = {}) {
  const word = newWord();
  const written: WrittenTemplate[] = [];
  for (let index = 0; index < count; index++) written.push(await createWorkout(gateway, { name: `${word} ${index}`, ...input }));
  return { word, written, ids: written.map(({ id }) => id) };
}

const idsOf = ({ data }: Page) => data.map(({ id }) => id);

describe('the body of a list', () => {
  it('has exactly the documented members, documents with nothing that is null', async () => {
    gateway.clock.now = new Date('2026-06-13T19:00:00.000Z');
    const name = newWord();
    const { id, updatedAt } = await createWorkout(gateway, {
      name,
      tags: ['hills'],
      blocks: [{ repeat: 2, steps: [{ kind: 'RUN', durationSeconds: 60, target: { type: 'PACE', min: 240 } }, { kind: 'REST' }] }],
    });
    const { body } = await read(`/api/workout-templates?search=${name}`);
    expect(body).toEqual({
      data: [
        {
          id,
          slug: name,
          name,
          category: 'EASY',
          tags: ['hills'],
          blocks: [
            {
              repeat: 2,
              steps: [{ kind: 'RUN', durationSeconds: 60, target: { type: 'PACE', min: 240, unit: 's/km' } }, { kind: 'REST' }],
            },
          ],
          version: 1,
          createdAt: '2026-06-13T19:00:00.000Z',
          updatedAt,
        },
      ],
      page: 1,
      per_page: 20,
      total: 1,
      total_pages: 1,
    });
    expect(Object.keys(body)).toEqual(['data', 'page', 'per_page', 'total', 'total_pages']);
    expect(updatedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('of plans names workouts by id', async () => {
    const workout = await createWorkout(gateway);
    const name = newWord();
    const plan = await createPlan(gateway, [workout.id], { name, goalDistance: 'MARATHON' });
    const { body } = await read(`/api/training-plan-templates?search=${name}`);
    expect(body.data).toMatchObject([
      {
        id: plan.id,
        goalDistance: 'MARATHON',
        durationWeeks: 1,
        weeks: [{ week: 1, days: [{ day: 1, sessions: [{ kind: 'RUN', workoutTemplateId: workout.id }] }] }],
      },
    ]);
  });

  it('with nothing in it has no pages and no next', async () => {
    const { body, headers } = await read(`/api/workout-templates?search=${newWord()}`);
    expect(body).toEqual({ data: [], page: 1, per_page: 20, total: 0, total_pages: 0 });
    expect(headers.get('link')).toBeNull();
  });

  it('beyond the last page is empty, with the totals as they are', async () => {
    const { word } = await createNamed(3);
    const { body } = await read(`/api/workout-templates?search=${word}&per_page=2&page=9`);
    expect(body).toEqual({ data: [], page: 9, per_page: 2, total: 3, total_pages: 2 });
  });
});

describe('the order', () => {
  it('is newest change first, and oldest change first with updatedSince', async () => {
    const { word, ids } = await createNamed(3);
    await updateWorkout(gateway, ids[0]!, { description: 'changed last' });
    const byChange = [ids[1], ids[2], ids[0]];
    expect(idsOf((await read(`/api/workout-templates?search=${word}`)).body)).toEqual(byChange.toReversed());
    expect(idsOf((await read(`/api/workout-templates?search=${word}&updatedSince=2020-01-01T00:00:00Z`)).body)).toEqual(byChange);
  });

  it('cuts updatedSince to milliseconds and understands offsets', async () => {
    const { word, written, ids } = await createNamed(2);
    const changedSince = async (updatedSince: string) =>
      idsOf((await read(`/api/workout-templates?search=${word}&updatedSince=${encodeURIComponent(updatedSince)}`)).body);
    const first = written[0]!.updatedAt;
    expect(await changedSince(first)).toEqual([ids[1]]);
    expect(await changedSince(first.replace('Z', '999Z'))).toEqual([ids[1]]);
    const inNepal = new Date(new Date(first).getTime() + 345 * 60_000).toISOString().replace('Z', '+05:45');
    expect(await changedSince(inNepal)).toEqual([ids[1]]);
    expect(await changedSince(first.toLowerCase())).toEqual([ids[1]]);
  });
});

describe('next', () => {
  it.each(['', '&updatedSince=2020-01-01T00%3A00%3A00.000Z'])(
    'leads through every page once and is absent at the end (%s)',
    async (more) => {
      const { word, ids } = await createNamed(5, { category: 'HILLS' });
      const expected = more ? ids : ids.toReversed();
      let path: string | undefined = `/api/workout-templates?search=${word}&category=hills&per_page=2${more}`;
      const seen: string[] = [];
      const pages: number[] = [];
      while (path) {
        const { body, headers } = await read(path);
        seen.push(...idsOf(body));
        pages.push(body.page);
        expect(body).toMatchObject({ per_page: 2, total: 5, total_pages: 3 });
        expect(headers.get('link')).toBe(body.next ? `<${body.next}>; rel="next"` : null);
        if (body.next) {
          const next = new URL(body.next);
          expect(next.origin).toBe(publicUrl);
          expect(next.pathname).toBe('/api/workout-templates');
          expect(Object.fromEntries(next.searchParams)).toEqual({
            search: word,
            category: 'HILLS',
            per_page: '2',
            cursor: expect.any(String),
            ...(more && { updatedSince: '2020-01-01T00:00:00.000Z' }),
          });
        }
        path = body.next?.slice(publicUrl.length);
      }
      expect(seen).toEqual(expected);
      expect(pages).toEqual([1, 2, 3]);
    },
  );

  it('loses nothing that was not there at first and repeats nothing that stayed', async () => {
    const { word, ids } = await createNamed(4);
    const first = (await read(`/api/workout-templates?search=${word}&per_page=2`)).body;
    await createWorkout(gateway, { name: `${word} newcomer` });
    const second = (await read(first.next!.slice(publicUrl.length))).body;
    expect([...idsOf(first), ...idsOf(second)]).toEqual(ids.toReversed());
  });

  it('is absolute from PUBLIC_URL, whatever the Host header says', async () => {
    const { word } = await createNamed(2);
    const response = await gateway.app.fetch(
      new Request(`http://evil.example/api/workout-templates?search=${word}&per_page=1`, {
        headers: { 'X-API-Key': key, 'X-Forwarded-Host': 'evil.example' },
      }),
    );
    expect(((await response.json()) as Page).next).toMatch(/^https:\/\/gateway\.example\/api\/workout-templates\?/);
  });

  it('keeps a query that needs encoding', async () => {
    const word = newWord();
    for (const index of [1, 2]) await createWorkout(gateway, { name: `${word} 100% & more + ${index} é` });
    const { body } = await read(`/api/workout-templates?search=${encodeURIComponent(`${word} 100% & + É`)}&per_page=1`);
    expect(body.total).toBe(2);
    expect((await read(body.next!.slice(publicUrl.length))).body).toMatchObject({ page: 2, total: 2, data: [{}] });
  });
});

describe('search', () => {
  const find = async (search: string) => (await read(`/api/workout-templates?search=${encodeURIComponent(search)}`)).body.data;

  it('looks in name, description and tags, in any letter case, for every word', async () => {
    const [inName, inDescription, inTag] = [newWord(), newWord(), newWord()];
    const { id } = await createWorkout(gateway, { name: `A ${inName} B`, description: `c ${inDescription}`, tags: ['x', inTag] });
    for (const search of [inName, inName.toUpperCase(), inDescription, inTag, ` ${inTag}  ${inName}\t${inDescription} `, inName.slice(2)]) {
      expect((await find(search)).map((found) => found.id)).toContain(id);
    }
    expect(await find(`${inName} ${newWord()}`)).toEqual([]);
  });

  it.each(['%', '_', '\\', '%%', '\\%', "'", '"', '(', '*', '?', '[a-z]'])('takes %s literally', async (character) => {
    const word = newWord();
    await createWorkout(gateway, { name: `${word}abc` });
    const { id } = await createWorkout(gateway, { name: `${word}${character}bc` });
    expect((await find(`${word}${character}bc`)).map((found) => found.id)).toEqual([id]);
  });

  it('takes white space alone for no search', async () => {
    const all = (await read('/api/workout-templates')).body.total;
    expect((await read('/api/workout-templates?search=%20%09')).body.total).toBe(all);
  });
});

describe('filters', () => {
  it.each(['hills', 'HILLS', 'HiLLs'])('know category=%s', async (category) => {
    const { word, ids } = await createNamed(1, { category: 'HILLS' });
    await createWorkout(gateway, { name: `${word} other` });
    expect(idsOf((await read(`/api/workout-templates?search=${word}&category=${category}`)).body)).toEqual(ids);
  });

  it.each(['ten_k', 'TEN_K', 'Ten_K'])('know goalDistance=%s', async (goalDistance) => {
    const name = newWord();
    await createPlan(gateway, [], { name });
    const plan = await createPlan(gateway, [], { name, goalDistance: 'TEN_K' });
    expect(idsOf((await read(`/api/training-plan-templates?search=${name}&goalDistance=${goalDistance}`)).body)).toEqual([plan.id]);
  });

  it('that are empty are as good as absent', async () => {
    const all = (await read('/api/workout-templates')).body.total;
    expect((await read('/api/workout-templates?search=&category=&updatedSince=&cursor=&page=&includeRemoved=')).body.total).toBe(all);
  });
});

describe('includeRemoved', () => {
  it('tells what left, why, and in which version, in one order with what is there', async () => {
    const since = (await createWorkout(gateway)).updatedAt;
    const { ids } = await createNamed(4);
    await updateWorkout(gateway, ids[0]!, { visibility: 'PRIVATE' });
    await updateWorkout(gateway, ids[1]!, { status: 'ARCHIVED' });
    await gateway.graphql('mutation ($id: ID!) { deleteWorkoutTemplate(id: $id) }', { id: ids[2] });
    const { body } = await read(`/api/workout-templates?updatedSince=${since}&includeRemoved=true`);
    expect(idsOf(body)).toEqual([ids[3]]);
    expect(body.removed).toEqual([
      { id: ids[0], version: 2, updatedAt: expect.any(String), reason: 'UNPUBLISHED' },
      { id: ids[1], version: 2, updatedAt: expect.any(String), reason: 'ARCHIVED' },
      { id: ids[2], version: 2, updatedAt: expect.any(String), reason: 'DELETED' },
    ]);
    expect(body.total).toBe(4);
    const page = (await read(`/api/workout-templates?updatedSince=${since}&includeRemoved=true&per_page=2`)).body;
    expect(page.data.length + page.removed!.length).toBe(2);
    expect(new URL(page.next!).searchParams.get('includeRemoved')).toBe('true');
  });
});
