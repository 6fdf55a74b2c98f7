import { describe, expect, it } from 'vitest';
import { pathForLog } from '../src/http/path-for-log.ts';
import { publicUrl, startGateway } from './support/gateway.ts';
import { createSharedRunner, everything, fullDocument, share } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => gateway.get(path, null, { method, headers });

const dayAgo = (days: number) => new Date(gateway.clock.now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
const dates = Array.from({ length: 400 }, (_, days) => dayAgo(days)).filter((_, days) => days % 7 !== 3);
const document = { ...fullDocument, dailyMetrics: dates.map((date) => ({ date, restingHeartRate: 48, source: 'health-ring' })) };
const runner = await createSharedRunner(gateway, document);

const linksIn = (text: string) => (text.match(/https:\/\/[^\s"`)<>\\]+/g) ?? []).filter((link) => link !== publicUrl);

/** All that is reached from here by a fetcher that follows links and drops every query string. */
async function walk(path: string): Promise<Map<string, string>> {
  const reached = new Map<string, string>();
  const ahead = [path];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (reached.has(next)) continue;
    const response = await get(next);
    const body = await response.text();
    expect(response.status, `${next}: ${body}`).toBe(200);
    reached.set(next, body);
    for (const link of linksIn(body)) {
      if (!link.startsWith(`${publicUrl}/`)) throw new Error(`${next} links to ${link}`);
      ahead.push(new URL(link).pathname);
    }
  }
  return reached;
}

describe('a fetcher that drops query strings', () => {
  it.each(['', '.md', '/brief.md', '/sections/labs.md', '/health.md', '.json'])(
    'gets from %j to every section and every day',
    async (start) => {
      const reached = await walk(`${runner.path}${start}`);
      const sections = ['profile', 'training', 'health', 'labs'].map((section) => `${runner.path}/sections/${section}.md`);
      expect([...reached.keys()]).toEqual(expect.arrayContaining(sections));
      const pages = [...reached].filter(([path]) => /[\w-]{43}\/health(\/before\/[\d-]+)?\.md$/.test(path)).map(([, body]) => body);
      const days = pages.flatMap((page) => [...page.matchAll(/^\| \w{3} (\d{4}-\d\d-\d\d) \|/gm)].map(([, date]) => date));
      expect(new Set(days)).toEqual(new Set(dates));
      expect(days).toHaveLength(dates.length);
    },
  );

  it('gets to every day in JSON too', async () => {
    const pages: { metrics: { date: string }[]; page: { next?: string; has_more: boolean } }[] = [];
    const context = (await (await get(`${runner.path}.json`)).json()) as { health: { history_url: string } };
    for (let next: string | undefined = context.health.history_url; next; next = pages.at(-1)?.page.next) {
      expect(new URL(next).search).toBe('');
      pages.push((await (await get(new URL(next).pathname)).json()) as (typeof pages)[number]);
    }
    expect(pages.flatMap(({ metrics }) => metrics.map(({ date }) => date))).toEqual(dates);
    expect(pages.at(-1)?.page.has_more).toBe(false);
  });

  it('gets to every run from the full document', async () => {
    const runs = Array.from({ length: 130 }, (_, index) => ({
      source: 'watch',
      sport: 'RUN',
      startedOn: dayAgo(index >> 1),
      externalId: `r${index}`,
      distanceMeters: 5_000 + 900 * (index % 2),
      movingSeconds: 1_800,
    }));
    const owner = await createSharedRunner(gateway, { runs });
    const reached = await walk(`${owner.path}/full.md`);
    const pages = [...reached].filter(([path]) => path.includes('/runs'));
    const dates = pages.flatMap(([, body]) => (JSON.parse(body) as { runs: { date: string }[] }).runs.map(({ date }) => date));
    expect(dates.toSorted((a, b) => (a < b ? 1 : -1))).toEqual(runs.map(({ startedOn }) => startedOn));
    expect(pages.length).toBeGreaterThan(1);
  });

  it('is shown no way to what is not shared', async () => {
    const half = await createSharedRunner(gateway, document, { enabled: true, profile: true });
    const reached = await walk(half.path);
    expect([...reached.keys()].filter((path) => /health|labs/.test(path))).toEqual([]);
    expect((await get(`${half.path}/health.md`)).status).toBe(403);
    expect((await get(`${half.path}/health/before/2026-06-01.json`)).status).toBe(403);
    const labs = await (await get(`${half.path}/sections/labs.md`)).text();
    expect(labs).toContain('not shared: health, labs');
    expect(labs).toContain('None of the sections that were asked for is shared.');
    expect(labs).not.toContain('labs-panel');
  });
});

const twins: [path: string, query: string][] = [
  ['.md', ''],
  ['.json', '?format=json&links=path'],
  ['/brief', '?detail=brief'],
  ['/brief.md', '?detail=brief'],
  ['/full.json', '?detail=full&format=json&links=path'],
  ['/sections/training', '?sections=training'],
  ['/sections/training.md', '?sections=training'],
  ['/sections/profile.json', '?sections=profile&format=json&links=path'],
  ['/sections/training.md?detail=brief&format=json', '?sections=training&detail=brief'],
  ['/runs.json', '/runs?links=path'],
  ['/runs/before/2026-06-09?limit=3', '/runs?before=2026-06-09&links=path&limit=3'],
  ['/runs/before/2026-06-09.json', '/runs?before=2026-06-09&links=path'],
  ['/personal-bests.json', '/personal-bests'],
  ['/health.json', '/health?links=path'],
  ['/health.md', '/health?format=markdown'],
  ['/health.md?limit=5', '/health?format=markdown&limit=5'],
  ['/health/before/2026-03-15', '/health?before=2026-03-15&links=path'],
  ['/health/before/2026-03-15.json', '/health?before=2026-03-15&links=path'],
  ['/health/before/2026-03-15.md?before=2020-01-01', '/health?before=2026-03-15&format=markdown'],
];

describe('an address without a query string', () => {
  it.each(twins)('%s is %s in other words: the same bytes, headers, tag, HEAD and 304', async (path, query) => {
    const [asked, meant] = [await get(`${runner.path}${path}`), await get(`${runner.path}${query}`)];
    expect(asked.status).toBe(200);
    expect(await asked.text()).toBe(await meant.text());
    const lasting = (response: Response) => Object.fromEntries([...response.headers].filter(([name]) => name !== 'x-request-id'));
    expect(lasting(asked)).toEqual(lasting(meant));
    const head = await get(`${runner.path}${path}`, {}, 'HEAD');
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', meant.headers.get('etag')]);
    const etag = meant.headers.get('etag') ?? '';
    expect((await get(`${runner.path}${path}`, { 'If-None-Match': etag })).status).toBe(304);
    const packed = await get(`${runner.path}${path}`, { 'Accept-Encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe(Number(meant.headers.get('content-length')) >= 1_400 ? 'gzip' : null);
    expect((await get(`${runner.path}${path}`, {}, 'POST')).status).toBe(405);
  });

  it.each([
    '.txt',
    '.md/health',
    '/brief.txt',
    '/sections',
    '/sections/',
    '/sections/sleep.md',
    '/sections/labs/x',
    '/runs.md',
    '/personal-bests.md',
    '/health.md/before/x',
    '/health/before',
    '/health/before/',
    '/health/before/2026-03-15/x',
  ])('that ends in %s is not found, like any other that does not exist', async (rest) => {
    const refused = await get(`${runner.path}${rest}`);
    expect(refused.status).toBe(404);
    expect(refused.headers.get('cache-control')).toBe('no-store');
  });

  it('with a day that does not exist is refused as the parameter is', async () => {
    for (const path of ['2026-02-30', '2026-02-30.md', 'yesterday.json', '%00']) {
      const refused = await get(`${runner.path}/health/before/${path}`);
      expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'INVALID', errors: [{ path: 'before' }] }]);
    }
  });

  it('with a wrong token is counted and refused like the address itself', async () => {
    const from = '192.0.2.7';
    const ask = (path: string) => gateway.app.fetch(new Request(`${publicUrl}/api/runner-context/${'x'.repeat(43)}${path}`), from);
    const bodyOf = async (response: Response) => ({ ...((await response.json()) as object), requestId: '' });
    const paths = ['', '.md', '.json', '/brief.md', '/sections/labs.md', '/health.md', '/health/before/2026-03-15.md'];
    const answers = await Promise.all(paths.map(ask));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 404));
    const [plain, ...others] = await Promise.all(answers.map(bodyOf));
    for (const other of others) expect(other).toEqual(plain);
    for (let guess = paths.length; guess < 60; guess++) expect((await ask('.md')).status).toBe(404);
    expect((await ask('/health.md')).status).toBe(429);
  });

  it('ends with sharing and with the token', async () => {
    const owner = await createSharedRunner(gateway, document);
    await share(gateway, owner.id, { ...everything, enabled: false });
    for (const [path] of twins) expect((await get(`${owner.path}${path}`)).status, path).toBe(403);
  });

  it('keeps the token out of logs', async () => {
    for (const [path] of twins) {
      await get(`${runner.path}${path}`);
      expect(pathForLog(`${runner.path}${path}`)).not.toContain(runner.token);
    }
    expect(gateway.logged()).not.toContain(runner.token);
  });
});

describe('the type of the text', () => {
  it.each([
    [undefined, 'text/plain'],
    ['*/*', 'text/plain'],
    ['text/*', 'text/plain'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/plain'],
    ['text/plain', 'text/plain'],
    ['text/markdown;q=0', 'text/plain'],
    ['text/markdown;q=0.5, text/plain', 'text/plain'],
    ['text/markdown', 'text/markdown'],
    ['text/markdown, text/html, */*', 'text/markdown'],
    ['text/html;q=0.9, Text/Markdown;Q=0.8', 'text/markdown'],
  ])('for Accept: %s is %s, and the bytes are the same', async (accept, type) => {
    const plain = await get(runner.path);
    for (const path of ['', '.md', '/brief.md', '/sections/profile.md', '/health.md']) {
      const response = await get(`${runner.path}${path}`, accept === undefined ? {} : { Accept: accept });
      expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
      expect(response.headers.get('vary')).toBe('Accept, Accept-Encoding');
      if (path === '') expect(await response.text()).toBe(await plain.text());
    }
    const json = await get(`${runner.path}.json`, accept === undefined ? {} : { Accept: accept });
    expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe('a page of days as markdown', () => {
  it('shows what the JSON shows and more, and says where the next page is', async () => {
    const owner = await createSharedRunner(gateway, {
      ...fullDocument,
      dailyMetrics: [...fullDocument.dailyMetrics, { date: '2026-06-01', source: 'health-watch', hrv: 61, hrvType: 'SDNN', weightKg: 70 }],
    });
    const first = await (await get(`${owner.path}/health.md?limit=1`)).text();
    expect(first).toContain('| Fri 2026-06-12 | 39.17 | 83.19 | 7.61 |');
    expect(first).toContain('| `RMSSD` |');
    expect(first).toContain(`- Older days, before Fri 2026-06-12: ${publicUrl}${owner.path}/health/before/2026-06-12.md?limit=1\n`);
    const second = await (await get(`${owner.path}/health/before/2026-06-12.md?limit=1`)).text();
    expect(second).toContain('| Mon 2026-06-01 | 61 | 70.0 | `SDNN` |');
    expect(second).toContain('- No older day is recorded.\n');
    const none = await (await get(`${owner.path}/health/before/2000-01-01.md`)).text();
    expect(none).toContain('No reading is recorded in this stretch of time.');
  });
});

describe('the answer that is to be passed on', () => {
  it('names no address and no token when links=none', async () => {
    for (const path of [
      '?links=none',
      '?links=none&detail=brief',
      '?links=none&detail=full&max_chars=2000',
      '/health?format=markdown&links=none&limit=3',
      '/health?links=none&limit=3',
    ]) {
      const body = await (await get(`${runner.path}${path}`)).text();
      expect(body).not.toContain(runner.token);
      expect(body).not.toContain('http');
    }
  });
});
