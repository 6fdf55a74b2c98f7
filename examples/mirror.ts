/**
 * Keeps a copy of the public catalogue in two files: a partner’s whole sync loop. The first run and every later one are alike.
 *
 *   EKIDEN_URL=http://localhost:4000 EKIDEN_KEY=sr_live_… npx tsx examples/mirror.ts
 */
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

type Row = { id: string; version: number; updatedAt: string };
type Page = { data: Row[]; removed: Row[]; next?: string };
/** The copy of one list, and the highest updatedAt it has seen: wherever the loop was stopped, it goes on from there. */
type Copy = { updatedSince: string; rows: Record<string, Row> };

export interface Parts {
  url: string;
  key: string;
  /** In a database of yours: the rows and updatedSince in one transaction. */
  store: { load(list: string): Promise<Copy | undefined>; save(list: string, copy: Copy): Promise<void> };
  perPage?: number;
  fetch?: (url: string, init: { headers: Record<string, string> }) => Promise<Response>;
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** Brings the copies up to date. Each list has a place of its own: how far one was walked says nothing about the other. */
export async function mirror(parts: Parts): Promise<void> {
  // Plans first, so that the workouts they name are there when both are done.
  for (const list of ['training-plan-templates', 'workout-templates']) await mirrorList(list, parts);
}

async function mirrorList(list: string, { url, key, store, perPage = 100, fetch = globalThis.fetch, wait = sleep }: Parts) {
  const copy = (await store.load(list)) ?? { updatedSince: '1970-01-01T00:00:00Z', rows: {} };
  const query = new URLSearchParams({ updatedSince: copy.updatedSince, includeRemoved: 'true', per_page: String(perPage) });
  let next: string | undefined = `${url}/api/${list}?${query}`;
  while (next) {
    const response: Response = await fetch(next, { headers: { 'X-API-Key': key } });
    const retryAfterSeconds = response.headers.get('Retry-After');
    if (retryAfterSeconds) {
      await wait(Number(retryAfterSeconds) * 1000); // 429: too many requests; 503: not just now.
      continue;
    }
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const page = (await response.json()) as Page;
    for (const row of page.data) copy.rows[row.id] = row;
    for (const row of page.removed) delete copy.rows[row.id];
    for (const { updatedAt } of [...page.data, ...page.removed]) if (updatedAt > copy.updatedSince) copy.updatedSince = updatedAt;
    await store.save(list, copy);
    next = page.next;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { EKIDEN_URL: url = 'http://localhost:4000', EKIDEN_KEY: key = '' } = process.env;
  const file = (list: string) => `mirror.${list}.json`;
  const load = async (list: string) => (existsSync(file(list)) ? JSON.parse(await readFile(file(list), 'utf8')) : undefined);
  const save = (list: string, copy: Copy) => writeFile('mirror.tmp', JSON.stringify(copy)).then(() => rename('mirror.tmp', file(list)));
  void mirror({ url, key, store: { load, save } });
}
