/** Who changed a template, when, and what: newest first, a page at a time. */
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { FailureNotice, Loading } from '../../parts/states.tsx';
import { HistoryEntry } from './history-entry.tsx';
import { countInWords } from './wording.ts';

const pageSize = 10;

const historyQuery = graphql(`
  query TemplateHistory($id: ID!, $first: Int!, $after: String) {
    changes(id: $id, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      edges {
        node { version at actorKind actorId summary changes { path before after } }
      }
    }
  }
`);

/** `version` is the one that is shown above. */
export function History({ id, version }: { id: string; version: number }) {
  return (
    <Card title="Version history" about={`This is version ${version}. Every real change is recorded by the database.`}>
      {/* A change makes every page another one. */}
      <HistoryPages key={`${id} ${version}`} id={id} />
    </Card>
  );
}

function HistoryPages({ id }: { id: string }) {
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  return cursors.map((after, index) => (
    <HistoryPage
      key={after ?? 'newest'}
      id={id}
      after={after}
      isLast={index === cursors.length - 1}
      onMore={(cursor) => setCursors([...cursors, cursor])}
    />
  ));
}

interface PageProps {
  id: string;
  after: string | null;
  isLast: boolean;
  onMore: (cursor: string) => void;
}

function HistoryPage({ id, after, isLast, onMore }: PageProps) {
  const context = useMemo(() => ({ additionalTypenames: ['WorkoutTemplate', 'TrainingPlanTemplate'] }), []);
  const [{ data, error }, again] = useQuery({ query: historyQuery, variables: { id, first: pageSize, after }, context });
  const failure = failureOf(error);
  if (failure && !data) return <FailureNotice failure={failure} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <Loading what="The history" />;
  if (!data.changes) return <p className="quiet">Its author and operators see its history.</p>;
  const { edges, pageInfo, totalCount } = data.changes;
  return (
    <>
      {edges.map(({ node }) => (
        <HistoryEntry key={node.version} change={node} />
      ))}
      {isLast && (
        <div className="row">
          <span className="quiet">{countInWords(totalCount, 'version')} in all</span>
          {pageInfo.hasNextPage && pageInfo.endCursor && (
            <Button onClick={() => onMore(pageInfo.endCursor ?? '')}>Show older changes</Button>
          )}
        </div>
      )}
    </>
  );
}
