/** Partners who ask one thing after another: filters, single rows, walks, with what they were told the last time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.ts';
import { publicUrl } from './nodes.ts';
import type { Recorder } from './recorder.ts';
import { type List, lists } from './states.ts';
import { newMemory, type Partner, type Witness } from './witness.ts';

/** Asked again and again, so that what is kept of them has the chance to be served when it no longer should. */
const queries: Record<List, readonly [string, ...string[]]> = {
  'workout-templates': [
    '',
    '?per_page=3',
    '?per_page=100&includeRemoved=true',
    '?page=2&per_page=5',
    '?category=EASY&per_page=10',
    '?category=TEMPO',
    '?category=TEMPO&includeRemoved=true&per_page=7',
    '?search=name',
    '?search=imported&per_page=2',
    '?search=name%209&includeRemoved=true',
  ],
  'training-plan-templates': [
    '',
    '?per_page=4',
    '?per_page=100&includeRemoved=true',
    '?goalDistance=MARATHON',
    '?search=name',
    '?search=plan',
  ],
};

/** Asks until `isOver`, on whichever node. */
export async function readAtRandom(partner: Partner, witness: Witness, recorder: Recorder, random: Random, isOver: () => boolean) {
  const memory = newMemory();

  /** Where `next` leads; nowhere from what is no page. */
  async function ask(path: string): Promise<string | undefined> {
    const known = memory.bodies.get(path);
    const headers: Record<string, string> = { 'Accept-Encoding': random.chance(0.5) ? 'gzip' : 'identity' };
    if (known && random.chance(0.6)) headers['If-None-Match'] = known.etag;
    try {
      const { status, text } = await witness.ask(partner, publicUrl + path, memory, headers);
      return status === 200 ? (JSON.parse(text) as { next?: string }).next?.slice(publicUrl.length) : undefined;
    } catch (error) {
      witness.forgive(error);
      return undefined;
    }
  }

  while (!isOver()) {
    memory.walks.clear();
    if (memory.bodies.size > 200) memory.bodies.clear();
    let path: string | undefined = choosePath(recorder, random);
    for (let pages = 1 + random.below(3); path !== undefined && pages > 0; pages--) {
      path = await ask(path);
      await sleep(10 + random.below(30));
    }
  }
}

/** Asks both nodes at once about a row that has just been written: what they have kept of it must not be told any more. */
export function createLook(partner: Partner, witness: Witness, recorder: Recorder) {
  const memory = newMemory();
  return async (id: string) => {
    const newest = await recorder.reached();
    const list = lists.find((name) => recorder.states.at(name, id, newest));
    if (!list) return;
    const paths = [`/api/${list}?per_page=3`, `/api/${list}/${id}`];
    const asked = paths.flatMap((path) => {
      const known = memory.bodies.get(path);
      const headers: Record<string, string> = known ? { 'If-None-Match': known.etag } : {};
      return [witness.ask(partner, publicUrl + path, memory), witness.ask(partner, publicUrl + path, memory, headers)];
    });
    await Promise.all(asked.map((answer) => answer.catch(witness.forgive)));
    memory.walks.clear();
  };
}

/** A row by its id, what has changed since some row did, or one of the queries. */
function choosePath({ states }: Recorder, random: Random): string {
  const list = random.chance(0.7) ? lists[0] : lists[1];
  const rows = states.all(list, states.newest());
  const row = rows[random.below(Math.min(rows.length, 40))];
  const kind = random.below(10);
  if (row && kind < 3) return `/api/${list}/${row.id}`;
  if (row && kind < 5)
    return `/api/${list}?updatedSince=${row.stamp}&includeRemoved=${random.chance(0.6)}&per_page=${2 + random.below(40)}`;
  return `/api/${list}${random.pick(queries[list])}`;
}
