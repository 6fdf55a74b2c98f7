/** One key: what it is, what may be done about it, and how it is used. */
import { useState } from 'react';
import { Link } from 'wouter';
import { graphql } from '../../gql/gql.ts';
import type { ApiKeyStatus, DeskKeyFragment } from '../../gql/graphql.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { EditKey } from './edit-key.tsx';
import { KeyFacts } from './key-facts.tsx';
import type { MintedKey } from './key-secret.tsx';
import { KeySwitchButton } from './key-switch.tsx';
import { KeyUsage } from './key-usage.tsx';
import styles from './partners.module.css';
import { RevokeKey } from './revoke-key.tsx';
import { RotateKey } from './rotate-key.tsx';

graphql(`
  fragment DeskKey on ApiKey {
    id
    lookup
    environment
    label
    status
    scopes
    requestsPerMinute
    requestsPerDay
    expiresAt
    createdAt
    disabledAt
    revokedAt
    rotatedAt
    sunsetAt
    lastUsedAt
    replacedBy {
      id
      lookup
    }
    rotatedFrom {
      id
      lookup
    }
    consumption {
      minute {
        used
        limit
        resetsAt
      }
      day {
        used
        limit
        resetsAt
      }
    }
    usage(days: 30) {
      day
      requests
      refused
    }
  }
`);

const badges: Record<ApiKeyStatus, { tone: 'good' | 'warn' | 'bad' | 'plain'; label: string }> = {
  ACTIVE: { tone: 'good', label: 'Active' },
  DEPRECATED: { tone: 'warn', label: 'Deprecated' },
  DISABLED: { tone: 'warn', label: 'Disabled' },
  EXPIRED: { tone: 'plain', label: 'Expired' },
  REVOKED: { tone: 'bad', label: 'Revoked' },
};

interface Props {
  apiKey: DeskKeyFragment;
  onMinted: (key: MintedKey) => void;
}

export function KeyCard({ apiKey, onMinted }: Props) {
  const [open, setOpen] = useState<'edit' | 'rotate' | 'revoke' | null>(null);
  const close = () => setOpen(null);
  const { id, lookup, label, environment, status, rotatedAt, revokedAt, sunsetAt } = apiKey;
  const badge = badges[status];
  // A key that only its expiry has ended can be brought back by a later one.
  const isFinal = revokedAt != null || (status === 'EXPIRED' && sunsetAt != null);
  return (
    <Card
      title={label ?? lookup}
      about={
        <span className="row">
          <Badge tone={badge.tone}>{badge.label}</Badge>
          <Badge>{environment === 'LIVE' ? 'Live' : 'Test'}</Badge>
          <code className={styles.lookup}>
            sr_{environment.toLowerCase()}_{lookup}_…
          </code>
        </span>
      }
      actions={
        <>
          <Link href={`/partners/audit?target=${id}`}>History</Link>
          {!isFinal && <Button onClick={() => setOpen('edit')}>Edit</Button>}
          {status === 'ACTIVE' && !rotatedAt && <Button onClick={() => setOpen('rotate')}>Rotate</Button>}
          {!isFinal && status !== 'EXPIRED' && <KeySwitchButton apiKey={apiKey} />}
          {!revokedAt && (
            <Button kind="danger" onClick={() => setOpen('revoke')}>
              Revoke
            </Button>
          )}
        </>
      }
    >
      <div className={styles.halves}>
        <KeyFacts apiKey={apiKey} />
        <KeyUsage days={apiKey.usage} />
      </div>
      {open === 'edit' && <EditKey apiKey={apiKey} onClose={close} />}
      {open === 'revoke' && <RevokeKey apiKey={apiKey} onClose={close} />}
      {open === 'rotate' && (
        <RotateKey
          apiKey={apiKey}
          onClose={close}
          onMinted={(key) => {
            close();
            onMinted(key);
          }}
        />
      )}
    </Card>
  );
}
