/** A chart that is zoomed by dragging, by keys and by whoever holds its span. */
import { useEffect, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import styles from './chart.module.css';
import { useColourScheme } from './colours.ts';
import { createPlot, type PlotInput, showSpan } from './plot.ts';
import { clampSpan, moveOfKey, moveSpan, type Span, wholeSpan } from './span.ts';

interface Props {
  label: string;
  /** The id of what says in words what the chart shows. */
  describedBy: string;
  input: PlotInput;
  /** What is shown; everything when null. */
  span: Span | null;
  onSpan: (span: Span | null) => void;
  onPoint: (place: number | null) => void;
}

export function Chart({ label, describedBy, input, span, onSpan, onPoint }: Props) {
  const host = useRef<HTMLElement>(null);
  const plot = useRef<uPlot>(null);
  const scheme = useColourScheme();
  const { length } = input.dates;
  // The plot lives longer than a render, and must answer with what holds at that time.
  const current = useRef({ span, onSpan, onPoint });
  current.current = { span, onSpan, onPoint };
  // A canvas keeps its colours: with another scheme it is drawn anew.
  const drawing = useMemo(() => ({ input, scheme }), [input, scheme]);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const made = createPlot(element, drawing.input, {
      onSelect: (first, last) => last > first && current.current.onSpan(clampSpan(first, last, drawing.input.dates.length)),
      onReset: () => current.current.onSpan(null),
      onPoint: (place) => current.current.onPoint(place),
    });
    plot.current = made;
    showSpan(made, drawing.input, current.current.span ?? wholeSpan(drawing.input.dates.length));
    const sizes = new ResizeObserver(() => made.setSize({ width: Math.max(200, element.clientWidth), height: made.height }));
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
    };
  }, [drawing]);

  useEffect(() => {
    if (plot.current) showSpan(plot.current, drawing.input, span ?? wholeSpan(drawing.input.dates.length));
  }, [span, drawing]);

  useEffect(() => {
    const element = host.current;
    const listen = (event: KeyboardEvent) => {
      const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moveOfKey[event.key];
      if (!move) return;
      event.preventDefault();
      current.current.onSpan(moveSpan(current.current.span, move, length));
    };
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  }, [length]);

  return <section ref={host} className={styles.chart} tabIndex={0} aria-label={label} aria-describedby={describedBy} />;
}
