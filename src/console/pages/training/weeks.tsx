/** How much was run in each week, as bars with the number of runs above them. */
import { useMemo, useState } from 'react';
import type { RunnerTrainingQuery } from '../../gql/graphql.ts';
import { ChartCard } from '../../parts/chart/chart-card.tsx';
import type { PlotInput } from '../../parts/chart/plot.ts';
import { runningMean } from '../../parts/chart/series.ts';
import { type Span, wholeSpan } from '../../parts/chart/span.ts';
import { SpanBar } from '../../parts/chart/span-bar.tsx';
import { addDays, daysFrom, sayDay } from '../../parts/days.ts';
import { distanceIn, type Units, unitNames } from '../../parts/measures.ts';
import { weeksSummary } from './weeks-summary.ts';

export type Week = NonNullable<RunnerTrainingQuery['runner']>['weeklyVolume'][number];

type Range = '12' | '26' | '52' | 'all';

const ranges: { range: Range; label: string }[] = [
  { range: '12', label: '12 weeks' },
  { range: '26', label: '26 weeks' },
  { range: '52', label: 'A year' },
  { range: 'all', label: 'All' },
];

const baselineWeeks = 4;

export function Weeks({ weeks, units }: { weeks: readonly Week[]; units: Units }) {
  const [range, setRange] = useState<Range>('26');
  const [span, setSpan] = useState<Span | null>(null);
  const input = useMemo(() => weeksInput(weeks, range === 'all' ? null : Number(range), units), [weeks, range, units]);
  const { first, last } = span ?? wholeSpan(input.dates.length);
  const [from, to] = [input.dates[first] ?? '', addDays(input.dates[last] ?? '', 6)];
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
        length={input.dates.length}
        shown={`${sayDay(from)} to ${sayDay(to)}`}
      />
      <ChartCard
        title="Weekly volume"
        about="Weeks run from Monday to Sunday and end with that of your newest run. The number above a bar is that of runs; a run that several sources recorded counts once."
        summary={(shown) => weeksSummary(weeks, input.dates, shown, units)}
        dateName="Week from"
        input={input}
        gapName={null}
        span={span}
        onSpan={setSpan}
      />
    </>
  );
}

/** Weeks without runs are 0; those whose runs have no distance are not known. */
function weeksInput(weeks: readonly Week[], count: number | null, units: Units): PlotInput {
  const newest = weeks[0]?.weekStart ?? '';
  const oldest = weeks.at(-1)?.weekStart ?? newest;
  const all = daysFrom(oldest, newest, 7);
  const byStart = new Map(weeks.map((week) => [week.weekStart, week]));
  const found = all.map((date) => byStart.get(date));
  const distances = found.map((week) => {
    if (!week) return 0;
    return week.distanceMeters == null ? null : distanceIn(units, week.distanceMeters);
  });
  const say = (value: number) => `${value.toFixed(1)} ${unitNames[units].distance}`;
  // A range that is longer than the history shows the history.
  const lead = count === null ? 0 : Math.max(0, all.length - count);
  const runs = found.map((week) => week?.runs ?? 0);
  return {
    dates: all.slice(lead),
    stepDays: 7,
    fromZero: true,
    gaps: [],
    sayTick: (value) => String(Number(value.toFixed(1))),
    barLabels: runs.slice(lead).map(String),
    series: [
      { label: 'Distance', colour: '--series-2', shape: 'bars', values: distances.slice(lead), say },
      {
        label: `${baselineWeeks}-week mean`,
        colour: '--series-1',
        shape: 'line',
        values: runningMean(distances, baselineWeeks).slice(lead),
        say,
      },
    ],
  };
}
