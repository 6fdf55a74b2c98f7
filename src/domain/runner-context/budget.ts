/**
 * How the document stays within its length: the oldest runs, weeks and days go first, then long notes are cut. Bests,
 * goals, races and labs never go, so a document of those alone may be longer, and says so; nothing is lost silently.
 */
import { type Detail, lengthMaxOf } from './document-options.ts';
import { type SharedContext, shownMax } from './shared-context.ts';
import { countCharacters } from './stated-size.ts';

/** How much of the long lists is written, and how. */
export interface Budget {
  runs: number;
  weeks: number;
  days: number;
  /** Characters of a note on a goal or race. */
  noteLengthMax: number;
  /** Characters of a note on a run. */
  runNoteLengthMax: number;
  /** The form in which bests, goals, races and labs are told in few words. */
  isBrief: boolean;
  /** Set when even the shortest text is too long: how long it was to be. */
  exceeds: number | null;
}

type Rows = Pick<Budget, 'runs' | 'weeks' | 'days'>;

const noteLengths: Record<Detail, Pick<Budget, 'noteLengthMax' | 'runNoteLengthMax'>> = {
  brief: { noteLengthMax: 80, runNoteLengthMax: 80 },
  standard: { noteLengthMax: 500, runNoteLengthMax: 120 },
  full: { noteLengthMax: 2_000, runNoteLengthMax: 500 },
};

/** The longest a note is ever cut to. */
export const shortNoteLength = 80;

/** The floors of the first round: a list is only emptied when all are this short and it is still too much. */
const floors: Rows = { runs: 7, weeks: 6, days: 7 };
const nothing: Rows = { runs: 0, weeks: 0, days: 0 };

/** Every budget worth trying, the most generous first; each gives up one row, or the length of notes, against the one before. */
function* budgets(shared: SharedContext): Generator<Budget> {
  const { detail, maxChars } = shared.options;
  if (detail !== 'brief') yield* shrinking({ ...rowsHeld(shared, detail), ...noteLengths[detail], isBrief: false, exceeds: null });
  // Only who asked for less gets the bare form of what is never cut.
  if (detail === 'brief' || maxChars !== null) {
    yield* shrinking({ ...rowsHeld(shared, 'brief'), ...noteLengths.brief, isBrief: true, exceeds: null });
  }
}

function* shrinking(budget: Budget): Generator<Budget> {
  yield { ...budget };
  for (const floor of [floors, nothing]) {
    for (const list of ['runs', 'weeks', 'days'] as const) {
      while (budget[list] > floor[list]) {
        budget[list] -= 1;
        yield { ...budget };
      }
    }
    budget.noteLengthMax = shortNoteLength;
    budget.runNoteLengthMax = shortNoteLength;
    yield { ...budget };
  }
}

/** How many rows of each list there are to show when nothing needs to be left out. */
export function rowsHeld({ training, health }: SharedContext, detail: Detail): Rows {
  const max = shownMax[detail];
  return {
    runs: Math.min(training?.runs.length ?? 0, max.runs),
    weeks: Math.min(training?.weeks.length ?? 0, max.weeks),
    days: Math.min(health?.days.length ?? 0, max.days),
  };
}

/**
 * The most generous text that fits, found by halving, since rendering is not free; the shortest when none does. Each step
 * shortens the text by a row, but for the words that say what was left out: the result may be short by one row.
 */
export function fitting(shared: SharedContext, render: (budget: Budget) => string): string {
  const lengthMax = lengthMaxOf(shared.options);
  const fits = (text: string) => countCharacters(text) <= lengthMax;
  const tried = [...budgets(shared)];
  let [low, high] = [0, tried.length - 1];
  let best: string | null = null;
  let tooLong: Budget | undefined;
  // The first is tried first: for most runners nothing needs to be left out.
  for (let middle = 0; low <= high; middle = (low + high) >> 1) {
    const budget = tried[middle];
    if (!budget) break;
    const text = render(budget);
    if (fits(text)) {
      best = text;
      high = middle - 1;
    } else {
      tooLong = budget;
      low = middle + 1;
    }
  }
  // Nothing fitted: the last that was tried is the shortest of all.
  return best ?? (tooLong ? render({ ...tooLong, exceeds: lengthMax }) : '');
}
