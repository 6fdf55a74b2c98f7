/** Who did what to what, newest first, by filters that stand in the address. */
import { useQuery } from 'urql';
import { Link, useSearchParams } from 'wouter';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { Empty, FailureNotice, Loading } from '../../parts/states.tsx';
import { AuditEvents } from './audit-events.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { Pager } from './pager.tsx';
import { usePages } from './use-pages.ts';

const auditQuery = graphql(`
  query AuditLog($actor: String, $target: String, $action: String, $from: DateTime, $to: DateTime, $after: String) {
    auditEvents(first: 25, actor: $actor, target: $target, action: $action, from: $from, to: $to, after: $after) {
      edges {
        node {
          id
          at
          actorKind
          actorId
          action
          targetType
          targetId
          details
          requestId
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export function AuditLog() {
  const [filters] = useSearchParams();
  const asked = filters.toString();
  const pages = usePages(asked);
  const [{ data, error, fetching }, again] = useQuery({
    query: auditQuery,
    variables: {
      actor: filters.get('actor'),
      target: filters.get('target'),
      action: filters.get('action'),
      from: instantOf(filters.get('from')),
      to: instantOf(filters.get('to')),
      after: pages.after,
    },
  });
  const failure = failureOf(error);
  const events = data?.auditEvents?.edges?.flatMap((edge) => edge?.node ?? []) ?? [];
  return (
    <div className="stack">
      <p>
        <Link href="/partners">All partners</Link>
      </p>
      <PageHeader title="Audit log" about="What was done here, by whom, newest first. Nothing in it is ever changed or removed." />
      <AuditFilters key={asked} faults={failure?.faults ?? []} />
      {failure && <FailureNotice failure={failure} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading what="The audit log" />}
      {data && events.length === 0 && (
        <Empty title="Nothing was recorded that matches">Every filter must hold at once; clear one, or widen the time.</Empty>
      )}
      {events.length > 0 && <AuditEvents events={events} />}
      {data?.auditEvents && <Pager label="Pages of events" pages={pages} pageInfo={data.auditEvents.pageInfo} busy={fetching} />}
    </div>
  );
}

/** A datetime-local value, the reader's own time, as an instant; null when there is none. */
function instantOf(local: string | null): string | null {
  const at = new Date(local ?? '');
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
