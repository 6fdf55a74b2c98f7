/** Partners with a copy of the catalogue each, kept by the very loop that partners are given. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mirror } from '../../../examples/mirror.ts';
import { memoryStore } from '../sync-clients.ts';
import { publicUrl, Unanswered } from './nodes.ts';
import type { Recorder } from './recorder.ts';
import type { Report } from './report.ts';
import { type Change, lists } from './states.ts';
import { newMemory, type Partner, type Witness } from './witness.ts';

/** The most a partner of this test waits when it is told to come back later. */
const waitMsMax = 100;

export function startMirror(partner: Partner, perPage: number, witness: Witness) {
  const { store, rows } = memoryStore();
  let memory = newMemory();

  const fetch = async (url: string, { headers }: { headers: Record<string, string> }) => {
    const { status, headers: told, text } = await witness.ask(partner, url, memory, headers);
    return new Response(text, { status, headers: told });
  };
  const wait = (milliseconds: number) => sleep(Math.min(milliseconds, waitMsMax));

  /** True when it got to the end. What it had saved before is there in any case. */
  async function poll(): Promise<boolean> {
    memory = newMemory();
    try {
      await mirror({ url: publicUrl, key: partner.key, perPage, store, fetch, wait });
      return true;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      witness.forgive(error);
      return false;
    }
  }

  return { name: `mirror by ${perPage}`, poll, rows };
}

export type Mirror = ReturnType<typeof startMirror>;

/** Finds every row that the copy lacks, has too much, or has otherwise than the newest state. */
export function compareWithNewest({ name, rows }: Mirror, { states }: Recorder, witness: Witness, report: Report) {
  for (const list of lists) {
    const held = new Map(rows(list).map((row) => [row.id, row]));
    for (const row of states.all(list, states.newest())) {
      const fault = faultOfCopy(held.get(row.id), row, witness);
      if (fault) report.fault(`${fault} (${name})`);
      report.count('rows compared in the end');
      held.delete(row.id);
    }
    for (const id of held.keys()) report.fault(`phantom: ${id} never was (${name})`);
  }
}

type Copied = ReturnType<Mirror['rows']>[number];

function faultOfCopy(copy: Copied | undefined, row: Change, witness: Witness): string | null {
  if (!row.visible) return copy ? `kept: version ${copy.version} of ${row.id}, which left ${row.stamp}` : null;
  if (copy?.version === row.version) return witness.faultOfDocument({ ...copy });
  return `lost: version ${row.version} of ${row.id}, of ${row.stamp}; there is ${copy ? `version ${copy.version}` : 'none'}`;
}
