/** Writers whose gateway is killed under them, and who remember what it had acknowledged. */
import { expect } from 'vitest';
import type { NodeProcess } from './node-process.ts';
import { type Ask, mintKey, Refused } from './operator.ts';
import type { Random } from './random.ts';

interface Template {
  id: string;
  name: string;
  version: number;
  updatedAt: string;
}

interface Written {
  acknowledged: Template;
  /** The name it may have got by a change of which nobody has heard; its version is then one higher. */
  unheard: string | null;
}

const templatesPerImport = 40;
const daysPerImport = 30;
const fields = 'id name version updatedAt';
const workout = { category: 'EASY', visibility: 'PUBLIC', status: 'ACTIVE', blocks: [{ steps: [{ kind: 'RUN', durationSeconds: 60 }] }] };

export class KilledWriters {
  acknowledged = 0;
  unheard = 0;
  private readonly random: Random;
  private readonly templates = new Map<string, Written>();
  /** Whether the import of this name was acknowledged. */
  private readonly catalogues = new Map<string, boolean>();
  private readonly runners = new Map<string, boolean>();
  private readonly keys = new Map<string, { plaintext: string; state: 'valid' | 'revoked' | 'unheard' }>();
  private newestStamp = '';
  private number = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** Writes with four hands until the gateway or its database is gone. */
  async write({ ask }: NodeProcess): Promise<void> {
    const hands = [this.writeTemplate, this.importCatalogue, this.importRunner, this.changeKey];
    await Promise.all(
      hands.map(async (write) => {
        try {
          for (;;) {
            await write.call(this, ask);
            this.acknowledged++;
          }
        } catch (error) {
          // The process is gone (fetch), or its database (503); anything else is a failure.
          const isGone = error instanceof TypeError || (error instanceof Refused && error.status === 503);
          if (!isGone && !(error instanceof SyntaxError)) throw error;
          this.unheard++;
        }
      }),
    );
  }

  private async writeTemplate(ask: Ask): Promise<void> {
    const name = this.newName('workout');
    const known = [...this.templates.values()].at(this.random.below(Math.max(1, this.templates.size)));
    if (!known || this.random.chance(0.3)) {
      const { createWorkoutTemplate } = await ask<{ createWorkoutTemplate: Template }>(
        `mutation ($input: CreateWorkoutTemplateInput!) { createWorkoutTemplate(input: $input) { ${fields} } }`,
        { input: { ...workout, name } },
      );
      this.heard(createWorkoutTemplate);
      return;
    }
    known.unheard = name;
    const { id, version } = known.acknowledged;
    const { updateWorkoutTemplate } = await ask<{ updateWorkoutTemplate: Template }>(
      `mutation ($id: ID!, $version: Int!, $input: UpdateWorkoutTemplateInput!) {
        updateWorkoutTemplate(id: $id, expectedVersion: $version, input: $input) { ${fields} } }`,
      { id, version, input: { name } },
    );
    expect(updateWorkoutTemplate.version).toBe(version + 1);
    this.heard(updateWorkoutTemplate);
  }

  /** Another hand's import may take a later stamp and be heard first, so only what this hand hears is in order. */
  private heard(template: Template): void {
    expect(template.updatedAt > this.newestStamp, 'stamps rise').toBe(true);
    this.newestStamp = template.updatedAt;
    this.templates.set(template.id, { acknowledged: template, unheard: null });
  }

  private async importCatalogue(ask: Ask): Promise<void> {
    const name = this.newName('catalogue');
    const workoutTemplates = Array.from({ length: templatesPerImport }, (_all, index) => ({ ...workout, name: `${name}-${index}` }));
    this.catalogues.set(name, false);
    await ask('mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun } } }', {
      input: { workoutTemplates },
    });
    this.catalogues.set(name, true);
  }

  private async importRunner(ask: Ask): Promise<void> {
    const username = this.newName('runner');
    this.runners.set(username, false);
    await importRunner(ask, username);
    this.runners.set(username, true);
  }

  private async changeKey(ask: Ask): Promise<void> {
    const { id, plaintext } = await mintKey(ask);
    const key = { plaintext, state: 'valid' as 'valid' | 'revoked' | 'unheard' };
    this.keys.set(id, key);
    if (this.random.chance(0.3)) return;
    key.state = 'unheard';
    await ask('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id });
    key.state = 'revoked';
  }

  private newName(noun: string): string {
    this.number++;
    return `${noun}-${this.number}`;
  }

  /** @throws the expectation that does not hold. */
  async expectKept(node: NodeProcess): Promise<void> {
    const { visible, byId } = await allTemplates(node.ask);
    for (const written of this.templates.values()) this.expectTemplate(written, byId.get(written.acknowledged.id));
    for (const [name, isAcknowledged] of this.catalogues) {
      const count = visible.filter((template) => template.name.startsWith(`${name}-`)).length;
      const allowed = isAcknowledged ? [templatesPerImport] : [0, templatesPerImport];
      expect(allowed, `templates of ${name}`).toContain(count);
    }
    const stamps = visible.map(({ updatedAt }) => updatedAt);
    expect(new Set(stamps).size, 'no two stamps are the same').toBe(stamps.length);
    this.newestStamp = stamps.toSorted().at(-1) ?? '';
    for (const [username, isAcknowledged] of this.runners) await this.expectRunner(node.ask, username, isAcknowledged);
    for (const key of this.keys.values()) {
      const { status } = await node.send('/api/key', { headers: { 'X-API-Key': key.plaintext } });
      const expected = { valid: [200], revoked: [401], unheard: [200, 401] }[key.state];
      expect(expected, `a key that is ${key.state}`).toContain(status);
      key.state = status === 200 ? 'valid' : 'revoked';
    }
  }

  private expectTemplate(written: Written, found: Template | undefined): void {
    const { acknowledged, unheard } = written;
    if (unheard !== null && found?.name === unheard) {
      expect(found).toMatchObject({ version: acknowledged.version + 1 });
      expect(found.updatedAt > acknowledged.updatedAt).toBe(true);
    } else expect(found).toEqual(acknowledged);
    if (found) written.acknowledged = found;
    written.unheard = null;
  }

  /** An import that nobody has heard of may be there in part; the same again makes it whole, and repeats nothing. */
  private async expectRunner(ask: Ask, username: string, isAcknowledged: boolean): Promise<void> {
    if (!isAcknowledged) await importRunner(ask, username);
    this.runners.set(username, true);
    const { runner } = await ask<{ runner: { dailyMetrics: { edges: unknown[] }; runs: { edges: unknown[] } } | null }>(
      `query ($username: String) { runner(username: $username) {
        dailyMetrics(first: 100) { edges { node { date } } } runs(first: 100) { edges { node { id } } } } }`,
      { username },
    );
    expect([runner?.dailyMetrics.edges.length, runner?.runs.edges.length], username).toEqual([daysPerImport, daysPerImport]);
  }
}

function importRunner(ask: Ask, username: string): Promise<unknown> {
  const days = Array.from({ length: daysPerImport }, (_all, index) => `2026-04-${String(index + 1).padStart(2, '0')}`);
  const input = {
    username,
    dailyMetrics: days.map((date) => ({ date, restingHeartRate: 50 })),
    runs: days.map((startedOn) => ({ startedOn, source: 'watch', distanceMeters: 5_000 })),
  };
  return ask('mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { counts { noun } } }', { input });
}

/** As partners see them, by the walk that loses nothing. */
async function allTemplates(ask: Ask): Promise<{ visible: Template[]; byId: Map<string, Template> }> {
  const visible: Template[] = [];
  for (let page = 1, pages = 1; page <= pages; page++) {
    const { workoutTemplates } = await ask<{ workoutTemplates: { total_pages: number; data: Template[] } }>(
      `query ($page: Int) { workoutTemplates(page: $page, per_page: 100) { total_pages data { ${fields} } } }`,
      { page },
    );
    pages = workoutTemplates.total_pages;
    visible.push(...workoutTemplates.data);
  }
  return { visible, byId: new Map(visible.map((template) => [template.id, template])) };
}
