/** What was agreed on a key, and where it stands with its limits. */
import type { DeskKeyFragment } from '../../gql/graphql.ts';
import { formatNumber, Instant } from './format.tsx';
import { KeyWindow } from './key-window.tsx';
import styles from './partners.module.css';

export function KeyFacts({ apiKey }: { apiKey: DeskKeyFragment }) {
  const { scopes, requestsPerMinute, requestsPerDay, expiresAt, createdAt, lastUsedAt, consumption } = apiKey;
  const lets = apiKey.status === 'ACTIVE' || apiKey.status === 'DEPRECATED';
  return (
    <div className="stack">
      <dl className={styles.facts}>
        <dt>May read</dt>
        <dd>
          {scopes.map((scope) => (
            <code key={scope} className={styles.scope}>
              {scope}
            </code>
          ))}
        </dd>
        <dt>Limits</dt>
        <dd>
          {formatNumber(requestsPerMinute)} a minute, {formatNumber(requestsPerDay)} a day
        </dd>
        <dt>Expires</dt>
        <dd>
          <Instant at={expiresAt} otherwise="never" />
        </dd>
        <dt>Last used</dt>
        <dd>
          <Instant at={lastUsedAt} otherwise="never" />
        </dd>
        <dt>Created</dt>
        <dd>
          <Instant at={createdAt} />
          {apiKey.rotatedFrom && <> in place of {apiKey.rotatedFrom.lookup}</>}
        </dd>
        <Ending apiKey={apiKey} />
      </dl>
      {lets && !consumption && <p className="quiet">What is used of the limits cannot be told just now. Refresh in a moment.</p>}
      {lets && consumption && (
        <div className="stack-tight">
          <KeyWindow label="This minute" {...consumption.minute} />
          <KeyWindow label="This day" {...consumption.day} />
        </div>
      )}
    </div>
  );
}

function Ending({ apiKey: { revokedAt, disabledAt, sunsetAt, replacedBy, status } }: { apiKey: DeskKeyFragment }) {
  return (
    <>
      {replacedBy && (
        <>
          <dt>Replaced by</dt>
          <dd>{replacedBy.lookup}</dd>
        </>
      )}
      {sunsetAt && !revokedAt && (
        <>
          <dt>{status === 'EXPIRED' ? 'Worked until' : 'Works until'}</dt>
          <dd>
            <Instant at={sunsetAt} />
          </dd>
        </>
      )}
      {disabledAt && !revokedAt && (
        <>
          <dt>Disabled</dt>
          <dd>
            <Instant at={disabledAt} />
          </dd>
        </>
      )}
      {revokedAt && (
        <>
          <dt>Revoked</dt>
          <dd>
            <Instant at={revokedAt} />
          </dd>
        </>
      )}
    </>
  );
}
