/** Above charts: how far back they go, and buttons to zoom and move all of them. */
import { Button } from '../button.tsx';
import styles from './chart.module.css';
import { moveSpan, type Span, type SpanMove } from './span.ts';

interface Props<Range extends string> {
  ranges: readonly { range: Range; label: string }[];
  range: Range;
  onRange: (range: Range) => void;
  span: Span | null;
  onSpan: (span: Span | null) => void;
  /** How many dates the charts have. */
  length: number;
  /** The period that is shown, in words; read out when it changes. */
  shown: string;
}

const moves: { move: SpanMove; label: string; sign: string; zoomedOnly: boolean }[] = [
  { move: 'in', label: 'Zoom in', sign: '+', zoomedOnly: false },
  { move: 'out', label: 'Zoom out', sign: '−', zoomedOnly: true },
  { move: 'earlier', label: 'Earlier', sign: '←', zoomedOnly: true },
  { move: 'later', label: 'Later', sign: '→', zoomedOnly: true },
];

export function SpanBar<Range extends string>({ ranges, range, onRange, span, onSpan, length, shown }: Props<Range>) {
  return (
    <div className={styles.bar}>
      <fieldset className={styles.ranges}>
        <legend className="visually-hidden">How far back</legend>
        {ranges.map(({ range: value, label }) => (
          <Button key={value} aria-pressed={value === range} onClick={() => onRange(value)}>
            {label}
          </Button>
        ))}
      </fieldset>
      <p className={styles.shown} role="status">
        {shown}
      </p>
      <fieldset className={styles.moves}>
        <legend className="visually-hidden">Zoom</legend>
        {moves.map(({ move, label, sign, zoomedOnly }) => (
          <Button
            key={move}
            aria-label={label}
            title={label}
            disabled={length === 0 || (zoomedOnly && span === null)}
            onClick={() => onSpan(moveSpan(span, move, length))}
          >
            {sign}
          </Button>
        ))}
        <Button disabled={span === null} onClick={() => onSpan(null)}>
          Reset zoom
        </Button>
      </fieldset>
    </div>
  );
}
