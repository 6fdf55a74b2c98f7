import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTool, connectMcp } from '../support/mcp.ts';
import { hasMcpTools, inspect } from '../support/mcp-tools.ts';
import { type ServedContext, serveSharedContext } from '../support/shared-context-process.ts';

let served: ServedContext;
beforeAll(async () => {
  served = await serveSharedContext();
}, 120_000);
afterAll(() => served.stop());

const calls: [name: string, args: Record<string, string | number>][] = [
  ['get_context', { detail: 'brief' }],
  ['get_health', { limit: 3, before: '2999-01-01' }],
  ['get_runs', { limit: 3 }],
  ['get_personal_bests', {}],
];

it('a client of the SDK lists and calls every tool over a socket, and is cut off when sharing ends', async () => {
  const client = await connectMcp(`${served.url}/mcp`);
  expect(client.getServerVersion()).toMatchObject({ name: 'ekiden' });
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(calls.map(([name]) => name));
  for (const [name, args] of calls) {
    const { isError, text, data } = await callTool(client, name, args);
    expect(isError, text).toBe(false);
    expect(data).toHaveProperty('hint');
  }
  expect((await client.listResources()).resources).toHaveLength(5);
  expect((await client.readResource({ uri: 'ekiden://context' })).contents).toHaveLength(1);
  expect((await client.listPrompts()).prompts).toHaveLength(3);

  const sharing = 'mutation ($id: ID!, $enabled: Boolean!) { updateContextSharing(runnerId: $id, input: { enabled: $enabled }) { id } }';
  await served.ask(sharing, { id: served.runnerId, enabled: false });
  await expect(callTool(client, 'get_context')).rejects.toThrow(/turned sharing off/);
  await served.ask(sharing, { id: served.runnerId, enabled: true });

  const token = served.url.split('/').at(-1);
  const { stdout, stderr } = served.server.output;
  expect(stdout + stderr).toContain('/api/runner-context/:token/mcp');
  expect(stdout + stderr).not.toContain(token);
});

describe.skipIf(!hasMcpTools)('the command line of the MCP inspector', () => {
  it('lists the tools', async () => {
    const { tools } = (await inspect(`${served.url}/mcp`, '--method', 'tools/list')) as unknown as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toEqual(calls.map(([name]) => name));
  });

  it.each(calls)('calls %s', async (name, args) => {
    const given = Object.entries(args).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`]);
    const result = await inspect(`${served.url}/mcp`, '--method', 'tools/call', '--tool-name', name, ...given);
    expect(result).toMatchObject({ content: [{ type: 'text' }], structuredContent: { hint: expect.any(String) } });
    expect(result).not.toHaveProperty('isError');
  });
});
