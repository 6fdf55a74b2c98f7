/** A chart with everything around it: what the colours mean, the values pointed at, a summary in words and a table. */
import { type ReactNode, useId, useMemo, useState } from 'react';
import { Card } from '../card.tsx';
import { sayDay } from '../days.ts';
import { Table } from '../table.tsx';
import styles from './chart.module.css';
import { Chart } from './chart.tsx';
import type { PlotInput } from './plot.ts';
import { isMeasured } from './series.ts';
import { type Span, wholeSpan } from './span.ts';

interface Props {
  title: string;
  about?: ReactNode;
  /** What the part that is shown says, in words. */
  summary: (span: Span) => string;
  /** What a date is called, such as Day. */
  dateName: string;
  input: PlotInput;
  /** Of what stretches are shaded; nothing is said of them when null. */
  gapName: string | null;
  span: Span | null;
  onSpan: (span: Span | null) => void;
}

const tableRowsMax = 14;

export function ChartCard({ title, about, summary, dateName, input, gapName, span, onSpan }: Props) {
  const id = useId();
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = span ?? wholeSpan(input.dates.length);
  const { dates, series } = input;
  const places = useMemo(() => knownPlaces(input), [input]);
  const newestFirst = places.filter((place) => place >= shown.first && place <= shown.last).reverse();
  const told = pointed ?? newestFirst[0] ?? null;
  return (
    <Card title={title} about={about}>
      <ul className={styles.legend}>
        {series.map(({ label, colour, shape }) => (
          <li key={label}>
            <span className={`${styles.swatch} ${styles[shape]}`} style={{ color: `var(${colour})` }} aria-hidden="true" />
            {label}
          </li>
        ))}
        {gapName && (
          <li>
            <span className={`${styles.swatch} ${styles.gap}`} aria-hidden="true" />
            {gapName}
          </li>
        )}
      </ul>
      <Chart
        label={`${title}, chart. Plus and minus zoom, the arrows move, Escape shows everything.`}
        describedBy={id}
        input={input}
        span={span}
        onSpan={onSpan}
        onPoint={setPointed}
      />
      <p className={`${styles.told} numbers`} aria-hidden="true">
        {told === null ? 'Nothing in this part' : tell(input, told)}
      </p>
      <p id={id} className="quiet">
        {summary(shown)}
      </p>
      <details className={styles.details}>
        <summary>Latest values as a table</summary>
        <Table
          caption={`${title}, latest values`}
          head={[dateName, ...series.map(({ label }) => label)]}
          rows={newestFirst.slice(0, tableRowsMax).map((place) => ({
            key: dates[place] ?? '',
            cells: [sayDay(dates[place] ?? ''), ...series.map(({ values, say }) => (values[place] == null ? 'none' : say(values[place])))],
          }))}
        />
      </details>
    </Card>
  );
}

/** Where anything was measured. */
function knownPlaces({ dates, series }: PlotInput): number[] {
  const measured = series.filter(isMeasured);
  return dates.flatMap((_, place) => (measured.some(({ values }) => values[place] != null) ? [place] : []));
}

function tell({ dates, series }: PlotInput, place: number): string {
  const said = series.flatMap(({ label, values, say }) => (values[place] == null ? [] : [`${label} ${say(values[place])}`]));
  return [sayDay(dates[place] ?? ''), ...(said.length > 0 ? said : ['nothing'])].join(' · ');
}
