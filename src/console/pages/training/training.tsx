/** A runner's training: how much, how fast, and what their bests are worth. */
import { useQuery } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { Empty, FailureNotice, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session.tsx';
import { Bests } from './bests.tsx';
import { Fitness } from './fitness.tsx';
import { Runs } from './runs.tsx';
import { Weeks } from './weeks.tsx';

const trainingQuery = graphql(`
  query RunnerTraining($id: ID!) {
    runner(id: $id) {
      id
      units
      weeklyVolume {
        weekStart
        runs
        distanceMeters
        movingSeconds
        longestMeters
        runsWithoutDistance
      }
      runs(first: 20) {
        edges {
          node {
            id
            startedOn
            name
            distanceMeters
            movingSeconds
            averageHeartRate
            source
            isDuplicate
            isExcluded
          }
        }
      }
      personalBests {
        distanceMeters
        distanceName
        timeSeconds
        date
        kind
        vdot
      }
      fitness {
        vdot
        isRecent
        from {
          distanceMeters
          distanceName
          timeSeconds
          date
        }
        paces {
          easySlowest
          easyFastest
          marathon
          threshold
          interval
          repetition
        }
        equivalentTimes {
          name
          timeSeconds
        }
      }
    }
  }
`);

export default function Training() {
  const id = useSession().viewer?.runner?.id ?? '';
  const [{ data, error, fetching }, again] = useQuery({ query: trainingQuery, variables: { id } });
  const failure = failureOf(error);
  const runner = data?.runner;
  return (
    <div className="stack">
      <PageHeader title="Training" about="What you ran, and what your bests say you can run." />
      {failure && <FailureNotice failure={failure} retry={() => again({ requestPolicy: 'network-only' })} />}
      {!runner && fetching && <Loading what="Your training" />}
      {runner && (
        <>
          {runner.weeklyVolume.length === 0 ? (
            <Empty title="No runs yet">
              <p>
                Weekly volume and recent runs appear here after the first import. Ask the operator to run{' '}
                <code>npx ekiden runner import your-file.json</code>, or connect a source.
              </p>
            </Empty>
          ) : (
            <>
              <Weeks weeks={runner.weeklyVolume} units={runner.units} />
              <Runs runs={runner.runs.edges.map(({ node }) => node)} units={runner.units} />
            </>
          )}
          <Fitness fitness={runner.fitness ?? null} units={runner.units} />
          <Bests bests={runner.personalBests} units={runner.units} />
        </>
      )}
    </div>
  );
}
