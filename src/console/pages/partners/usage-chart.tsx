/** Requests per day as bars, those over a limit in another colour. Loaded only where there is something to draw. */
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { DeskKeyFragment } from '../../gql/graphql.ts';
import { readColours, useColourScheme } from '../../parts/chart/colours.ts';
import { counted, formatDay, formatNumber } from './format.tsx';
import styles from './usage-chart.module.css';

type Days = DeskKeyFragment['usage'];

const heightPx = 170;
/** Below it a date for every week would run into the next. */
const narrowPx = 340;

export default function UsageChart({ days }: { days: Days }) {
  const holder = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const scheme = useColourScheme();
  // A canvas keeps its colours: with another scheme it is drawn anew.
  const drawing = useMemo(() => ({ days, scheme }), [days, scheme]);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const plot = createPlot(element, drawing.days, setPointed);
    const sizes = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: heightPx }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.destroy();
    };
  }, [drawing]);
  const day = pointed === null ? undefined : days[pointed];
  return (
    <div aria-hidden="true">
      <div ref={holder} className={styles.chart} />
      <p className={styles.key}>
        {day ? (
          `${formatDay(day.day)}: ${counted(day.requests, 'request')}, ${formatNumber(day.refused)} over a limit`
        ) : (
          <>
            <span className={styles.requests} /> requests <span className={styles.refused} /> of them over a limit
          </>
        )}
      </p>
    </div>
  );
}

function createPlot(element: HTMLElement, days: Days, onPoint: (index: number | null) => void): uPlot {
  const paint = readColours(element, ['--ink-soft', '--line', '--series-1', '--series-2']);
  const bars = uPlot.paths.bars?.({ size: [0.7, 40] });
  const series = (label: string, fill: string): uPlot.Series => ({
    label,
    fill,
    width: 0,
    points: { show: false },
    ...(bars && { paths: bars }),
  });
  const axis = { stroke: paint('--ink-soft'), ticks: { show: false }, font: '12px system-ui, sans-serif' };
  const options: uPlot.Options = {
    width: element.clientWidth,
    height: heightPx,
    padding: [10, 16, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: [-0.6, days.length - 0.4] },
      y: { range: (_plot, _min, max) => [0, Math.max(4, max * 1.08)] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        grid: { show: false },
        splits: ({ width }) => everySoMany(days.length, width < narrowPx ? 14 : 7),
        values: (_plot, places) => places.map((place) => formatDay(days[place]?.day ?? '')),
      },
      {
        ...axis,
        size: 52,
        grid: { stroke: paint('--line'), width: 1 },
        incrs: wholeSteps,
        values: (_plot, counts) => counts.map(formatNumber),
      },
    ],
    series: [{}, series('Requests', paint('--series-2')), series('Over a limit', paint('--series-1'))],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
  return new uPlot(options, [days.map((_, place) => place), days.map((day) => day.requests), days.map((day) => day.refused)], element);
}

/** Today, and every so many days before. */
const everySoMany = (count: number, step: number) =>
  Array.from({ length: Math.ceil(count / step) }, (_, index) => count - 1 - index * step).reverse();

/** Nobody asks half a time. */
const wholeSteps = Array.from({ length: 9 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();
