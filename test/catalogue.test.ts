import { describe, expect, it } from 'vitest';
import demoCatalogue from '../src/demo/catalogue.json' with { type: 'json' };
import { type Gateway, type GraphqlAnswer, startGateway } from './support/gateway.ts';

interface Counts {
  counts: { noun: string; created: number; updated: number; unchanged: number }[];
}

const importInto = (gateway: Gateway, input: unknown): Promise<GraphqlAnswer<{ importCatalogue: Counts }>> =>
  gateway.graphql(
    'mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun created updated unchanged } } }',
    { input },
  );

const exportFrom = async (gateway: Gateway) =>
  (await gateway.graphql<{ exportCatalogue: typeof demoCatalogue }>('{ exportCatalogue }')).data.exportCatalogue;

/** Versions and stamps of everything, to see that nothing moved. */
async function stampsOf({ db }: Gateway) {
  const select = { slug: true, version: true, updatedAt: true, status: true };
  return [
    await db.workoutTemplate.findMany({ select, orderBy: { slug: 'asc' } }),
    await db.trainingPlanTemplate.findMany({ select, orderBy: { slug: 'asc' } }),
  ];
}

const step = { kind: 'RUN', durationSeconds: 600 };
const workout = (name: string, more: object = {}) => ({
  name,
  category: 'EASY',
  blocks: [{ steps: [step] }],
  visibility: 'PUBLIC',
  status: 'ACTIVE',
  ...more,
});
const plan = (name: string, workoutTemplate: string, more: object = {}) => ({
  name,
  durationWeeks: 1,
  weeks: [{ week: 1, days: [{ day: 1, sessions: [{ kind: 'RUN', workoutTemplate }] }] }],
  visibility: 'PUBLIC',
  status: 'ACTIVE',
  ...more,
});

describe('an imported catalogue', async () => {
  const gateway = await startGateway();

  it('is written whole, and the same file again changes nothing', async () => {
    const first = await importInto(gateway, demoCatalogue);
    expect(first.data.importCatalogue.counts).toEqual([
      { noun: 'workoutTemplates', created: demoCatalogue.workoutTemplates.length, updated: 0, unchanged: 0 },
      { noun: 'trainingPlanTemplates', created: demoCatalogue.trainingPlanTemplates.length, updated: 0, unchanged: 0 },
    ]);
    const before = await stampsOf(gateway);
    const second = await importInto(gateway, demoCatalogue);
    expect(second.data.importCatalogue.counts.map((count) => count.unchanged)).toEqual([
      demoCatalogue.workoutTemplates.length,
      demoCatalogue.trainingPlanTemplates.length,
    ]);
    expect(await stampsOf(gateway)).toEqual(before);
  });

  it('comes out of an empty gateway as it went in', async () => {
    const other = await startGateway();
    const exported = await exportFrom(gateway);
    expect((await importInto(other, exported)).errors).toBeUndefined();
    expect(await exportFrom(other)).toEqual(exported);
    expect(exported.workoutTemplates.map(({ slug }) => slug).sort()).toEqual(demoCatalogue.workoutTemplates.map(({ slug }) => slug).sort());
  });

  it('raises the version of what changed, by one, and of nothing else', async () => {
    const [first, ...others] = demoCatalogue.workoutTemplates;
    const answer = await importInto(gateway, { workoutTemplates: [{ ...first, description: 'Rewritten.' }, ...others] });
    expect(answer.data.importCatalogue.counts[0]).toMatchObject({ created: 0, updated: 1, unchanged: others.length });
    const [workouts] = await stampsOf(gateway);
    expect(workouts?.filter(({ version }) => version !== 1)).toMatchObject([{ slug: first?.slug, version: 2 }]);
  });

  it('keeps the visibility and status of what does not state them, and brings back what was deleted', async () => {
    await importInto(gateway, { workoutTemplates: [workout('Comes and goes')] });
    const kept = workout('Comes and goes', { visibility: undefined, status: undefined, description: 'New text.' });
    await importInto(gateway, { workoutTemplates: [kept] });
    const row = await gateway.db.workoutTemplate.findUniqueOrThrow({ where: { slug: 'comes-and-goes' } });
    expect(row).toMatchObject({ visibility: 'PUBLIC', status: 'ACTIVE', version: 2 });
    await gateway.graphql('mutation ($id: ID!) { deleteWorkoutTemplate(id: $id) }', { id: row.id });
    await importInto(gateway, { workoutTemplates: [workout('Comes and goes')] });
    expect(await gateway.db.workoutTemplate.findUniqueOrThrow({ where: { slug: 'comes-and-goes' } })).toMatchObject({
      id: row.id,
      status: 'ACTIVE',
      version: 4,
      removedVersion: null,
    });
  });

  it('may name a workout by its slug, its name, or its id, in the same file or stored before', async () => {
    const { id } = await gateway.db.workoutTemplate.findUniqueOrThrow({ where: { slug: 'easy-45' } });
    const byId = { ...plan('By id', ''), weeks: [{ week: 1, days: [{ day: 1, sessions: [{ kind: 'RUN', workoutTemplateId: id }] }] }] };
    const input = {
      workoutTemplates: [workout('In this file')],
      trainingPlanTemplates: [plan('By name', 'In this file'), plan('By slug', 'in-this-file'), plan('Stored', 'Easy 45 minutes'), byId],
    };
    expect((await importInto(gateway, input)).errors).toBeUndefined();
    const { id: inFile } = await gateway.db.workoutTemplate.findUniqueOrThrow({ where: { slug: 'in-this-file' } });
    const plans = await gateway.db.trainingPlanTemplate.findMany({
      where: { slug: { in: ['by-name', 'by-slug', 'stored', 'by-id'] } },
      orderBy: { slug: 'asc' },
    });
    expect(plans.map((row) => row.workoutTemplateIds)).toEqual([[id], [inFile], [inFile], [id]]);
  });

  it('is refused while it hides a workout that a visible plan uses, and the plans are listed', async () => {
    const before = await stampsOf(gateway);
    const easy = demoCatalogue.workoutTemplates.find(({ slug }) => slug === 'fartlek-10x1min');
    const answer = await importInto(gateway, { workoutTemplates: [workout('Not written'), { ...easy, visibility: 'PRIVATE' }] });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', plans: [{ slug: 'four-weeks-to-5k' }] });
    expect(await stampsOf(gateway)).toEqual(before);
  });
});

describe('a catalogue with faults', async () => {
  const gateway = await startGateway();
  const faultsOf = async (input: unknown) => {
    const answer = await importInto(gateway, input);
    expect(answer.errors?.[0]?.extensions.code).toBe('INVALID');
    const faults = answer.errors?.[0]?.extensions.errors as { path: string; message: string }[];
    return faults.map(({ path }) => path);
  };

  it.each<[string, unknown, string[]]>([
    ['is not an object', 'text', ['input']],
    ['has a member nobody knows', { workouts: [] }, ['input']],
    ['lists something else than templates', { workoutTemplates: [null, 7] }, ['workoutTemplates[0]', 'workoutTemplates[1]']],
    ['has an unknown category', { workoutTemplates: [workout('A', { category: 'BANANA' })] }, ['workoutTemplates[0].category']],
    [
      'repeats a block 0 times',
      { workoutTemplates: [workout('A', { blocks: [{ repeat: 0, steps: [step] }] })] },
      ['workoutTemplates[0].blocks[0].repeat'],
    ],
    [
      'has a step with both a duration and a distance',
      { workoutTemplates: [workout('A', { blocks: [{ steps: [step, { ...step, distanceMeters: 5 }] }] })] },
      ['workoutTemplates[0].blocks[0].steps[1].distanceMeters'],
    ],
    [
      'has impossible targets',
      {
        workoutTemplates: [
          workout('A', {
            blocks: [
              {
                steps: [
                  { ...step, target: { type: 'ZONE', min: 0, max: 6 } },
                  { ...step, target: { type: 'PACE', min: 300, max: 200 } },
                  { ...step, target: { type: 'DANIELS', reference: 'X' } },
                  { ...step, target: { type: 'POWER', unit: 'hp', min: 200 } },
                ],
              },
            ],
          }),
        ],
      },
      ['0].target.min', '0].target.max', '1].target.min', '2].target.reference', '3].target.unit'].map(
        (end) => `workoutTemplates[0].blocks[0].steps[${end}`,
      ),
    ],
    [
      'names an unknown workout',
      { trainingPlanTemplates: [plan('P', 'nowhere')] },
      ['trainingPlanTemplates[0].weeks[0].days[0].sessions[0].workoutTemplate'],
    ],
    [
      'names a workout that two answer to',
      {
        workoutTemplates: [workout('Twin', { slug: 'twin-1' }), workout('Twin', { slug: 'twin-2' })],
        trainingPlanTemplates: [plan('P', 'Twin')],
      },
      ['trainingPlanTemplates[0].weeks[0].days[0].sessions[0].workoutTemplate'],
    ],
    ['has one template twice', { workoutTemplates: [workout('Same'), workout('same')] }, ['workoutTemplates[1]']],
    [
      'counts weeks backwards',
      {
        trainingPlanTemplates: [
          plan('P', 'x', {
            weeks: [
              { week: 2, days: [] },
              { week: 1, days: [] },
            ],
            durationWeeks: 2,
          }),
        ],
      },
      ['trainingPlanTemplates[0].weeks[1].week'],
    ],
    [
      'is longer than it says',
      { trainingPlanTemplates: [plan('P', 'x', { weeks: [{ week: 3, days: [] }], durationWeeks: 2 })] },
      ['trainingPlanTemplates[0].durationWeeks'],
    ],
    [
      'carries what cannot be stored',
      { workoutTemplates: [workout('A\u0000B'), workout('C', { description: '\ud800' })] },
      ['workoutTemplates[0].name', 'workoutTemplates[1].description'],
    ],
    ['wants a template deleted', { workoutTemplates: [workout('A', { status: 'DELETED' })] }, ['workoutTemplates[0].status']],
    [
      'has faults of several kinds',
      {
        workoutTemplates: [workout('A', { category: 'BANANA' }), workout('')],
        trainingPlanTemplates: [plan('P', 'A'), plan('Q', 'nowhere')],
      },
      ['workoutTemplates[0].category', 'workoutTemplates[1].name', 'trainingPlanTemplates[1].weeks[0].days[0].sessions[0].workoutTemplate'],
    ],
  ])('that %s is refused with every path', async (_what, input, paths) => {
    expect(await faultsOf(input)).toEqual(paths);
  });

  it('of which nothing is right lists 10 000 faults and says that there are more', async () => {
    const paths = await faultsOf({ workoutTemplates: Array(100_000).fill(null), trainingPlanTemplates: [{}] });
    expect(paths).toHaveLength(10_001);
    expect(paths.slice(-2)).toEqual(['workoutTemplates[9999]', 'input']);
  });

  it('leaves nothing behind', async () => {
    expect(await stampsOf(gateway)).toEqual([[], []]);
    expect(await gateway.db.auditEvent.count()).toBe(0);
  });

  it('of more than 25 MB is refused before it is read', async () => {
    const answer = await importInto(gateway, { workoutTemplates: [workout('A', { description: 'x'.repeat(25_000_000) })] });
    expect(answer.status).toBe(413);
    expect(answer.errors?.[0]?.extensions.code).toBe('PAYLOAD_TOO_LARGE');
  });
});
