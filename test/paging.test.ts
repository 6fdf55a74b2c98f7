/** Walks through the list while it changes, held against a model that is a plain map. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicUrl, startGateway } from './support/gateway.ts';
import { changeWorkoutRow, hideEverything, insertWorkoutRow, type Way, ways } from './support/template-rows.ts';

const gateway = await startGateway();
const { db } = gateway;
const { plaintext: key } = await gateway.mintKey({ requestsPerMinute: 1_000_000, requestsPerDay: 1_000_000 });

interface Row {
  id: string;
  version: number;
  updatedAt: string;
}
interface Page {
  data: Row[];
  removed?: Row[];
  total: number;
  next?: string;
}

async function get(query: Record<string, string> | string): Promise<Page> {
  const url = typeof query === 'string' ? query : `/api/workout-templates?${new URLSearchParams(query)}`;
  return (await gateway.get(url.replace(publicUrl, ''), key)).json() as Promise<Page>;
}

/** What happens between one page and the next: something is written, or the walk goes on. */
type Step = 'page' | 'insert' | { way: Way; row: number };
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<Step>('page') },
    { weight: 1, arbitrary: fc.constant<Step>('insert') },
    { weight: 4, arbitrary: fc.record({ way: fc.constantFrom(...ways), row: fc.nat(9) }) },
  ),
  { minLength: 6, maxLength: 20, size: 'max' },
);
const runs = { numRuns: 10 };

/** The catalogue of one run: what partners must know of it, id → version, and which rows were written. */
async function startCatalogue(size: number) {
  const since = (await hideEverything(db)).toISOString();
  const ids: string[] = [];
  const visible = new Map<string, number>();
  const touched = new Set<string>();
  const insert = async () => {
    const { id } = await insertWorkoutRow(db);
    ids.push(id);
    visible.set(id, 1);
    touched.add(id);
  };
  for (let count = 0; count < size; count++) await insert();
  return {
    since,
    visible,
    touched,
    async write(step: Exclude<Step, 'page'>) {
      const id = step === 'insert' ? undefined : ids[step.row % ids.length];
      if (step === 'insert' || !id) return insert();
      const { version, visibility, status } = await changeWorkoutRow(db, id, step.way);
      touched.add(id);
      if (visibility === 'PUBLIC' && status === 'ACTIVE') visible.set(id, version);
      else visible.delete(id);
    },
  };
}

/** Does to a copy what a page says; gives the stamps that were on it, in order. */
function apply(page: Page, copy: Map<string, number>): string[] {
  const removed = page.removed ?? [];
  for (const row of page.data) copy.set(row.id, row.version);
  for (const row of removed) copy.delete(row.id);
  return [...page.data, ...removed].map((row) => row.updatedAt).sort();
}

describe('walking by next', () => {
  it('from an instant on, gives a copy that is exact, whatever is written between the pages', async () => {
    const property = async (size: number, perPage: number, walk: Step[]) => {
      const catalogue = await startCatalogue(size);
      const copy = new Map<string, number>();
      let highest = catalogue.since;
      let next: string | undefined;
      const turnPage = async () => {
        const page = await get(next ?? { updatedSince: highest, includeRemoved: 'true', per_page: String(perPage) });
        const stamps = apply(page, copy);
        expect(stamps.length).toBeLessThanOrEqual(perPage);
        // Oldest change first: what is on a later page, or comes later, has a higher stamp than all before it.
        for (const stamp of stamps) expect(stamp > highest).toBe(true);
        highest = stamps.at(-1) ?? highest;
        next = page.next;
        return stamps.length;
      };
      for (const step of walk) await (step === 'page' ? turnPage() : catalogue.write(step));
      do await turnPage();
      while (next);
      expect(copy).toEqual(catalogue.visible);
      expect(await turnPage()).toBe(0);
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 3 }), steps, property), runs);
  });

  it('newest first, gives every template that did not change meanwhile exactly once, and a poll gives the rest', async () => {
    const property = async (size: number, perPage: number, walk: Step[]) => {
      const catalogue = await startCatalogue(size);
      const before = new Map(catalogue.visible);
      catalogue.touched.clear();
      const pages = [await get({ per_page: String(perPage) })];
      const turnPage = async () => {
        const next = pages.at(-1)?.next;
        if (next) pages.push(await get(next));
        return next !== undefined;
      };
      for (const step of walk) await (step === 'page' ? turnPage() : catalogue.write(step));
      while (await turnPage());

      const delivered = pages.flatMap((page) => page.data);
      const stamps = delivered.map((row) => row.updatedAt);
      expect(stamps).toEqual([...stamps].sort().reverse());
      expect(new Set(delivered.map((row) => row.id)).size).toBe(delivered.length);
      const copy = new Map(delivered.map((row) => [row.id, row.version]));
      const untouched = [...before].filter(([id]) => !catalogue.touched.has(id));
      expect([...copy]).toEqual(expect.arrayContaining(untouched));
      apply(await get({ updatedSince: stamps[0] ?? catalogue.since, includeRemoved: 'true', per_page: '100' }), copy);
      expect(copy).toEqual(catalogue.visible);
    };
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 3 }), steps, property), runs);
  });
});
