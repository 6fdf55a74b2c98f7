import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner, fullDocument, importRunner, sentinels, share } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T19:00:00.000Z');

const sections = ['profile', 'training', 'health', 'labs'] as const;
type Section = (typeof sections)[number];

const combinations = Array.from(
  { length: 16 },
  (_, bits) => Object.fromEntries(sections.map((section, index) => [section, (bits & (1 << index)) !== 0])) as Record<Section, boolean>,
);

/** Everything an answer says, where a number may stand between any other characters but digits. */
async function textOf(response: Response): Promise<string> {
  return `${JSON.stringify([...response.headers])}\n${await response.text()}`;
}

const says = (text: string, sentinel: string) => new RegExp(`(?<![\\d.])${sentinel.replace(/[.]/g, '\\.')}(?!\\d)`).test(text);

function expectNothingOf(text: string, hidden: Section[]) {
  for (const section of hidden) expect(sentinels[section].filter((sentinel) => says(text, sentinel))).toEqual([]);
}

const runner = await createSharedRunner(gateway, fullDocument);
const offSections = (scopes: Record<Section, boolean>) => sections.filter((section) => !scopes[section]);

describe.each(combinations)('with the scopes %o', (scopes) => {
  it('both forms of the context show the sections that are on and nothing of the others', async () => {
    await share(gateway, runner.id, { enabled: true, ...scopes });
    for (const query of ['', '?format=markdown', '?format=json', '?format=xml']) {
      const response = await gateway.get(`${runner.path}${query}`);
      expect(response.status).toBe(200);
      const text = await textOf(response);
      expectNothingOf(text, offSections(scopes));
      for (const section of sections.filter((on) => scopes[on])) {
        expect(sentinels[section].filter((sentinel) => says(text, sentinel)).length, `${section} in ${query}`).toBeGreaterThan(2);
      }
    }
    const json = (await (await gateway.get(`${runner.path}?format=json`)).json()) as Record<string, unknown> & { runner: object };
    expect(json.scopes).toEqual(scopes);
    expect('training' in json).toBe(scopes.training);
    expect('health' in json).toBe(scopes.health);
    expect(Object.keys(json.runner).sort()).toEqual(
      scopes.profile
        ? [
            'age',
            'height_cm',
            'hr_zones',
            'lthr',
            'resting_hr',
            'running_since',
            'sex',
            'units',
            'username',
            'weekly_frequency',
            'weight_kg',
          ]
        : ['units', 'username'],
    );
  });

  it('the time-series answers with health and is forbidden without', async () => {
    await share(gateway, runner.id, { enabled: true, ...scopes });
    const response = await gateway.get(`${runner.path}/health`);
    expect(response.status).toBe(scopes.health ? 200 : 403);
    expectNothingOf(await textOf(response), scopes.health ? ['profile', 'training', 'labs'] : [...sections]);
  });

  it('nothing is shown while sharing is off', async () => {
    await share(gateway, runner.id, { enabled: false, ...scopes });
    for (const path of ['', '?format=json', '/health']) {
      const response = await gateway.get(`${runner.path}${path}`);
      expect(response.status).toBe(403);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expectNothingOf(await textOf(response), [...sections]);
    }
  });

  it('a token that is not known finds nothing, whatever is shared', async () => {
    await share(gateway, runner.id, { enabled: true, ...scopes });
    const wrong = [
      `${runner.token.slice(0, -1)}${runner.token.endsWith('A') ? 'B' : 'A'}`,
      runner.token.slice(1),
      'x',
      '%00',
      `${runner.token}=`,
    ];
    for (const token of wrong) {
      for (const path of ['', '?format=json', '/health', '/health?before=nonsense']) {
        const response = await gateway.get(`/api/runner-context/${token}${path}`);
        expect(response.status).toBe(404);
        expectNothingOf(await textOf(response), [...sections]);
      }
    }
  });
});

describe('a new runner', () => {
  it('shares nothing; once the switch is on, profile and training but neither health nor labs', async () => {
    const created = await createSharedRunner(gateway, fullDocument, {});
    expect((await gateway.get(created.path)).status).toBe(403);
    await share(gateway, created.id, { enabled: true });
    const { scopes } = (await (await gateway.get(`${created.path}?format=json`)).json()) as { scopes: object };
    expect(scopes).toEqual({ profile: true, training: true, health: false, labs: false });
    expect((await gateway.get(`${created.path}/health`)).status).toBe(403);
  });

  it('without data is refused /health without the scope all the same', async () => {
    const empty = await createSharedRunner(gateway, {}, { enabled: true, health: false });
    expect((await gateway.get(`${empty.path}/health`)).status).toBe(403);
    await share(gateway, empty.id, { health: true });
    expect(await (await gateway.get(`${empty.path}/health`)).json()).toEqual({
      runner: { units: 'metric' },
      metrics: [],
      page: { limit: 90, count: 0, has_more: false },
    });
  });
});

describe('a further link', () => {
  it('has scopes of its own and ends when it expires', async () => {
    const owner = await createSharedRunner(gateway, fullDocument, { enabled: true });
    const expiresAt = new Date(gateway.clock.now.getTime() + 60_000).toISOString();
    await importRunner(gateway, {
      username: owner.username,
      contextLinks: [{ label: 'for the doctor', profile: false, training: false, health: false, labs: true, expiresAt }],
    });
    const answer = await gateway.graphql<{ runner: { contextLinks: { label: string; url: string }[] } }>(
      'query ($id: ID) { runner(id: $id) { contextLinks { label url } } }',
      { id: owner.id },
    );
    const path = new URL(answer.data.runner.contextLinks.find((link) => link.label === 'for the doctor')!.url).pathname;
    const text = await textOf(await gateway.get(path));
    expect(text).toContain('labs-panel');
    expectNothingOf(text, ['profile', 'training', 'health']);
    const before = gateway.clock.now;
    gateway.clock.now = new Date(expiresAt);
    expect((await gateway.get(path)).status).toBe(404);
    gateway.clock.now = before;
  });
});
