/** Every state the catalogue has been in: what each committed transaction left, in the order of commits. */

export const lists = ['workout-templates', 'training-plan-templates'] as const;
export type List = (typeof lists)[number];

/** A row as a transaction left it, or passed through on its way. */
export interface Change {
  list: List;
  id: string;
  version: number;
  /** `updatedAt`, as partners are told it. */
  stamp: string;
  visible: boolean;
  removedVersion: number | null;
  removedReason: string | null;
  status: string;
  /** The columns that partners can see, as JSON, nulls left out. */
  document: Record<string, unknown>;
  searchText: string;
}

interface Entry {
  state: number;
  change: Change;
}

export function createStates() {
  const histories: Record<List, Map<string, Entry[]>> = { 'workout-templates': new Map(), 'training-plan-templates': new Map() };
  /** By id and version; what a transaction only passed through is marked, because nobody can have seen it. */
  const versions = new Map<string, { change: Change; passing: boolean }>();
  const faults: string[] = [];
  let count = 0;
  let newestStamp = '';

  function requireOrder(change: Change, before: Change | undefined) {
    const { id, version, stamp, visible } = change;
    const previous = versions.get(`${id} ${version - 1}`)?.change;
    if (versions.has(`${id} ${version}`) || (version !== 1 && !previous)) faults.push(`version ${version} of ${id} is out of order`);
    const wasVisible = before?.visible ?? false;
    if (!visible && !wasVisible) return;
    if (stamp <= newestStamp) faults.push(`${id} got the stamp ${stamp} after ${newestStamp} had been given`);
    newestStamp = stamp > newestStamp ? stamp : newestStamp;
  }

  return {
    /** What one committed transaction did, in its order. */
    append(transaction: Change[]) {
      count += 1;
      for (const change of transaction) {
        const history = histories[change.list].get(change.id) ?? [];
        histories[change.list].set(change.id, history);
        const last = history.at(-1);
        requireOrder(change, last?.change);
        if (last?.state === count) {
          const passed = versions.get(`${change.id} ${last.change.version}`);
          if (passed) passed.passing = true;
          history.pop();
        }
        history.push({ state: count, change });
        versions.set(`${change.id} ${change.version}`, { change, passing: false });
      }
    },
    /** The number of the newest state; 0 is the empty catalogue. */
    newest: () => count,
    /** The row in that state. */
    at(list: List, id: string, state: number): Change | undefined {
      const history = histories[list].get(id) ?? [];
      return history[endOf(history, state) - 1]?.change;
    },
    /** All rows of that state, private ones too. */
    all(list: List, state: number): Change[] {
      const rows: Change[] = [];
      for (const history of histories[list].values()) {
        const entry = history[endOf(history, state) - 1];
        if (entry) rows.push(entry.change);
      }
      return rows;
    },
    wasDeleted: (id: string) => lists.some((list) => histories[list].get(id)?.some(({ change }) => change.status === 'DELETED')),
    version: (id: string, version: number): Change | undefined => versions.get(`${id} ${version}`)?.change,
    /** Whether that version was what partners saw in any state. */
    wasSeen(id: string, version: number): boolean {
      const known = versions.get(`${id} ${version}`);
      return known?.passing === false && known.change.visible;
    },
    /** What was wrong with the history itself: versions with gaps, stamps that do not rise. */
    faults,
  };
}

export type States = ReturnType<typeof createStates>;

/** How many entries of the history belong to that state or one before it. */
function endOf(history: Entry[], state: number): number {
  let low = 0;
  let high = history.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history[middle]?.state ?? 0) <= state) low = middle + 1;
    else high = middle;
  }
  return low;
}
