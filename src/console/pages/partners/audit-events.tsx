/** Events of the audit log; an actor, an action or a target leads to everything of theirs. */
import { Link } from 'wouter';
import type { AuditLogQuery } from '../../gql/graphql.ts';
import { Instant } from './format.tsx';
import styles from './partners.module.css';

type Edges = NonNullable<NonNullable<NonNullable<AuditLogQuery['auditEvents']>['edges']>[number]>;
type AuditEvent = NonNullable<Edges['node']>;

export function AuditEvents({ events }: { events: AuditEvent[] }) {
  return (
    <ol className={styles.rows} aria-label="Events, newest first">
      {events.map((event) => (
        <EventRow key={event.id} event={event} />
      ))}
    </ol>
  );
}

function EventRow({ event: { at, action, actorKind, actorId, targetType, targetId, details, requestId } }: { event: AuditEvent }) {
  const facts = Object.entries({ ...(details as Record<string, unknown>), ...(requestId && { request: requestId }) });
  return (
    <li className={styles.event}>
      <div>
        <FilterLink name="action" value={action} />
        <br />
        <span className={styles.about}>
          <Instant at={at} />
        </span>
      </div>
      <div>
        <span className="quiet">by {actorKind.toLowerCase()}</span> {actorId && <FilterLink name="actor" value={actorId} />}
        <br />
        <span className="quiet">to {targetType}</span> {targetId && <FilterLink name="target" value={targetId} />}
      </div>
      <ul className={styles.details}>
        {facts.map(([name, value]) => (
          <li key={name}>
            <span className="quiet">{name}</span> {said(value)}
          </li>
        ))}
      </ul>
    </li>
  );
}

function said(value: unknown): string {
  if (Array.isArray(value)) return value.map(said).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Ids are long: their beginning tells them apart, and the rest is in the title. */
function FilterLink({ name, value }: { name: string; value: string }) {
  const isId = /^[\da-f]{8}-[\da-f-]{27}$/.test(value);
  return (
    <Link href={`/partners/audit?${new URLSearchParams({ [name]: value })}`} title={isId ? value : undefined}>
      {isId ? `${value.slice(0, 8)}…${value.slice(-4)}` : value}
    </Link>
  );
}
