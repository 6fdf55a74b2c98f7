import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner, fullDocument, sentinels } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');
const get = (path: string) => gateway.get(path);

const dayAgo = (days: number) => new Date(gateway.clock.now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
const runner = await createSharedRunner(gateway, {
  ...fullDocument,
  runs: [
    ...fullDocument.runs,
    ...Array.from({ length: 320 }, (_, index) => ({
      source: 'training-watch',
      sport: 'RUN',
      startedOn: dayAgo(index * 2 + 10),
      name: `training-run 🏃 ${index}`,
      distanceMeters: 8_000 + index,
      movingSeconds: 2_500,
    })),
  ],
  dailyMetrics: [
    ...fullDocument.dailyMetrics,
    ...Array.from({ length: 200 }, (_, index) => ({ date: dayAgo(index + 5), source: 'health-ring', restingHeartRate: 48, hrv: 60 })),
  ],
});

/** The document, after what holds for every one of them: the length it states is its own, and so says the header. */
async function document(query: string, path = runner.path): Promise<string> {
  const response = await get(`${path}${query}`);
  const text = await response.text();
  const characters = Array.from(text).length;
  expect(text).toContain(` · length: ${characters} characters, about ${Math.ceil(characters / 4)} tokens (characters / 4) · `);
  expect(response.headers.get('x-context-characters')).toBe(String(characters));
  const parameters = `format=json${query ? `&${query.slice(1)}` : ''}`;
  const json = await get(`${path}?${parameters}`);
  expect(json.headers.get('x-context-characters')).toBe(String(characters));
  expect(((await json.json()) as { context_markdown: string }).context_markdown).toBe(text);
  return text;
}

const longerSaid = /Longer than (\d+) characters all the same: what is left is never cut\./;

describe('the length of a document', () => {
  it('is stated exactly, and kept to or said not to be, whatever is asked for', async () => {
    const sections = fc.subarray(['profile', 'training', 'health', 'labs']);
    const asked = fc.record({
      sections,
      detail: fc.constantFrom('brief', 'standard', 'full'),
      max_chars: fc.option(fc.integer({ min: 2_000, max: 40_000 }), { nil: undefined }),
      links: fc.constantFrom('query', 'path', 'none'),
    });
    await fc.assert(
      fc.asyncProperty(asked, async (options) => {
        const given = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${String(value)}`]));
        const text = await document(`?${given.join('&')}`);
        const allowed = { brief: 5_000, standard: 16_000, full: 100_000 }[options.detail];
        const lengthMax = Math.min(allowed, options.max_chars ?? allowed);
        if (Array.from(text).length > lengthMax) expect(longerSaid.exec(text)?.[1]).toBe(String(lengthMax));
        else expect(text).not.toMatch(longerSaid);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['max_chars=1', 2_000],
    ['max_chars=-5', 2_000],
    ['max_chars=3000', 3_000],
    ['max_chars=8000', 8_000],
    ['max_chars=99999999999999999999', 16_000],
    ['max_chars=abc', 16_000],
    ['max_chars=', 16_000],
    ['max_chars=5.5', 16_000],
    ['detail=brief&max_chars=8000', 5_000],
  ])('with %s is at most %i, and near it where there is enough to tell', async (query, lengthMax) => {
    const text = await document(`?sections=training&${query}`);
    const { length } = Array.from(text);
    expect(length).toBeLessThanOrEqual(lengthMax);
    if (lengthMax <= 3_000) expect(length).toBeGreaterThan(lengthMax * 0.6);
  });

  it('gives up the oldest runs, weeks and days first, and says how many and where they are', async () => {
    const text = await document('?max_chars=6000');
    expect(text).toMatch(/Left out to keep this text short: \d+ older runs|This is the brief form\. In the whole document, linked above/);
    for (const lasting of ['training-race', 'training-goal', '3:17:41', 'labs-ferritin', 'labs-crp', 'labs-antibodies'])
      expect(text).toContain(lasting);
    const shorter = await document('?max_chars=2000');
    for (const lasting of ['training-race', 'training-goal', '3:17:41', 'labs-ferritin']) expect(shorter).toContain(lasting);
    expect(shorter).toMatch(longerSaid);
  });
});

describe('the detail', () => {
  it('is brief, standard or full, each longer than the one before and the standard what it always was', async () => {
    const [brief, standard, full] = [await document('?detail=brief'), await document(''), await document('?detail=full')];
    expect(brief.length).toBeLessThan(5_001);
    expect(standard.length).toBeGreaterThan(brief.length * 1.5);
    expect(full.length).toBeGreaterThan(standard.length * 1.5);
    for (const other of ['?detail=standard', '?detail=', '?detail=rubbish', '?sections=', '?sections=,', '?max_chars=16000'])
      expect(await document(other)).toBe(standard);
    expect(await document('?detail=FULL')).toBe(full);
    expect(standard).not.toContain('detail:');
  });

  it('changes how much the lists of the JSON hold', async () => {
    const sizes = async (detail: string) => {
      const { training, health } = (await (await get(`${runner.path}?format=json&detail=${detail}`)).json()) as {
        training: { recent_runs: object[]; weekly_volume: object[] };
        health: { recent: object[] };
      };
      return [training.recent_runs.length, training.weekly_volume.length, health.recent.length];
    };
    expect(await sizes('brief')).toEqual([5, 4, 5]);
    expect(await sizes('standard')).toEqual([20, 12, 14]);
    expect(await sizes('full')).toEqual([300, 93, 90]);
  });

  it('full tells what standard leaves out, and where the rest is', async () => {
    const full = await document('?detail=full&sections=training,health');
    expect(full).toContain('The 300 newest of 322 runs held');
    expect(full).toContain('`training-run 🏃 250`');
    expect(full).toContain('The 90 newest of 201 days held');
    expect(full).toMatch(/The full daily history .*\/health\.md\n/);
  });
});

const sections = ['profile', 'training', 'health', 'labs'] as const;
const sharer = await createSharedRunner(gateway, fullDocument);

describe('the sections that are asked for', () => {
  it.each(sections)('hold nothing of the others: %s', async (section) => {
    for (const query of [
      `?sections=${section}`,
      `?sections=${section.toUpperCase()},rubbish&detail=full`,
      `?detail=brief&sections=%20${section}`,
    ]) {
      const text = await document(query, sharer.path);
      const json = await (await get(`${sharer.path}?format=json&${query.slice(1)}`)).text();
      for (const other of sections) {
        const found = sentinels[other].filter((sentinel) => text.includes(sentinel) || json.includes(sentinel));
        if (other === section) expect(found.length).toBeGreaterThan(0);
        else expect(found).toEqual([]);
      }
      expect(text).toContain(` · sections asked for: ${section} · scopes on: profile, training, health, labs · not shared: none\n`);
    }
  });

  it('are none when only names are given that no section has: nobody gets more than they asked for by a slip', async () => {
    const text = await document('?sections=helth');
    expect(text).toContain(' · sections asked for: none that exists · ');
    expect(text).not.toMatch(/^## (Runner Profile|Training|Recent Health|Labs)$/m);
    const json = (await (await get(`${runner.path}?format=json&sections=helth`)).json()) as object;
    expect(Object.keys(json).toSorted()).toEqual(['context_markdown', 'generated_at', 'runner', 'scopes', 'source']);
  });

  it('are never more than the runner shares', async () => {
    const closed = await createSharedRunner(gateway, fullDocument, { enabled: true, health: false, labs: false });
    const text = await document('?sections=health,training&detail=full', closed.path);
    expect(text).toContain('not shared: health, labs');
    for (const hidden of [...sentinels.health, ...sentinels.labs, ...sentinels.profile]) expect(text).not.toContain(hidden);
    expect(text).toContain('training-run');
  });

  it('are what is counted as read', async () => {
    const owner = await createSharedRunner(gateway, fullDocument);
    await get(`${owner.path}/sections/labs.md`);
    await get(`${owner.path}?sections=profile,health`);
    await get(`${owner.path}?sections=rubbish`);
    await gateway.flushReads();
    const link = await gateway.db.contextLink.findFirstOrThrow({ where: { runnerId: owner.id } });
    const reads = await gateway.db.contextRead.findMany({ where: { linkId: link.id } });
    expect(reads.map(({ section }) => section).toSorted()).toEqual(['health', 'labs', 'none', 'profile']);
  });
});
