/** Events of the audit log as a table; an actor, an action or a target leads to everything of theirs. */
import { Link } from 'wouter';
import type { AuditLogQuery } from '../../gql/graphql.ts';
import { Table } from '../../parts/table.tsx';
import { Instant } from './format.tsx';
import styles from './partners.module.css';

type Edges = NonNullable<NonNullable<NonNullable<AuditLogQuery['auditEvents']>['edges']>[number]>;
type AuditEvent = NonNullable<Edges['node']>;

export function AuditEvents({ events }: { events: AuditEvent[] }) {
  return (
    <Table
      caption="Events, newest first"
      head={['When', 'Action', 'Actor', 'Target', 'Details']}
      rows={events.map((event) => ({ key: event.id, cells: cellsOf(event) }))}
    />
  );
}

function cellsOf({ at, action, actorKind, actorId, targetType, targetId, details, requestId }: AuditEvent) {
  return [
    <span key="at" className={styles.once}>
      <Instant at={at} />
    </span>,
    <FilterLink key="action" name="action" value={action} />,
    <span key="actor">
      <span className="quiet">{actorKind.toLowerCase()}</span> {actorId && <FilterLink name="actor" value={actorId} />}
    </span>,
    <span key="target">
      <span className="quiet">{targetType}</span> {targetId && <FilterLink name="target" value={targetId} />}
    </span>,
    <ul key="details" className={styles.details}>
      {Object.entries({ ...(details as Record<string, unknown>), ...(requestId && { request: requestId }) }).map(([name, value]) => (
        <li key={name}>
          <span className="quiet">{name}</span> {typeof value === 'string' ? value : JSON.stringify(value)}
        </li>
      ))}
    </ul>,
  ];
}

/** Ids are long: their beginning tells them apart, and the rest is in the title. */
function FilterLink({ name, value }: { name: string; value: string }) {
  const isId = /^[\da-f]{8}-[\da-f-]{27}$/.test(value);
  return (
    <Link href={`/partners/audit?${new URLSearchParams({ [name]: value })}`} title={isId ? value : undefined} className={styles.once}>
      {isId ? `${value.slice(0, 8)}…${value.slice(-4)}` : value}
    </Link>
  );
}
