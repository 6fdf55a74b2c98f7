/** The catalogue as a list that can be searched and narrowed. */
import { useState } from 'react';
import { useClient } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import buttons from '../../parts/button.module.css';
import { Button } from '../../parts/button.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import { Empty, FailureNotice, Loading } from '../../parts/states.tsx';
import { showToast } from '../../parts/toast.tsx';
import styles from './catalogue.module.css';
import { download } from './download.ts';
import { FilterForm } from './filter-form.tsx';
import { type FilterChange, type Filters, isNarrowed, noFilters, useFilters } from './filters.ts';
import { pageSize, useTemplateList } from './list.ts';
import { TemplateCard } from './template-card.tsx';
import { countInWords } from './wording.ts';

export function Browse() {
  const [filters, change] = useFilters();
  return (
    <div className="stack">
      <PageHeader
        title="Catalogue"
        about="Workouts and training plans, as partners copy them and as authors prepare them."
        actions={
          <>
            <Link href="/catalogue/import" className={`${buttons.button} ${buttons.primary}`}>
              Import a file
            </Link>
            <ExportButton />
          </>
        }
      />
      <FilterForm filters={filters} change={change} />
      <Results filters={filters} change={change} />
    </div>
  );
}

function Results({ filters, change }: { filters: Filters; change: (change: FilterChange) => void }) {
  const { rows, total, isStale, failure, retry, previous, next } = useTemplateList(filters);
  if (failure && !rows) {
    return (
      <>
        <FailureNotice failure={failure} retry={retry} />
        {/* An address with a filter or a place that the gateway does not know fails as often as it is tried. */}
        <div className="row">
          <Button onClick={() => change(noFilters)}>Clear the filters</Button>
        </div>
      </>
    );
  }
  if (!rows) return <Loading what="The list" />;
  const noun = filters.kind === 'plans' ? 'training plan' : 'workout';
  const first = (filters.page - 1) * pageSize;
  const range = total > pageSize && rows.length > 0 ? `${first + 1} to ${first + rows.length} of ` : '';
  return (
    <section className="stack" aria-label="Results" aria-busy={isStale}>
      <p className="quiet numbers" role="status">
        {range}
        {countInWords(total, noun)}
      </p>
      {failure && <FailureNotice failure={failure} retry={retry} />}
      {rows.length === 0 && <Nothing filters={filters} change={change} noun={noun} />}
      <ul className={styles.cards}>
        {rows.map((template) => (
          <TemplateCard key={template.id} template={template} />
        ))}
      </ul>
      {(previous ?? next) && (
        <nav className="row spread" aria-label="More results">
          <Button disabled={!previous} onClick={() => previous && change(previous)}>
            Previous
          </Button>
          <Button disabled={!next} onClick={() => next && change(next)}>
            Next
          </Button>
        </nav>
      )}
    </section>
  );
}

function Nothing({ filters, change, noun }: { filters: Filters; change: (change: FilterChange) => void; noun: string }) {
  if (isNarrowed(filters)) {
    return (
      <Empty title={`No ${noun} is like that`}>
        <p>Try fewer words, or another category or state.</p>
        <Button onClick={() => change(noFilters)}>Clear the filters</Button>
      </Empty>
    );
  }
  if (filters.isPublished) return <Empty title={`No ${noun} is published yet`} />;
  return (
    <Empty title={`There is no ${noun} yet`}>
      <Link href="/catalogue/import">Import a catalogue file</Link> to begin with.
    </Empty>
  );
}

const exportQuery = graphql(`
  query ExportCatalogue {
    exportCatalogue
  }
`);

function ExportButton() {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  async function save(): Promise<void> {
    setBusy(true);
    const { data, error } = await client.query(exportQuery, {}, { requestPolicy: 'network-only' });
    setBusy(false);
    const failure = failureOf(error);
    if (failure) showToast(failure.message, 'bad');
    else download(JSON.stringify(data?.exportCatalogue, null, 2), 'catalogue.json', 'application/json');
  }
  return (
    <Button busy={busy} onClick={() => void save()}>
      Export
    </Button>
  );
}
