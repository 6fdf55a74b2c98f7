/** Requests per day as bars, those over a limit in another colour. Loaded only where there is something to draw. */
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { DeskKeyFragment } from '../../gql/graphql.ts';
import { counted, formatDay, formatNumber } from './format.tsx';
import styles from './partners.module.css';

type Days = DeskKeyFragment['usage'];

const heightPx = 180;

export default function UsageChart({ days }: { days: Days }) {
  const holder = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    const data: uPlot.AlignedData = [days.map((_, index) => index), days.map((day) => day.requests), days.map((day) => day.refused)];
    const create = () => new uPlot(optionsOf(element, days, setPointed), data, element);
    let plot = create();
    const redraw = () => {
      plot.destroy();
      plot = create();
    };
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: heightPx }));
    resize.observe(element);
    scheme.addEventListener('change', redraw);
    return () => {
      resize.disconnect();
      scheme.removeEventListener('change', redraw);
      plot.destroy();
    };
  }, [days]);
  const day = pointed === null ? undefined : days[pointed];
  return (
    <div aria-hidden="true">
      <div ref={holder} className={styles.chart} />
      <p className={`quiet numbers ${styles.small}`}>
        {day ? `${formatDay(day.day)}: ${counted(day.requests, 'request')}, ${formatNumber(day.refused)} refused` : 'Days are UTC.'}
      </p>
    </div>
  );
}

function optionsOf(element: HTMLElement, days: Days, onPoint: (index: number | null) => void): uPlot.Options {
  const ink = colourOf(element, '--ink-soft');
  const bars = uPlot.paths.bars?.({ size: [0.7, 40] });
  const series = (label: string, token: string): uPlot.Series => {
    const fill = colourOf(element, token);
    return { label, stroke: fill, fill, width: 0, points: { show: false }, ...(bars && { paths: bars }) };
  };
  const axis = { stroke: ink, ticks: { show: false }, font: '12px system-ui, sans-serif' };
  return {
    width: element.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: [-0.6, days.length - 0.4] },
      y: { range: (_plot, _min, max) => [0, Math.max(4, max * 1.08)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        splits: () => weekly(days.length),
        values: (_plot, at) => at.map((index) => formatDay(days[index]?.day ?? '')),
      },
      {
        ...axis,
        grid: { stroke: colourOf(element, '--line'), width: 1 },
        size: 52,
        incrs: wholeSteps,
        values: (_plot, at) => at.map(formatNumber),
      },
    ],
    series: [{}, series('Requests', '--series-2'), series('Refused', '--series-1')],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
}

/** Today, and every seventh day before. */
const weekly = (count: number) => Array.from({ length: Math.ceil(count / 7) }, (_, week) => count - 1 - week * 7).reverse();

/** Nobody asks half a time. */
const wholeSteps = Array.from({ length: 9 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

/** A canvas knows no custom properties: what the token is here, in the scheme of now. */
function colourOf(element: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
