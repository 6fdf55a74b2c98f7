/** The charts of health over one range: read page by page, zoomed together. */
import { useMemo, useState } from 'react';
import { Card } from '../../parts/card.tsx';
import { ChartCard } from '../../parts/chart/chart-card.tsx';
import { type Span, wholeSpan } from '../../parts/chart/span.ts';
import { SpanBar } from '../../parts/chart/span-bar.tsx';
import { addDays, daysBetween, daysFrom, sayDay } from '../../parts/days.ts';
import type { Units } from '../../parts/measures.ts';
import { Empty, FailureNotice } from '../../parts/states.tsx';
import styles from './health.module.css';
import { baselineDays, metricsOf } from './metrics.ts';
import { summaryOf } from './summary.ts';
import { useDays } from './use-days.ts';

type Range = '28' | '90' | '365' | 'all';

const ranges: { range: Range; label: string }[] = [
  { range: '28', label: '28 days' },
  { range: '90', label: '90 days' },
  { range: '365', label: 'A year' },
  { range: 'all', label: 'All' },
];

interface Props {
  runnerId: string;
  units: Units;
  /** The newest day with a reading, with which every range ends. */
  through: string;
}

export function Charts({ runnerId, units, through }: Props) {
  const [range, setRange] = useState<Range>('90');
  const [span, setSpan] = useState<Span | null>(null);
  // The baselines of the first day look back as well.
  const from = range === 'all' ? null : addDays(through, 2 - Number(range) - baselineDays);
  const { reading, complete, retry } = useDays(runnerId, from);
  const view = useMemo(() => {
    if (!complete || complete.days.length === 0) return null;
    const first = complete.from ?? complete.days.at(-1)?.date ?? through;
    const dates = daysFrom(first, through);
    return metricsOf(complete.days, dates, complete.from ? baselineDays - 1 : 0, units);
  }, [complete, through, units]);
  const dates = view?.[0]?.input.dates ?? [];
  const { first, last } = span ?? wholeSpan(dates.length);
  const busy = !reading || !(reading.done || reading.failure);
  const come = reading?.days.length ?? 0;
  const total = from ? daysBetween(from, through) + 1 : null;
  return (
    <>
      <SpanBar
        ranges={ranges}
        range={range}
        onRange={(next) => {
          setSpan(null);
          setRange(next);
        }}
        span={span}
        onSpan={setSpan}
        length={dates.length}
        shown={busy ? `${come} days have come…` : `${sayDay(dates[first] ?? through)} to ${sayDay(dates[last] ?? through)}`}
      />
      {busy && <progress className={styles.progress} aria-label="Days read" {...(total && { max: total, value: come })} />}
      {reading?.failure && <FailureNotice failure={reading.failure} retry={retry} />}
      <div className={styles.charts} aria-busy={busy}>
        {view?.map((metric) =>
          metric.values.some((value) => value !== null) ? (
            <ChartCard
              key={metric.title}
              title={metric.title}
              about={metric.about}
              summary={(shown) => summaryOf(metric, shown)}
              dateName="Day"
              input={metric.input}
              gapName="No reading"
              span={span}
              onSpan={setSpan}
            />
          ) : (
            <Card key={metric.title} title={metric.title} about={metric.about}>
              <Empty title="No reading in this range">A longer range may hold some; otherwise none of your sources brings it.</Empty>
            </Card>
          ),
        )}
      </div>
    </>
  );
}
