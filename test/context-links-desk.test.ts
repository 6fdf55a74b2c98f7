import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner, fullDocument, sentinels } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

const fields = 'id label isDefault url profile training health labs expiresAt';
interface Link {
  id: string;
  url: string;
}

async function newRunner() {
  const runner = await createSharedRunner(gateway, fullDocument);
  const headers = await gateway.session('runner', runner.id);
  const ask = (query: string, variables: object = {}) =>
    gateway.graphql<Record<string, unknown>>(query, { runnerId: runner.id, ...variables }, headers);
  const create = (input: object) =>
    ask(
      `mutation ($runnerId: ID!, $input: CreateContextLinkInput!) { link: createContextLink(runnerId: $runnerId, input: $input) { ${fields} } }`,
      {
        input,
      },
    );
  const update = (id: string, input: object) =>
    ask(
      `mutation ($runnerId: ID!, $id: ID!, $input: UpdateContextLinkInput!) { link: updateContextLink(runnerId: $runnerId, id: $id, input: $input) { ${fields} } }`,
      { id, input },
    );
  const rotate = (id: string) =>
    ask('mutation ($runnerId: ID!, $id: ID!) { link: rotateContextLink(runnerId: $runnerId, id: $id) { url } }', { id });
  const remove = (id: string) => ask('mutation ($runnerId: ID!, $id: ID!) { deleteContextLink(runnerId: $runnerId, id: $id) }', { id });
  const links = async () =>
    ((await ask(`query ($runnerId: ID) { runner(id: $runnerId) { contextLinks { ${fields} } } }`)).data.runner as { contextLinks: Link[] })
      .contextLinks;
  return { ...runner, ask, create, update, rotate, remove, links };
}

const read = async (url: string, userAgent = 'curl/8.5.0') =>
  gateway.get(new URL(url).pathname, null, { headers: { 'User-Agent': userAgent } });
const codeOf = ({ errors }: { errors?: { extensions: { code: string } }[] }) => errors?.[0]?.extensions.code;

describe('a further link', () => {
  it('shows its own sections until its own end, and nothing of the others', async () => {
    const runner = await newRunner();
    const { data } = await runner.create({ label: 'doctor', labs: true, expiresAt: '2026-07-01T00:00:00Z' });
    const link = data.link as Link;
    expect(link).toMatchObject({ label: 'doctor', isDefault: false, profile: false, training: false, health: false, labs: true });
    const text = await (await read(link.url)).text();
    expect(sentinels.labs.every((value) => text.includes(value))).toBe(true);
    const others = [...sentinels.profile, ...sentinels.training, ...sentinels.health];
    expect(others.filter((value) => text.includes(value))).toEqual([]);
    gateway.clock.now = new Date('2026-07-01T00:00:00.000Z');
    expect((await read(link.url)).status).toBe(404);
    gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');
  });

  it('changes what it shows at once, and its address only when it is rotated', async () => {
    const runner = await newRunner();
    const { id, url } = (await runner.create({ label: 'coach', training: true, labs: true })).data.link as Link;
    expect((await runner.update(id, { labs: false, label: 'trainer', expiresAt: null })).data.link).toMatchObject({
      label: 'trainer',
      url,
    });
    const text = await (await read(url)).text();
    expect(sentinels.labs.filter((value) => text.includes(value))).toEqual([]);
    const rotated = (await runner.rotate(id)).data.link as Link;
    expect([(await read(url)).status, (await read(rotated.url)).status]).toEqual([404, 200]);
    expect((await runner.remove(id)).data).toEqual({ deleteContextLink: id });
    expect((await read(rotated.url)).status).toBe(404);
    expect((await runner.links()).map((link) => link.url)).toEqual([`https://gateway.example${runner.path}`]);
  });

  it('is refused where it would make no sense', async () => {
    const runner = await newRunner();
    const [main] = (await runner.links()) as [Link];
    const { id } = (await runner.create({ label: 'one' })).data.link as Link;
    expect(codeOf(await runner.create({ label: 'one' }))).toBe('CONFLICT');
    expect(codeOf(await runner.update(id, { label: 'Default' }))).toBe('CONFLICT');
    expect(codeOf(await runner.create({ label: ' ' }))).toBe('INVALID');
    expect(codeOf(await runner.create({ label: 'two', expiresAt: '2026-06-01T00:00:00Z' }))).toBe('INVALID');
    expect(codeOf(await runner.update(main.id, { expiresAt: '2027-06-01T00:00:00Z' }))).toBe('INVALID');
    expect(codeOf(await runner.remove(main.id))).toBe('CONFLICT');
    for (let count = 2; count < 50; count++) await runner.create({ label: `link ${count}` });
    expect(codeOf(await runner.create({ label: 'one more' }))).toBe('CONFLICT');
    const stranger = await newRunner();
    for (const answer of [await stranger.update(id, { labs: true }), await stranger.rotate(id), await stranger.remove(id)]) {
      expect(codeOf(answer)).toBe('NOT_FOUND');
    }
  });
});

describe('the reads that a runner is shown', () => {
  it('say through which link, which section, by which kind of client, how often and when last', async () => {
    const runner = await newRunner();
    const { url } = (await runner.create({ label: 'doctor', labs: true })).data.link as Link;
    const reads = async (first: number) =>
      (
        (
          await runner.ask(
            'query ($runnerId: ID, $first: Int) { runner(id: $runnerId) { contextReads(first: $first) { linkLabel day section client count lastAt } } }',
            { first },
          )
        ).data.runner as { contextReads: object[] }
      ).contextReads;
    gateway.clock.now = new Date('2026-06-12T09:00:00.000Z');
    await read(url, 'Claude-User/1.0');
    await gateway.flushReads();
    gateway.clock.now = new Date('2026-06-13T08:00:00.000Z');
    await read(`${url}`);
    await gateway.flushReads();
    gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');
    await read(url);
    await gateway.get(`${runner.path}/health`);
    await gateway.flushReads();
    const expected = [
      { linkLabel: 'Default', day: '2026-06-13', section: 'health-history', client: 'other', count: 1, lastAt: '2026-06-13T12:00:00.000Z' },
      { linkLabel: 'doctor', day: '2026-06-13', section: 'labs', client: 'command-line', count: 2, lastAt: '2026-06-13T12:00:00.000Z' },
      { linkLabel: 'doctor', day: '2026-06-12', section: 'labs', client: 'anthropic', count: 1, lastAt: '2026-06-12T09:00:00.000Z' },
    ];
    expect(await reads(50)).toEqual(expected);
    expect(await reads(0)).toEqual(expected.slice(0, 1));
  });

  it('leave out what the runner looks at in a session of their own, but nobody else’s looks', async () => {
    const [runner, stranger] = await Promise.all([newRunner(), newRunner()]);
    const look = { query: 'query ($token: String!) { runnerContext(token: $token) { source } }', token: runner.token };
    const rows = async () => {
      await gateway.flushReads();
      const answer = await runner.ask('query ($runnerId: ID) { runner(id: $runnerId) { contextReads { section } } }');
      return (answer.data.runner as { contextReads: object[] }).contextReads.length;
    };
    await runner.ask(look.query, { token: look.token });
    expect(await rows()).toBe(0);
    await stranger.ask(look.query, { token: look.token });
    expect(await rows()).toBeGreaterThan(0);
  });
});
