/** Those who write templates, through the nodes and past them, and remember what they were told is written. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Author, authorWith, type Outcome, visible, weekOf } from '../authors.ts';
import { type Table, type Written, writeOnce } from '../hostile-writers.ts';
import type { Random } from '../random.ts';
import { Unanswered } from './nodes.ts';
import type { Operator } from './operator.ts';
import type { Recorder } from './recorder.ts';
import type { Report } from './report.ts';
import { lists } from './states.ts';

/** What writers were told is written. */
export interface Acknowledged {
  id: string;
  /** Undefined for a removal, which tells none. */
  version: number | undefined;
}

/** Refusals that say what is so: the template changed meanwhile, is used by a plan, is gone, or cannot be published as it is. */
const understood = ['CONFLICT', 'NOT_FOUND', 'INVALID', 'UNAVAILABLE'];

/** From here on what there is gets changed more often than something is added. */
const rowsEnough = 120;

const categories = ['EASY', 'TEMPO', 'LONG', 'INTERVAL'] as const;

export interface WriterParts {
  operator: Operator;
  recorder: Recorder;
  report: Report;
  acknowledged: Acknowledged[];
  /** Looks at once whether everyone is told. */
  look(id: string): Promise<void>;
}

/** Writes through whichever node answers, until `isOver`. */
export async function writeThroughNodes(parts: WriterParts, random: Random, isOver: () => boolean) {
  const { operator, recorder, report, acknowledged, look } = parts;
  const author = authorWith(operator, undefined);

  async function learn({ template, error }: Outcome) {
    if (error && !understood.includes(error.extensions.code)) report.fault(`unexpected refusal: ${JSON.stringify(error)}`);
    report.count(error ? `writes refused ${error.extensions.code}` : 'writes through nodes');
    if (error || !template) return;
    acknowledged.push({ id: template.id, version: template.version });
    await look(template.id);
  }

  while (!isOver()) {
    try {
      await learn(await writeOneThing(author, recorder, random));
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      if (!error.excused) report.fault(`unanswered: ${error.message}`);
      report.count('writes unanswered');
    }
    await sleep(20 + random.below(120));
  }
}

async function writeOneThing(author: Author, { states }: Recorder, random: Random): Promise<Outcome> {
  const kind = random.chance(0.6) ? 'workout' : 'plan';
  const rows = states.all(kind === 'workout' ? lists[0] : lists[1], states.newest()).filter(({ status }) => status !== 'DELETED');
  // Few rows change often, most hardly ever: what is lost of those stays lost.
  const row = rows[Math.floor(rows.length * (random.below(1_000) / 1_000) ** 3)];
  if (!row || random.chance(rows.length < rowsEnough ? 0.3 : 0.03)) return create(author, kind, random);
  if (random.chance(0.08)) return importSome(author, random);
  const { id, version } = row;
  const name = `name ${random.below(1_000)}`;
  const write = random.pick([
    () => author.update(kind, id, version, { name }),
    () => author.update(kind, id, version, { name, description: `text ${random.below(1_000)}` }),
    () => author.update(kind, id, version, kind === 'workout' ? { category: random.pick(categories) } : { goalDistance: 'MARATHON' }),
    // What they had read before somebody else wrote.
    () => author.update(kind, id, Math.max(1, version - 1), { name }),
    () => author.update(kind, id, version, { visibility: 'PUBLIC', status: 'ACTIVE' }),
    () => author.publish(kind, id, version),
    () => author.publish(kind, id, version),
    () => author.unpublish(kind, id, version),
    () => author.archive(kind, id, version),
    () => author.duplicate(kind, id),
    () => author.remove(kind, id).then(({ error }) => ({ template: { id } as Outcome['template'], error })),
  ]);
  return write();
}

function create(author: Author, kind: 'workout' | 'plan', random: Random): Promise<Outcome> {
  const name = `name ${random.below(1_000)}`;
  const standing = random.chance(0.75) ? visible : {};
  return author.create(kind, kind === 'workout' ? { name, category: random.pick(categories), ...standing } : { name, ...standing });
}

/** The same few slugs every time, with something changed, and a plan that needs its workouts to be visible. */
async function importSome(author: Author, random: Random): Promise<Outcome> {
  const workouts = [0, 1, 2, 3].map((index) => ({
    slug: `imported-${index}`,
    name: `imported ${random.below(3)}`,
    category: random.pick(categories),
    blocks: [{ steps: [{ kind: 'RUN', durationSeconds: 60 + index }] }],
    ...visible,
  }));
  const plan = { slug: 'imported-plan', name: `plan ${random.below(3)}`, ...weekOf({ workoutTemplate: 'imported-0' }), ...visible };
  const { errors } = await author.importCatalogue({ workoutTemplates: workouts, trainingPlanTemplates: [plan] });
  return { template: undefined as never, error: errors?.[0] };
}

/** Writes in SQL, on a connection that no fault touches, until `isOver`. */
export async function writeInSql(
  databaseUrl: string,
  { report, acknowledged, look }: WriterParts,
  random: Random,
  isOver: () => boolean,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  while (!isOver()) {
    const committed: Record<Table, Written[]> = { WorkoutTemplate: [], TrainingPlanTemplate: [] };
    try {
      await writeOnce(client, random, committed, 0.1);
      report.count('transactions in SQL');
    } catch (error) {
      // A visible plan needs its workouts: the database refuses the whole transaction.
      if ((error as { code?: string }).code !== 'EK001') report.fault(`refused in SQL: ${error}`);
      await client.query('ROLLBACK');
    }
    const written = Object.values(committed).flat();
    acknowledged.push(...written);
    if (written[0]) await look(written[0].id);
    await sleep(30 + random.below(250));
  }
  await client.end();
}
