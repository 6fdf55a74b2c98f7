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

/**
 * The budgets worth trying, in rounds: in each the most generous comes first, and each of them gives up one row, or the
 * length of notes, against the one before.
 */
function rounds(shared: SharedContext): Budget[][] {
  const { detail, maxChars } = shared.options;
  const round = (told: Detail) => [
    ...shrinking({ ...rowsHeld(shared, detail), ...noteLengths[told], isBrief: told === 'brief', exceeds: null }),
  ];
  if (detail === 'brief' || maxChars === null) return [round(detail)];
  // Only who asked for less gets the bare form of what is never cut; then there is more room for the rows.
  return [round(detail), round('brief')];
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
 * The most generous text that fits; the shortest, which says that it is too long, when none does.
 *
 * @param lengthMin how long every text is that is not brief: where that is too much already, none of them is written.
 */
export function fitting(shared: SharedContext, lengthMin: number, render: (budget: Budget) => string): string {
  const lengthMax = lengthMaxOf(shared.options);
  const tried = rounds(shared);
  for (const budgets of tried) {
    const isHopeless = lengthMin > lengthMax && budgets[0]?.isBrief === false;
    const found = isHopeless ? null : longestWithin(lengthMax, budgets, render);
    if (found !== null) return found;
  }
  const shortest = tried.at(-1)?.at(-1);
  return shortest ? render({ ...shortest, exceeds: lengthMax }) : '';
}

/**
 * Found by halving, since rendering is not free; null when none fits. Each budget shortens the text by a row, but for
 * the words that say what was left out: the result may be short by one row.
 */
function longestWithin(lengthMax: number, budgets: readonly Budget[], render: (budget: Budget) => string): string | null {
  const fitted = (place: number) => {
    const budget = budgets[place];
    const text = budget ? render(budget) : '';
    return countCharacters(text) <= lengthMax ? text : null;
  };
  const [first, last] = [0, budgets.length - 1];
  // For most runners nothing needs to be left out; and where even the shortest is too long, no other is worth a try.
  const whole = fitted(first);
  if (whole !== null || last <= first) return whole;
  let best = fitted(last);
  if (best === null) return null;
  let [low, high] = [first + 1, last - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const text = fitted(middle);
    if (text !== null) {
      best = text;
      high = middle - 1;
    } else low = middle + 1;
  }
  return best;
}
