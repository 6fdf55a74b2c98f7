import { describe, expect, it } from 'vitest';
import { publicSchema } from '../schema/index.ts';
import { restViewOf } from '../schema/rest-view.ts';
import { publicUrl, startGateway } from './support/gateway.ts';
import { createSharedRunner, fullDocument } from './support/runners.ts';
import { createPlan, createWorkout } from './support/templates.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');
const runner = await createSharedRunner(gateway, fullDocument);
const workout = await createWorkout(gateway);
const { plaintext } = await gateway.mintKey({ requestsPerMinute: 1_000 });
const values: Record<string, string> = {
  EKIDEN_KEY: plaintext,
  TOKEN: runner.token,
  WORKOUT_ID: workout.id,
  PLAN_ID: (await createPlan(gateway, [workout.id])).id,
};

const read = async (path: string) => (await gateway.get(path)).text();
const guides = ['/llms.txt', '/llms-full.txt', '/developers.md'];
const linesOf = (text: string) => text.split('\n').filter((line) => line.startsWith('curl '));

/** Does what a shell with curl would do, as far as the examples need it. */
async function run(line: string): Promise<Response> {
  const filled = line.replaceAll(/\$([A-Z_]+)/g, (_, name: string) => values[name] ?? 'undefined');
  const headers = [...filled.matchAll(/-H "([^:]+): ([^"]*)"/g)].map(([, name = '', value = '']): [string, string] => [name, value]);
  const body = /-d '([^']*)'/.exec(filled)?.[1];
  const url = /"([^"]+)"$/.exec(filled)?.[1] ?? '';
  expect(filled).not.toContain('undefined');
  return gateway.app.fetch(new Request(url, { headers, ...(body !== undefined && { method: 'POST', body }) }), '192.0.2.3');
}

describe('the guides', () => {
  it.each(guides)('%s is text for everybody, markdown for who accepts it, with an ETag', async (path) => {
    const response = await gateway.get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('x-robots-tag')).toBeNull();
    expect(await response.text()).toMatch(/^# .+\n\n/);
    const markdown = await gateway.get(path, null, { headers: { Accept: 'text/markdown' } });
    expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    const again = await gateway.get(path, null, { headers: { 'If-None-Match': response.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect((await gateway.get(path, null, { method: 'HEAD' })).status).toBe(200);
    expect((await gateway.get(path, null, { method: 'POST' })).status).toBe(405);
  });

  it.each(guides)('every example of %s works', async (path) => {
    const lines = linesOf(await read(path));
    for (const line of lines) {
      const response = await run(line);
      expect(response.status, `${line}\n${await response.clone().text()}`).toBe(200);
      expect(await response.text()).not.toMatch(/"errors":/);
    }
  });

  it.each(guides)('every link of %s leads somewhere', async (path) => {
    const links = [...(await read(path)).matchAll(/\]\(([^)]+)\)/g)].map(([, url = '']) => url);
    expect(links).not.toEqual([]);
    for (const link of new Set(links)) {
      expect(link.startsWith(publicUrl)).toBe(true);
      const accept: Record<string, string> = link.endsWith('/graphql') ? { Accept: 'text/html' } : {};
      expect((await gateway.get(link.slice(publicUrl.length), null, { headers: accept })).status, link).toBe(200);
    }
  });
});

const documented = Object.values(publicSchema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
  const view = restViewOf(field.extensions);
  return view ? [{ path: view.path.replaceAll(/:([a-z]+)/g, '{$1}'), field, view }] : [];
});

describe('llms-full.txt', () => {
  it.each(documented)('tells all of GET $path, each parameter with an example', async ({ path, field }) => {
    const text = await read('/llms-full.txt');
    const section = text.split(`\n### GET ${path}\n`)[1]?.split('\n### ')[0]?.split('\n## ')[0] ?? '';
    expect(section).toContain(field.description);
    const inPath = [...path.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name);
    const examples = linesOf(section);
    expect(examples.length).toBeGreaterThan(0);
    for (const { name, description, defaultValue } of field.args) {
      expect(section).toContain(`- \`${name}\` (`);
      expect(section).toContain(description);
      if (defaultValue !== undefined) expect(section).toContain(`default ${JSON.stringify(defaultValue)}`);
      // A page and a cursor are given by the answers, and nobody should make one up.
      if (!inPath.includes(name) && name !== 'cursor' && name !== 'page') {
        expect(
          examples.some((line) => line.includes(`?${name}=`)),
          name,
        ).toBe(true);
      }
    }
  });

  it('names the types of every answer and all their fields', async () => {
    const text = await read('/llms-full.txt');
    const { components } = (await (await gateway.get('/api/openapi.json')).json()) as {
      components: { schemas: Record<string, { properties?: object }> };
    };
    for (const [name, { properties = {} }] of Object.entries(components.schemas)) {
      const section = text.split(`\n### ${name}\n`)[1]?.split('\n### ')[0] ?? '';
      for (const property of Object.keys(properties)) expect(section, name).toContain(`- \`${property}\` (`);
    }
  });
});

it('llms.txt names every documented path, and keeps to its form', async () => {
  const text = await read('/llms.txt');
  for (const { path, view } of documented) expect(text).toContain(`- [GET /api${path}](${publicUrl}/llms-full.txt): ${view.summary}`);
  const [title, quote] = text.split('\n\n');
  expect(title).toBe('# Ekiden');
  expect(quote).toMatch(/^> [^\n]+$/);
  for (const section of text.split('\n## ').slice(1)) {
    const [, ...items] = section.trim().split('\n').filter(Boolean);
    for (const item of items) expect(item).toMatch(/^- \[[^\]]+\]\(https:\/\/[^)]+\)(: .+)?$/);
  }
});

it('llms.txt names the tools of the MCP server, and no others', async () => {
  const line = linesOf(await read('/llms-full.txt')).find((example) => example.includes('/mcp"')) ?? '';
  const { result } = (await (await run(line)).json()) as { result: { tools: { name: string }[] } };
  const text = await read('/llms.txt');
  expect(/; tools (.+)$/m.exec(text)?.[1]).toBe(result.tools.map(({ name }) => name).join(', '));
});
