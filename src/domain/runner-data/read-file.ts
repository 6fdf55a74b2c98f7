/** A runner's file as far as it makes sense, before anything of it is compared with what is stored. */
import { z } from 'zod';
import type { Fault } from '../errors.ts';
import { localDate } from '../local-dates.ts';
import { runnerFields } from '../runner-fields.ts';
import { type Collection, collections, labTests, runs } from './collections.ts';
import { heartRate, statedRestingHeartRate, weightKg } from './fields.ts';
import type { Entry } from './merge.ts';
import { type Item, readItem } from './read-item.ts';
import { labMarkerShape } from './shapes.ts';

/** Values that a file may state without a day, and the kind of measurement they are. */
export const bareValues = {
  weightKg: 'WEIGHT',
  maxHeartRate: 'MAX_HEART_RATE',
  restingHeartRate: 'RESTING_HEART_RATE',
  lactateThresholdHeartRate: 'LACTATE_THRESHOLD_HEART_RATE',
} as const;

const personShape = {
  fields: {
    ...runnerFields,
    sharingEnabled: z.boolean(),
    weightKg,
    maxHeartRate: heartRate,
    restingHeartRate: statedRestingHeartRate,
    lactateThresholdHeartRate: heartRate,
  },
  required: [],
  past: ['birthDate'],
};

export interface RunnerFile {
  /** What is said of the runner in person, bare values included. */
  person: Item;
  /** The entries of each list, by its noun. */
  lists: Map<string, Entry[]>;
  refusals: Fault[];
}

/** Everything usable of the file, and what was refused. `zoneBefore` is the runner's time zone unless the file has one. */
export function readRunnerFile(file: Item, zoneBefore: string, now: Date): RunnerFile {
  const refusals: Fault[] = [];
  const latest = endOfPresent(now);
  const nouns = new Set(collections.map((collection) => collection.noun));
  const personal = Object.fromEntries(Object.entries(file).filter(([name]) => name !== 'username' && !nouns.has(name)));
  const person = readItem(personShape, personal, [], latest, refusals) ?? {};
  const timezone = (person.timezone as string | undefined) ?? zoneBefore;
  const lists = new Map<string, Entry[]>();
  for (const collection of collections) {
    const given = file[collection.noun] ?? [];
    if (!Array.isArray(given)) refusals.push({ path: collection.noun, message: 'must be a list' });
    const entries = (Array.isArray(given) ? given : []).flatMap((input, index): Entry[] => {
      const path = [collection.noun, index];
      const item = readEntry(collection, input, path, { timezone, latest }, refusals);
      return item ? [{ item, path }] : [];
    });
    lists.set(collection.noun, entries);
  }
  return { person, lists, refusals };
}

/** Today has begun already where the day begins first, 14 hours before UTC. */
export const endOfPresent = (now: Date): Date => new Date(now.getTime() + 14 * 3_600_000);

/** One item of a list as it would be stored; null when none of it can be kept. */
export function readEntry(
  collection: Collection,
  input: unknown,
  path: PropertyKey[],
  { timezone, latest }: { timezone: string; latest: Date },
  refusals: Fault[],
): Item | null {
  const item = readItem(collection.shape, input, path, latest, refusals);
  if (!item) return null;
  if (collection === runs) settleDay(item, timezone);
  if (collection === labTests) readMarkers(item, path, latest, refusals);
  return { ...collection.defaults, ...item };
}

/** The day of a run that knows its time follows from it. */
function settleDay(run: Item, timezone: string): void {
  if (run.startedAt instanceof Date) run.startedOn = new Date(`${localDate(run.startedAt, timezone)}T00:00:00.000Z`);
}

function readMarkers(test: Item, path: PropertyKey[], latest: Date, refusals: Fault[]): void {
  if (test.markers === undefined) return;
  test.markers = (test.markers as unknown[]).flatMap((input, index) => {
    const marker = readItem(labMarkerShape, input, [...path, 'markers', index], latest, refusals);
    return marker ? [marker] : [];
  });
}
