/** Which part of a chart is shown, by the places of its first and last value, and how it is zoomed and moved. */

export interface Span {
  first: number;
  last: number;
}

/** Closer than this there is nothing more to see. */
const widthMin = 5;

const widthOf = ({ first, last }: Span) => last - first + 1;

/** The span pushed to where there are values; null when it holds them all. */
export function clampSpan(first: number, last: number, length: number): Span | null {
  const width = Math.max(Math.min(widthMin, length), last - first + 1);
  if (width >= length) return null;
  const start = Math.min(Math.max(0, first), length - width);
  return { first: start, last: start + width - 1 };
}

/** All there is. */
export const wholeSpan = (length: number): Span => ({ first: 0, last: length - 1 });

export type SpanMove = 'in' | 'out' | 'earlier' | 'later' | 'whole';

/** The span after a step; null shows everything. */
export function moveSpan(span: Span | null, move: SpanMove, length: number): Span | null {
  if (move === 'whole') return null;
  const now = span ?? wholeSpan(length);
  const width = widthOf(now);
  if (move === 'in' || move === 'out') {
    const next = move === 'in' ? Math.ceil(width / 2) : width * 2;
    const first = Math.round((now.first + now.last) / 2 - (next - 1) / 2);
    return clampSpan(first, first + next - 1, length);
  }
  const step = Math.max(1, Math.round(width / 2)) * (move === 'earlier' ? -1 : 1);
  return clampSpan(now.first + step, now.last + step, length);
}

/** What keys do where a chart has the focus. */
export const moveOfKey: Record<string, SpanMove> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  Escape: 'whole',
  '0': 'whole',
};
