/** The lists in a runner's file: which table each goes to, and by what an item is recognised when it comes again. */
import type { Tx } from '../context.ts';
import type { Item, ItemShape } from './read-item.ts';
import {
  contextLinkShape,
  dailyMetricShape,
  gearShape,
  goalShape,
  healthSourceShape,
  heartRateZonesShape,
  labTestShape,
  measurementShape,
  personalBestShape,
  raceResultShape,
  runShape,
} from './shapes.ts';

export type Row = Item & { id: string };

/** One table, as far as imports and exports go. */
interface Table {
  findMany(query: { where: object; orderBy?: object; take?: number; include?: object }): Promise<Row[]>;
  createMany(query: { data: Item[] }): Promise<unknown>;
  update(query: { where: { id: string }; data: Item }): Promise<unknown>;
  delete(query: { where: { id: string } }): Promise<unknown>;
}

export interface Collection {
  /** As the file calls the list. */
  noun: string;
  shape: ItemShape;
  table(tx: Tx): Table;
  /** The table's name, for lists that are long: their rows are inserted in bulk. */
  bulkTable?: 'Run' | 'DailyReading';
  /** What is assumed of an item that does not say it. */
  defaults?: Item;
  /** By what an item is recognised, the surest first. */
  keysOf(item: Item): string[];
  /** Which rows the items may be; all of the runner's when left out. */
  among?(items: Item[]): object;
}

/** The source of values in a file that names none. */
export const fileSource = 'file';

const table = (choose: (tx: Tx) => unknown) => (tx: Tx) => choose(tx) as Table;

const part = (value: unknown) => (value instanceof Date ? value.toISOString() : JSON.stringify(value ?? null));
const keyOn =
  (...names: string[]) =>
  (item: Item) => [names.map((name) => part(item[name])).join(' ')];

const between = (column: string, items: Item[]) => {
  const times = items.map((item) => (item[column] as Date).getTime());
  return { [column]: { gte: new Date(Math.min(...times)), lte: new Date(Math.max(...times)) } };
};

/** A source's own id is the surest; then the start, which a row with an id and an item without one may share. */
function runKeys({ source, externalId, sport, startedAt, startedOn, distanceMeters, movingSeconds }: Item): string[] {
  const start = startedAt ? [startedAt] : [startedOn, distanceMeters, movingSeconds];
  const byStart = `start ${[source, sport, ...start].map(part).join(' ')}`;
  return externalId === undefined || externalId === null ? [byStart] : [`id ${part(source)} ${part(externalId)}`, byStart];
}

export const runs: Collection = {
  noun: 'runs',
  shape: runShape,
  table: table((tx) => tx.run),
  bulkTable: 'Run',
  defaults: { source: fileSource, sport: 'RUN' },
  keysOf: runKeys,
  among: (items) => ({
    OR: [between('startedOn', items), { externalId: { in: items.flatMap((item) => (item.externalId ? [item.externalId] : [])) } }],
  }),
};

export const measurements: Collection = {
  noun: 'measurements',
  shape: measurementShape,
  table: table((tx) => tx.measurement),
  defaults: { source: fileSource },
  keysOf: keyOn('kind', 'date', 'source'),
};

export const healthSources: Collection = {
  noun: 'healthSources',
  shape: healthSourceShape,
  table: table((tx) => tx.healthSource),
  keysOf: keyOn('name'),
};

export const labTests: Collection = {
  noun: 'labTests',
  shape: labTestShape,
  table: table((tx) => tx.labTest),
  keysOf: keyOn('date', 'name'),
};

export const contextLinkItems: Collection = {
  noun: 'contextLinks',
  shape: contextLinkShape,
  table: table((tx) => tx.contextLink),
  keysOf: ({ isDefault, label }) => [isDefault ? 'default' : `label ${part(label)}`],
};

/** Every list of a file, in the order in which it is exported and imported. */
export const collections: Collection[] = [
  healthSources,
  measurements,
  {
    noun: 'heartRateZones',
    shape: heartRateZonesShape,
    table: table((tx) => tx.heartRateZones),
    defaults: { source: fileSource },
    keysOf: keyOn('date', 'source'),
  },
  { noun: 'gear', shape: gearShape, table: table((tx) => tx.gear), keysOf: keyOn('name') },
  { noun: 'raceResults', shape: raceResultShape, table: table((tx) => tx.raceResult), keysOf: keyOn('date', 'name') },
  { noun: 'goals', shape: goalShape, table: table((tx) => tx.goal), keysOf: keyOn('name') },
  { noun: 'personalBests', shape: personalBestShape, table: table((tx) => tx.personalBest), keysOf: keyOn('distanceMeters') },
  {
    noun: 'dailyMetrics',
    shape: dailyMetricShape,
    table: table((tx) => tx.dailyReading),
    bulkTable: 'DailyReading',
    defaults: { source: fileSource },
    keysOf: keyOn('date', 'source'),
    among: (items) => between('date', items),
  },
  runs,
  labTests,
  contextLinkItems,
];
