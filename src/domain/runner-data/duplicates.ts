/** The same run recorded by two sources: both are kept, one of them counts. */

interface RecordedRun {
  id: string;
  source: string;
  startedAt: Date | null;
  startedOn: Date;
  distanceMeters: number | null;
  movingSeconds: number | null;
}

/** Two devices on one runner are rarely started further apart. */
const startToleranceMs = 10 * 60_000;
/** Two devices on one run measure it this much alike; where only the day is known, more is asked. */
const lengthTolerance = { timed: 0.1, sameDay: 0.02 };

const dayMs = 86_400_000;

/**
 * The ids of the runs that repeat a run of another source. Of each set the run counts whose source comes first by
 * `priorityOf`.
 */
export function findDuplicates(runs: readonly RecordedRun[], priorityOf: (source: string) => number): Set<string> {
  const order = (a: RecordedRun, b: RecordedRun) =>
    priorityOf(a.source) - priorityOf(b.source) || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.id < b.id ? -1 : 1);
  const counted = new Map<number, RecordedRun[]>();
  const duplicates = new Set<string>();
  for (const run of [...runs].sort(order)) {
    const day = run.startedOn.getTime() / dayMs;
    const near = [day - 1, day, day + 1].flatMap((other) => counted.get(other) ?? []);
    if (near.some((other) => other.source !== run.source && isSameRun(other, run))) duplicates.add(run.id);
    else counted.set(day, [...(counted.get(day) ?? []), run]);
  }
  return duplicates;
}

function isSameRun(a: RecordedRun, b: RecordedRun): boolean {
  if (a.startedAt && b.startedAt) {
    return Math.abs(a.startedAt.getTime() - b.startedAt.getTime()) <= startToleranceMs && areAlike(a, b, lengthTolerance.timed);
  }
  return a.startedOn.getTime() === b.startedOn.getTime() && areAlike(a, b, lengthTolerance.sameDay);
}

function areAlike(a: RecordedRun, b: RecordedRun, tolerance: number): boolean {
  const [first, second] =
    a.distanceMeters !== null && b.distanceMeters !== null ? [a.distanceMeters, b.distanceMeters] : [a.movingSeconds, b.movingSeconds];
  if (first === null || second === null) return false;
  return Math.abs(first - second) <= tolerance * Math.max(first, second);
}
