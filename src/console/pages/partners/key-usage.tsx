/** Requests per day over the last 30 days: a chart, its gist as a sentence, and every number in a table. */
import { lazy, Suspense } from 'react';
import type { DeskKeyFragment } from '../../gql/graphql.ts';
import { Loading } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { counted, formatDay, formatNumber } from './format.tsx';
import styles from './partners.module.css';

const UsageChart = lazy(() => import('./usage-chart.tsx'));

type Days = DeskKeyFragment['usage'];

export function KeyUsage({ days }: { days: Days }) {
  const requests = days.reduce((sum, day) => sum + day.requests, 0);
  if (requests === 0) return <p className="quiet">No requests in the last {days.length} days. Counts are up to a minute behind.</p>;
  const used = days.filter((day) => day.requests > 0).reverse();
  return (
    <figure className="stack-tight">
      <figcaption>{gistOf(days, requests)}</figcaption>
      <Suspense fallback={<Loading what="The chart" />}>
        <UsageChart days={days} />
      </Suspense>
      <details className={styles.small}>
        <summary>Requests per day as a table</summary>
        <Table
          caption="Requests per day, newest first, days (UTC) without any left out"
          head={['Day', 'Requests', 'Refused (429)']}
          rows={used.map((day) => ({ key: day.day, cells: [formatDay(day.day), formatNumber(day.requests), formatNumber(day.refused)] }))}
        />
      </details>
    </figure>
  );
}

function gistOf(days: Days, requests: number): string {
  const refused = days.reduce((sum, day) => sum + day.refused, 0);
  const busiest = days.reduce((one, other) => (other.requests > one.requests ? other : one));
  const limits = refused > 0 ? `, ${formatNumber(refused)} of them over a limit` : '';
  return `${counted(requests, 'request')} in ${days.length} days${limits}; most on ${formatDay(busiest.day)} (${formatNumber(busiest.requests)}).`;
}
