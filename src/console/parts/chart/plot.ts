/** How uPlot draws a chart of ours: in the design's colours, with gaps left open, on days without hours. */
import uPlot from 'uplot';
import { secondsOf } from '../days.ts';
import { readColours } from './colours.ts';
import { drawnSeries, gapsOf, type Series } from './series.ts';
import type { Span } from './span.ts';

export interface PlotInput {
  dates: readonly string[];
  /** How far the dates lie apart. */
  stepDays: number;
  series: readonly Series[];
  /** Whether the scale begins at 0, as that of bars must. */
  fromZero: boolean;
  /** Values of the scale, without a unit. */
  sayTick: (value: number) => string;
  /** Written above each of the bars while there is room. */
  barLabels?: readonly string[] | undefined;
}

interface PlotEvents {
  /** A stretch was dragged over. */
  onSelect: (first: number, last: number) => void;
  /** A double click. */
  onReset: () => void;
  /** The place that is pointed at. */
  onPoint: (place: number | null) => void;
}

const daySeconds = 86_400;
const heightPx = 240;
const monthSeconds = 30 * daySeconds;
const steps = [1, 2, 4, 7, 14, 30, 60, 90, 180, 365, 730, 1_825].map((days) => days * daySeconds);
const dayLabel = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const monthLabel = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const tokens = ['--ink-soft', '--line', '--raised', '--card'] as const;
const font = '12px system-ui, "Segoe UI", "Liberation Sans", sans-serif';
/** Narrower bars have no room for a number above them. */
const labelledBarPx = 16;

/** Draws into the element until the plot is destroyed. */
export function createPlot(host: HTMLElement, input: PlotInput, events: PlotEvents): uPlot {
  const { dates, stepDays, series, fromZero, sayTick } = input;
  const drawn = drawnSeries(series);
  const paint = readColours(host, [...tokens, ...series.map(({ colour }) => colour)]);
  const axis = { font, stroke: paint('--ink-soft'), grid: { stroke: paint('--line'), width: 1 }, ticks: { show: false } };
  const bars = uPlot.paths.bars?.({ size: [0.78, 48] });
  const half = (stepDays * daySeconds) / 2;
  const placeAt = (plot: uPlot, left: number) => (plot.posToVal(left, 'x') - secondsOf(dates[0] ?? '')) / (stepDays * daySeconds);
  const onDoubleClick = () => {
    events.onReset();
    return null;
  };
  const options: uPlot.Options = {
    width: Math.max(200, host.clientWidth),
    height: heightPx,
    padding: [input.barLabels ? 18 : 10, 8, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false },
      points: { show: false },
      bind: { dblclick: () => onDoubleClick },
    },
    scales: { y: { range: (_plot, min, max) => rangeOf(min, max, fromZero) } },
    axes: [
      {
        ...axis,
        space: 72,
        incrs: steps,
        values: (_plot, splits, _axis, _space, step) =>
          splits.map((seconds) => (step >= monthSeconds ? monthLabel : dayLabel).format(new Date(seconds * 1_000))),
      },
      { ...axis, size: 48, values: (_plot, splits) => splits.map(sayTick) },
    ],
    series: [
      {},
      ...drawn.map(({ series: { label, shape, colour } }): uPlot.Series => {
        if (shape === 'bars') return { label, ...(bars && { paths: bars }), fill: paint(colour), width: 0, points: { show: false } };
        const isPoints = shape === 'points';
        return {
          label,
          stroke: paint(colour),
          width: isPoints ? 1 : 2,
          spanGaps: false,
          ...(shape === 'dashes' && { dash: [6, 4] }),
          points: { show: isPoints, size: 5, fill: paint(colour), width: 0 },
        };
      }),
    ],
    hooks: {
      drawClear: [(plot) => shadeGaps(plot, input, paint('--raised'), half)],
      draw: [(plot) => labelBars(plot, input, paint('--ink-soft'), drawn[0]?.values ?? [])],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width > 0) events.onSelect(Math.round(placeAt(plot, left)), Math.round(placeAt(plot, left + width)));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
      setCursor: [(plot) => events.onPoint(plot.cursor.idx ?? null)],
    },
  };
  return new uPlot(options, [dates.map(secondsOf), ...drawn.map(({ values }) => values)], host);
}

/** Shows that part, with half a step of air at both ends. */
export function showSpan(plot: uPlot, { dates, stepDays }: PlotInput, { first, last }: Span): void {
  const half = (stepDays * daySeconds) / 2;
  plot.setScale('x', { min: secondsOf(dates[first] ?? '') - half, max: secondsOf(dates[last] ?? '') + half });
}

function rangeOf(min: number | null, max: number | null, fromZero: boolean): uPlot.Range.MinMax {
  if (min === null || max === null) return [0, 1];
  if (fromZero) return [0, max > 0 ? max * 1.06 : 1];
  const air = Math.max((max - min) * 0.12, 0.5);
  return [min - air, max + air];
}

/** Days without a value are shaded, unless most are such: a weekly weight has no gaps. */
function shadeGaps(plot: uPlot, { dates, series }: PlotInput, colour: string, half: number): void {
  const gaps = gapsOf(series, 0, dates.length - 1);
  const missing = gaps.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (missing * 2 > dates.length) return;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = colour;
  for (const { first, last } of gaps) {
    const left = plot.valToPos(secondsOf(dates[first] ?? '') - half, 'x', true);
    const right = plot.valToPos(secondsOf(dates[last] ?? '') + half, 'x', true);
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}

function labelBars(plot: uPlot, { dates, stepDays, barLabels }: PlotInput, colour: string, tops: readonly (number | null)[]): void {
  if (!barLabels) return;
  const { ctx, bbox } = plot;
  const perStep = plot.valToPos(stepDays * daySeconds, 'x', true) - plot.valToPos(0, 'x', true);
  if (perStep / devicePixelRatio < labelledBarPx) return;
  ctx.save();
  ctx.font = font.replace('12px', `${11 * devicePixelRatio}px`);
  ctx.fillStyle = colour;
  ctx.textAlign = 'center';
  for (const [place, top] of tops.entries()) {
    const x = plot.valToPos(secondsOf(dates[place] ?? ''), 'x', true);
    if (!top || x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.fillText(barLabels[place] ?? '', x, plot.valToPos(top, 'y', true) - 4 * devicePixelRatio);
  }
  ctx.restore();
}
