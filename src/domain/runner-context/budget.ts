/**
 * How the document stays within 16 000 characters: the oldest runs, weeks and days go first, then long notes are cut.
 * Bests, goals, races and labs never go, so a document of those alone may be longer; nothing is lost silently.
 */
import { type SharedContext, shownMax } from './shared-context.ts';

export const documentLengthMax = 16_000;

/** How much of the long lists is written. */
export interface Budget {
  runs: number;
  weeks: number;
  days: number;
  /** Characters of a note on a goal, race or run. */
  noteLengthMax: number;
}

export const fullNoteLength = 500;
const shortNoteLength = 80;

/** The floors of the first round: a list is only emptied when all are this short and it is still too much. */
const floors = { runs: 7, weeks: 6, days: 7 } as const;

/** Every budget worth trying, the most generous first; each gives up one row, or the length of notes, against the one before. */
function* budgets(held: Omit<Budget, 'noteLengthMax'>): Generator<Budget> {
  const budget: Budget = { ...held, noteLengthMax: fullNoteLength };
  yield { ...budget };
  for (const floor of [floors, { runs: 0, weeks: 0, days: 0 }]) {
    for (const list of ['runs', 'weeks', 'days'] as const) {
      while (budget[list] > floor[list]) {
        budget[list] -= 1;
        yield { ...budget };
      }
    }
    budget.noteLengthMax = shortNoteLength;
    yield { ...budget };
  }
}

/** How many rows of each list there are to show when nothing needs to be left out. */
export function rowsHeld({ training, health }: SharedContext): Omit<Budget, 'noteLengthMax'> {
  return {
    runs: Math.min(training?.runs.length ?? 0, shownMax.runs),
    weeks: training?.weeks.length ?? 0,
    days: Math.min(health?.days.length ?? 0, shownMax.days),
  };
}

/**
 * The most generous text that fits, found by halving, since rendering is not free; the shortest when none does. Each step
 * shortens the text by a row, but for the words that say what was left out: the result may be short by one row.
 */
export function fitting(shared: SharedContext, render: (budget: Budget) => string): string {
  const [all, ...fewer] = [...budgets(rowsHeld(shared))].map((budget) => () => render(budget));
  let text = all?.() ?? '';
  if (text.length <= documentLengthMax) return text;
  let [low, high] = [0, fewer.length - 1];
  let best: string | null = null;
  while (low <= high) {
    const middle = (low + high) >> 1;
    text = fewer[middle]?.() ?? text;
    if (text.length <= documentLengthMax) {
      best = text;
      high = middle - 1;
    } else low = middle + 1;
  }
  // Nothing fitted: the last that was tried is the shortest of all.
  return best ?? text;
}
