/** What operators are given to read and to run names what there is. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { variableNames } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics } from '../../src/platform/metrics.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const documents = ['SECURITY.md', 'docs/operations.md', 'docs/threat-model.md'];

it('every setting of compose.yaml and the Dockerfile is one of the gateway', () => {
  const [, ofNodes = ''] = /x-gateway:.*?environment:\n(.*?)\n {2}read_only/s.exec(read('compose.yaml')) ?? [];
  const names = [...ofNodes.matchAll(/^ {4}([A-Z_]+):/gm), ...read('Dockerfile').matchAll(/^ENV ([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(8);
  expect(names.filter((name) => name !== 'NODE_ENV' && !variableNames.includes(name ?? ''))).toEqual([]);
});

it('the image holds every file that the gateway reads beside its own code', () => {
  const dockerfile = read('Dockerfile');
  for (const file of ['prisma/migrations', 'schema/examples.json', 'package.json', 'dist'])
    expect(dockerfile).toMatch(new RegExp(`^COPY .*${file}`, 'm'));
  const ignored = read('.dockerignore');
  for (const needed of ['package.json', 'package-lock.json', 'vite.config.ts', 'prisma', 'schema', 'src'])
    expect(ignored).toContain(`\n!${needed}\n`);
});

it.each(documents)('%s links to what is there', (file) => {
  const text = read(file);
  const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => path.join(path.dirname(file), link));
  const tests = [...text.matchAll(/`((?:test|schema)\/[\w/.-]+)`/g)].map(([, named = '']) => named);
  const missing = [...links, ...tests].filter((target) => !existsSync(target));
  expect(missing).toEqual([]);
});

it('every metric that operators are told to watch is measured', async () => {
  const pools = [{ totalCount: 1, idleCount: 1, waitingCount: 0 }];
  const verdicts = () => ({ running: 0, waiting: 0, compares: 0, hits: 0, misses: 0 });
  const atHand = () => ({ entries: 0, bytes: 0, hits: 0, misses: 0 });
  const sources = { pools, verdicts, atHand, clockAheadSeconds: async () => 0 };
  const measured = await createMetrics(sources, createLog('silent')).render();
  const named = new Set([...read('docs/operations.md').matchAll(/\b(?:ekiden|nodejs)_\w+/g)].map(([name]) => name.replace(/_bucket$/, '')));
  expect(named.size).toBeGreaterThan(8);
  expect([...named].filter((name) => !measured.includes(`# TYPE ${name} `))).toEqual([]);
});
