/** What holds of histories and lists whatever two coaches do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Author, authorWith, type Connection, createMany, type Kind, newCoach, type Template } from './support/authors.ts';
import { startGateway } from './support/gateway.ts';
import { applyChanges } from './support/replay.ts';

const gateway = await startGateway();
const operator = authorWith(gateway, undefined);
const kinds = ['workout', 'plan'] as const;

const contentOf = {
  workout: (value: number) => ({
    blocks: Array.from({ length: value + 1 }, (_, index) => ({ repeat: value - index + 1, steps: [{ kind: 'RUN' }] })),
    tags: ['a', 'b', 'c'].slice(0, value),
  }),
  plan: (value: number) => ({
    durationWeeks: 4,
    weeks: Array.from({ length: value }, (_, index) => ({ week: index + 1, focus: `Focus ${value}`, days: [] })),
  }),
};

/** What a coach may try, with the version as it is; gives the template that is new then. */
const steps = {
  create: ({ author, kind, value }) => author.create(kind, contentOf[kind](value)),
  duplicate: ({ author, kind, id }) => author.duplicate(kind, id),
  rename: ({ author, kind, id, version, value }) =>
    author.update(kind, id, version, { name: `Name ${value}`, level: value > 1 ? 'ADVANCED' : null }),
  rewrite: ({ author, kind, id, version, value }) => author.update(kind, id, version, contentOf[kind](value)),
  same: ({ author, kind, id, version }) => author.update(kind, id, version, {}),
  publish: ({ author, kind, id, version }) => author.publish(kind, id, version),
  unpublish: ({ author, kind, id, version }) => author.unpublish(kind, id, version),
  archive: ({ author, kind, id, version }) => author.archive(kind, id, version),
  remove: ({ author, kind, id }) => author.remove(kind, id),
} satisfies Record<
  string,
  (at: { author: Author; kind: Kind; id: string; version: number; value: number }) => Promise<{ template: Template }>
>;

const action = fc.record({
  kind: fc.constantFrom(...kinds),
  // Twice what makes templates and versions, so that there is something to look at.
  step: fc.constantFrom('create', 'rename', 'rewrite', ...(Object.keys(steps) as (keyof typeof steps)[])),
  who: fc.constantFrom(0 as const, 1 as const),
  which: fc.nat({ max: 20 }),
  value: fc.nat({ max: 3 }),
});

/** Lets two coaches do all of it, each to templates of either; gives the ids of what there is then. */
async function act(actions: (typeof action extends fc.Arbitrary<infer T> ? T : never)[]): Promise<Record<Kind, string[]>> {
  const coaches = [await newCoach(gateway), await newCoach(gateway)] as const;
  const ids: Record<Kind, string[]> = { workout: [], plan: [] };
  for (const { kind, step, who, which, value } of actions) {
    const id = ids[kind][which % Math.max(1, ids[kind].length)] ?? '';
    const version = (await operator.find(kind, id))?.version ?? 1;
    const { template } = await steps[step]({ author: coaches[who], kind, id, version, value });
    if ((step === 'create' || step === 'duplicate') && template) ids[kind].push(template.id);
  }
  return ids;
}

/** The versions there were of a template, whose history must make the document as it is. */
async function requireReplay(id: string, documents: Record<string, unknown>[]): Promise<number> {
  const history = ((await operator.changes(id))?.edges ?? []).map(({ node }) => node).toReversed();
  expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
  const replayed = history.reduce((document, { changes }) => applyChanges(document, changes), {}) as { slug: string; status: string };
  const current = documents.find(({ slug }) => slug === replayed.slug);
  expect(current).toEqual(replayed.status === 'DELETED' ? undefined : replayed);
  return history.length;
}

/** Walks the whole list and gives the ids of each part, as they come; `between` happens after each. */
async function walk(author: Author, kind: Kind, way: 'forwards' | 'backwards', size: number, between: (ids: string[]) => Promise<void>) {
  const parts: string[][] = [];
  const [count, from] = way === 'forwards' ? ['first', 'after'] : ['last', 'before'];
  for (let cursor: string | null = null; ; ) {
    const start: string = cursor === null ? '' : `, ${from}: "${cursor}"`;
    const part: Connection<Template> = await author.list(kind, `status: DRAFT, ${count}: ${size}${start}`, '');
    const ids = part.edges.map(({ node }) => node.id);
    parts.push(ids);
    await between(ids);
    const { hasNextPage, hasPreviousPage, endCursor, startCursor } = part.pageInfo;
    if (!(way === 'forwards' ? hasNextPage : hasPreviousPage)) return parts;
    cursor = way === 'forwards' ? endCursor : startCursor;
  }
}

describe('whatever two coaches do', () => {
  it('the histories make the documents as they are, version by version', { timeout: 120_000 }, async () => {
    let versions = 0;
    let templates = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 10, maxLength: 18 }), async (actions) => {
        const ids = await act(actions);
        const { workoutTemplates, trainingPlanTemplates } = await operator.exportCatalogue();
        for (const kind of kinds) {
          for (const id of ids[kind]) versions += await requireReplay(id, kind === 'workout' ? workoutTemplates : trainingPlanTemplates);
          templates += ids[kind].length;
        }
      }),
      { numRuns: 8 },
    );
    // Otherwise nothing but beginnings was looked at.
    expect(versions).toBeGreaterThan(templates);
  });

  it('a walk in parts of any size meets every row exactly once, either way, while rows change and leave', {
    timeout: 120_000,
  }, async () => {
    const choices = fc.infiniteStream(fc.nat({ max: 6 }));
    const way = fc.constantFrom('forwards' as const, 'backwards' as const);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 7 }), way, choices, async (kind, size, direction, choice) => {
        const author = await newCoach(gateway);
        const ids = await createMany(author, kind, 6);
        const archived = new Set<string>();
        const next = () => choice.next().value as number;
        const parts = await walk(author, kind, direction, size, async (met) => {
          // One that was met leaves the list, as the row behind the cursor may; one of all changes.
          const leaving = met[next() % Math.max(1, met.length)];
          const version = async (id: string) => (await author.find(kind, id))?.version ?? 0;
          if (leaving) await author.archive(kind, leaving, await version(leaving));
          if (leaving) archived.add(leaving);
          const changing = ids[next()];
          if (changing && !archived.has(changing))
            await author.update(kind, changing, await version(changing), { description: `${next()}` });
        });
        expect((direction === 'forwards' ? parts : parts.toReversed()).flat()).toEqual(ids);
        expect(archived.size).toBeGreaterThan(0);
      }),
      { numRuns: 14 },
    );
  });
});
