/** The partners: whom to look for, and how busy their keys are. */
import { useState } from 'react';
import { useQuery } from 'urql';
import { Link, useLocation, useSearchParams } from 'wouter';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { PartnersQuery } from '../../gql/graphql.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Empty, FailureNotice, Loading } from '../../parts/states.tsx';
import { CreatePartner } from './create-partner.tsx';
import { counted, Instant } from './format.tsx';
import { Pager } from './pager.tsx';
import { PartnerFilters } from './partner-filters.tsx';
import styles from './partners.module.css';
import { usePages } from './use-pages.ts';

const partnersQuery = graphql(`
  query Partners($search: String, $archived: Boolean, $after: String) {
    partners(first: 20, search: $search, archived: $archived, after: $after) {
      edges {
        node {
          id
          name
          contactEmail
          createdAt
          archivedAt
          apiKeys {
            id
            status
            lastUsedAt
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Listed = PartnersQuery['partners']['edges'][number]['node'];

/** An empty list has no partner in it that would say which changes concern it. */
const context = { additionalTypenames: ['Partner', 'ApiKey'] };

export function PartnerList() {
  const [filters] = useSearchParams();
  const [, navigate] = useLocation();
  const [creating, setCreating] = useState(false);
  const pages = usePages(filters.toString());
  const search = filters.get('search');
  const archived = filters.get('archived');
  const [{ data, error, fetching }, again] = useQuery({
    query: partnersQuery,
    variables: { search, archived: archived === 'all' ? null : archived === 'yes', after: pages.after },
    context,
  });
  const failure = failureOf(error);
  const partners = data?.partners.edges.map(({ node }) => node) ?? [];
  return (
    <div className="stack">
      <PageHeader
        title="Partners"
        about="Companies that read the catalogue with API keys."
        actions={
          <>
            <Link href="/partners/audit">Audit log</Link>
            <Button kind="primary" onClick={() => setCreating(true)}>
              New partner
            </Button>
          </>
        }
      />
      <PartnerFilters key={filters.toString()} />
      {failure && <FailureNotice failure={failure} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading what="The list of partners" />}
      {data && partners.length > 0 && (
        <ul className={styles.rows} aria-label="Partners">
          {partners.map((partner) => (
            <PartnerRow key={partner.id} partner={partner} />
          ))}
        </ul>
      )}
      {data && partners.length === 0 && <NoPartners filtered={Boolean(search || archived)} />}
      {data && <Pager label="Pages of partners" pages={pages} pageInfo={data.partners.pageInfo} busy={fetching} />}
      {creating && <CreatePartner onClose={() => setCreating(false)} onCreated={(id) => navigate(`/partners/${id}`)} />}
    </div>
  );
}

function NoPartners({ filtered }: { filtered: boolean }) {
  if (!filtered) return <Empty title="No partners yet">Create one with “New partner”, then give it a key.</Empty>;
  return (
    <Empty title="No partner matches">
      Search for less, or <Link href="/partners">show all that are not archived</Link>.
    </Empty>
  );
}

function PartnerRow({ partner: { id, name, contactEmail, createdAt, archivedAt, apiKeys } }: { partner: Listed }) {
  const working = apiKeys.filter(({ status }) => status === 'ACTIVE' || status === 'DEPRECATED').length;
  const [lastUsedAt] = apiKeys
    .flatMap((key) => key.lastUsedAt ?? [])
    .sort()
    .reverse();
  return (
    <li className={styles.partner}>
      <div>
        <div className="row">
          <Link href={`/partners/${id}`} className={styles.name}>
            {name}
          </Link>
          {archivedAt && <Badge tone="warn">Archived</Badge>}
        </div>
        <span className={styles.about}>{contactEmail ?? 'No contact'}</span>
      </div>
      <div>
        {apiKeys.length === 0 ? <span className="quiet">No keys yet</span> : `${working} of ${counted(apiKeys.length, 'key')} working`}
      </div>
      <div>
        <span className="quiet">Last used</span> <Instant at={lastUsedAt} otherwise="never" />
        <br />
        <span className="quiet">Created</span> <Instant at={createdAt} />
      </div>
    </li>
  );
}
