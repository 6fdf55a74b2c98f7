import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { callTool, connectGatewayMcp } from './support/mcp.ts';
import { createSharedRunner, everything, fullDocument, sentinels, share } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

const runner = await createSharedRunner(gateway, fullDocument);
const client = await connectGatewayMcp(gateway, runner.path);

const names = (items: { name: string }[]) => items.map(({ name }) => name);

describe('the tools', () => {
  it('are four, read-only, and say what they take and give', async () => {
    const { tools } = await client.listTools();
    expect(names(tools)).toEqual(['get_context', 'get_health', 'get_runs', 'get_personal_bests']);
    for (const { annotations, title, description, outputSchema } of tools) {
      expect(annotations).toEqual({ title, readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false });
      expect(description?.length).toBeGreaterThan(40);
      expect(outputSchema?.required).toContain('hint');
    }
  });

  it('give the document as text and its numbers as data, with units in their names and nothing that is null', async () => {
    const { text, data } = await callTool(client, 'get_context');
    expect(text.startsWith(data.context_markdown)).toBe(true);
    expect(text).toContain('Further calls: get_health (Daily health metrics), get_runs (All runs), get_personal_bests (Personal bests).');
    expect(data.runner).toMatchObject({ height_cm: 187.31, weight_kg: 71.43, resting_hr_bpm: 47.37, lthr_bpm: 167.53 });
    expect(JSON.stringify(data)).not.toContain('null');
    for (const found of [...sentinels.labs, ...sentinels.training].filter((sentinel) => sentinel.endsWith('-')))
      expect(text).toContain(found);
  });

  it('give as much of the document as is asked for', async () => {
    const only = await callTool(client, 'get_context', { sections: ['labs'] });
    expect(only.text).toContain('labs-ferritin');
    for (const other of [...sentinels.training, ...sentinels.health]) expect(only.text).not.toContain(other);
    const [brief, standard] = [await callTool(client, 'get_context', { detail: 'brief' }), await callTool(client, 'get_context')];
    expect(brief.text.length).toBeLessThan(standard.text.length);
  });

  it('say which call goes on, until every day has been met once', async () => {
    const days = Array.from({ length: 25 }, (_, index) => `2026-05-${String(index + 1).padStart(2, '0')}`);
    const owner = await createSharedRunner(gateway, {
      dailyMetrics: days.map((date) => ({ date, restingHeartRate: 50 })),
      runs: days.map((startedOn) => ({ startedOn, source: 'watch', distanceMeters: 5_000 })),
    });
    const connected = await connectGatewayMcp(gateway, owner.path);
    for (const [name, list] of [
      ['get_health', 'metrics'],
      ['get_runs', 'runs'],
    ] as const) {
      const met: string[] = [];
      let next: { tool: string; arguments: object } | undefined = { tool: name, arguments: { limit: 10 } };
      while (next) {
        const { data, text }: Awaited<ReturnType<typeof callTool>> = await callTool(connected, next.tool, next.arguments);
        met.push(...data[list].map(({ date }) => date));
        next = data.next_call;
        expect(text).toContain(next ? `call ${name} with before=${met.at(-1)} and limit=10` : 'There are no older');
      }
      expect(met).toEqual(days.toReversed());
    }
  });

  it('give personal bests with their pace and day', async () => {
    const { data, text } = await callTool(client, 'get_personal_bests');
    expect(data.personal_bests).toContainEqual({
      distance: '10 km',
      distance_km: 10,
      time_h_mm_ss: '45:10',
      time_seconds: 2_710,
      avg_pace_min_per_km: '4:31',
      vdot: 45.1,
      date: '2026-03-01',
      kind: 'race',
    });
    expect(text).toContain('| 10 km | 10 | 45:10 |');
  });

  it('of a runner who has nothing yet say so', async () => {
    const { path } = await createSharedRunner(gateway);
    const connected = await connectGatewayMcp(gateway, path);
    expect((await callTool(connected, 'get_health')).text).toBe('No days here. There are no older days.');
    expect((await callTool(connected, 'get_runs')).text).toBe('No runs here. There are no older runs.');
    expect((await callTool(connected, 'get_personal_bests')).text).toBe('No personal best is known.');
    expect((await callTool(connected, 'get_context')).isError).toBe(false);
  });

  it.each([
    ['get_health', { limit: 0 }, ['limit: Too small', '"minimum":1', '"maximum":366']],
    ['get_health', { before: '2026-02-30' }, ['before: must be a day that exists, written YYYY-MM-DD']],
    ['get_runs', { before: 'last week' }, ['before: must be a day that exists', 'next_before']],
    ['get_runs', { page: 2 }, ['Unrecognized key: "page"', 'get_runs takes', '"before"']],
    ['get_context', { detail: 'everything' }, ['detail: Invalid option', '"brief"', '"full"']],
    ['get_context', { sections: ['sleep'] }, ['sections.0: Invalid option', '"profile"', '"labs"']],
    ['get_personal_bests', { distance: 5 }, ['get_personal_bests takes no arguments']],
  ])('%s with %o say what is allowed', async (name, args, said) => {
    const { isError, text } = await callTool(client, name, args);
    expect(isError).toBe(true);
    for (const part of said) expect(text).toContain(part);
  });

  it('that do not exist are refused with those that do', async () => {
    await expect(callTool(client, 'delete_runner')).rejects.toThrow(/get_context, get_health, get_runs, get_personal_bests/);
  });
});

describe('resources and prompts', () => {
  it('are the document and each section of it, as markdown', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      'ekiden://context',
      ...['profile', 'training', 'health', 'labs'].map((scope) => `ekiden://context/sections/${scope}`),
    ]);
    for (const { uri, mimeType } of resources) {
      const [content] = (await client.readResource({ uri })).contents as { uri: string; mimeType: string; text: string }[];
      expect(content).toMatchObject({ uri, mimeType });
      expect(content?.text).toMatch(/^# Runner context of /);
    }
    expect((await client.listResourceTemplates()).resourceTemplates).toEqual([]);
    await expect(client.readResource({ uri: 'ekiden://context/sections/sleep' })).rejects.toThrow(/There are: ekiden:\/\/context,/);
  });

  it('are three questions of every day, which name tools that exist', async () => {
    const { prompts } = await client.listPrompts();
    expect(names(prompts)).toEqual(['how_is_my_recovery', 'plan_my_week', 'am_i_ready_to_race']);
    const known = names((await client.listTools()).tools);
    for (const { name } of prompts) {
      const { messages } = await client.getPrompt({ name });
      const called = JSON.stringify(messages).match(/get_\w+/g) ?? [];
      expect(called.length).toBeGreaterThan(1);
      for (const tool of called) expect(known).toContain(tool);
    }
    await expect(client.getPrompt({ name: 'sell_me_shoes' })).rejects.toThrow(/how_is_my_recovery/);
  });
});

describe('a section that is not shared', () => {
  it.each([
    ['profile', ['get_personal_bests'], []],
    ['training', ['get_runs'], ['plan_my_week', 'am_i_ready_to_race']],
    ['health', ['get_health'], ['how_is_my_recovery']],
    ['labs', [], []],
  ] as const)('%s: nothing speaks of it, and its tool says what can be called instead', async (scope, absentTools, absentPrompts) => {
    const owner = await createSharedRunner(gateway, fullDocument, { ...everything, [scope]: false });
    const connected = await connectGatewayMcp(gateway, owner.path);
    const tools = names((await connected.listTools()).tools);
    for (const name of absentTools) {
      expect(tools).not.toContain(name);
      const { isError, text } = await callTool(connected, name);
      expect(isError).toBe(true);
      expect(text).toContain(`does not share. Tools that work: ${tools.join(', ')}.`);
    }
    const prompts = names((await connected.listPrompts()).prompts);
    for (const name of absentPrompts) expect(prompts).not.toContain(name);
    const uris = (await connected.listResources()).resources.map(({ uri }) => uri);
    expect(uris).not.toContain(`ekiden://context/sections/${scope}`);
    await expect(connected.readResource({ uri: `ekiden://context/sections/${scope}` })).rejects.toThrow(/not shared/);
    const refused = await callTool(connected, 'get_context', { sections: [scope] });
    expect(refused.isError).toBe(true);

    const said = await Promise.all(tools.map(async (name) => JSON.stringify(await callTool(connected, name))));
    for (const sentinel of sentinels[scope]) expect(said.join('\n')).not.toContain(sentinel);
  });
});

describe('what a runner changes', () => {
  it('counts from the next message on', async () => {
    const owner = await createSharedRunner(gateway, fullDocument);
    const connected = await connectGatewayMcp(gateway, owner.path);
    expect(names((await connected.listTools()).tools)).toContain('get_health');
    await share(gateway, owner.id, { health: false });
    expect(names((await connected.listTools()).tools)).not.toContain('get_health');
    expect((await callTool(connected, 'get_health')).isError).toBe(true);
    await share(gateway, owner.id, { enabled: false });
    await expect(callTool(connected, 'get_context')).rejects.toThrow(/turned sharing off/);
    await expect(connectGatewayMcp(gateway, owner.path)).rejects.toThrow(/turned sharing off/);
    await share(gateway, owner.id, { enabled: true });
    expect((await callTool(connected, 'get_context')).isError).toBe(false);
    await gateway.graphql('mutation ($id: ID!) { rotateContextToken(runnerId: $id) { url } }', { id: owner.id });
    await expect(callTool(connected, 'get_context')).rejects.toThrow(/no such resource/);
  });
});
