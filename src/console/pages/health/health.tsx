/** A runner's health over time, and the sources it comes from. */
import { useQuery } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { daysBetween, localDay, sayDay } from '../../parts/days.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { Empty, FailureNotice, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session.tsx';
import { Charts } from './charts.tsx';
import { Sources } from './sources.tsx';

const sourcesQuery = graphql(`
  query RunnerSources($id: ID!) {
    runner(id: $id) {
      id
      units
      timezone
      dailyMetrics(first: 1) {
        edges {
          node {
            date
          }
        }
      }
      healthConnections {
        id
        name
        status
        excluded
        lastImportAt
        counts {
          runs
          days
          measurements
          heartRateZones
          labTests
        }
      }
    }
  }
`);

export default function Health() {
  const id = useSession().viewer?.runner?.id ?? '';
  const [{ data, error, fetching }, again] = useQuery({ query: sourcesQuery, variables: { id } });
  const failure = failureOf(error);
  const runner = data?.runner;
  const through = runner?.dailyMetrics.edges[0]?.node.date ?? null;
  return (
    <div className="stack">
      <PageHeader
        title="Health"
        about={through && runner ? throughSaid(through, runner.timezone) : 'Your days, merged from all sources.'}
      />
      {failure && <FailureNotice failure={failure} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!runner && fetching && <Loading what="Your health" />}
      {runner && !through && (
        <Empty title="No days yet">
          <p>
            Resting heart rate, heart rate variability, sleep, respiration and weight appear here after the first import. Ask the operator
            to run <code>npx ekiden runner import your-file.json</code>, or connect a source.
          </p>
        </Empty>
      )}
      {runner && through && <Charts runnerId={id} units={runner.units} through={through} />}
      {runner && <Sources runnerId={id} timezone={runner.timezone} sources={runner.healthConnections} />}
    </div>
  );
}

/** Baselines and ranges end with the newest day there is, not with today: how old that is must be said. */
function throughSaid(through: string, timezone: string): string {
  const age = daysBetween(through, localDay(new Date(), timezone));
  const said = age <= 0 ? 'today' : age === 1 ? 'yesterday' : `${age} days ago`;
  return `Your days, merged from all sources. The newest is ${sayDay(through)}, ${said}.`;
}
