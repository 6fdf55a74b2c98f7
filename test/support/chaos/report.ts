/** What a run did, and what it found wrong. */

/** More would say nothing new; all are counted. */
const shownOfAKind = 5;

export function createReport() {
  const counts: Record<string, number> = {};
  const faults: Record<string, { count: number; shown: string[] }> = {};
  return {
    count(what: string, times = 1) {
      counts[what] = (counts[what] ?? 0) + times;
    },
    /** The kind is what stands before the first colon. */
    fault(text: string) {
      const kind = text.split(':', 1)[0] ?? '';
      const known = faults[kind] ?? { count: 0, shown: [] };
      faults[kind] = known;
      known.count += 1;
      if (known.shown.length < shownOfAKind) known.shown.push(text.slice(0, 2_000));
    },
    counts,
    faults,
  };
}

export type Report = ReturnType<typeof createReport>;
