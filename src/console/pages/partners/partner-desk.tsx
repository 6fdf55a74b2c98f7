/** One partner: who it is, and its keys. */
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { PartnerDeskQuery } from '../../gql/graphql.ts';
import { Button } from '../../parts/button.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Empty, FailureNotice, Loading, Notice } from '../../parts/states.tsx';
import { ArchivePartner, UnarchiveButton } from './archive-partner.tsx';
import { EditPartner } from './edit-partner.tsx';
import { Instant } from './format.tsx';
import { KeyList } from './key-list.tsx';
import styles from './partners.module.css';

const partnerQuery = graphql(`
  query PartnerDesk($id: ID!) {
    partner(id: $id) {
      id
      name
      contactEmail
      notes
      createdAt
      archivedAt
      apiKeys {
        ...DeskKey
      }
    }
  }
`);

/** A partner without keys has none in it that would say which changes concern it. */
const context = { additionalTypenames: ['ApiKey'] };

export function PartnerDesk({ id }: { id: string }) {
  const [{ data, error, fetching, stale }, again] = useQuery({ query: partnerQuery, variables: { id }, context });
  const failure = failureOf(error);
  const refresh = () => again({ requestPolicy: 'network-only' });
  return (
    <div className="stack">
      <p>
        <Link href="/partners">All partners</Link>
      </p>
      {failure && <FailureNotice failure={failure} retry={refresh} />}
      {!data && fetching && <Loading what="The partner" />}
      {data?.partner && <Desk partner={data.partner} busy={fetching || stale} refresh={refresh} />}
      {data && !data.partner && (
        <>
          <PageHeader title="No such partner" />
          <Empty title="There is no partner at this address">Look it up in the list of all partners; the address may be cut short.</Empty>
        </>
      )}
    </div>
  );
}

type Partner = NonNullable<PartnerDeskQuery['partner']>;

function Desk({ partner, busy, refresh }: { partner: Partner; busy: boolean; refresh: () => void }) {
  const [open, setOpen] = useState<'edit' | 'archive' | null>(null);
  const close = () => setOpen(null);
  const { id, name, contactEmail, notes, createdAt, archivedAt, apiKeys } = partner;
  return (
    <>
      <PageHeader
        title={name}
        about={
          <>
            {contactEmail ? <a href={`mailto:${contactEmail}`}>{contactEmail}</a> : 'No contact'} · created <Instant at={createdAt} />
          </>
        }
        actions={
          <>
            <Link href={`/partners/audit?target=${id}`}>History</Link>
            <Button busy={busy} onClick={refresh}>
              Refresh
            </Button>
            <Button onClick={() => setOpen('edit')}>Edit</Button>
            {archivedAt ? (
              <UnarchiveButton id={id} name={name} />
            ) : (
              <Button kind="danger" onClick={() => setOpen('archive')}>
                Archive
              </Button>
            )}
          </>
        }
      />
      {archivedAt && (
        <Notice tone="warn" title="This partner is archived">
          <p>
            Since <Instant at={archivedAt} /> none of its keys is let in, whatever is said of them below.
          </p>
        </Notice>
      )}
      {notes && <p className={styles.notes}>{notes}</p>}
      <KeyList partnerId={id} keys={apiKeys} archived={archivedAt != null} />
      {open === 'edit' && <EditPartner partner={partner} onClose={close} />}
      {open === 'archive' && <ArchivePartner id={id} name={name} onClose={close} />}
    </>
  );
}
