/** The newest runs, those that repeat another marked. */
import type { RunnerTrainingQuery } from '../../gql/graphql.ts';
import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/card.tsx';
import { sayDay } from '../../parts/days.ts';
import { sayDistance, sayDuration, sayPace, type Units, unitNames } from '../../parts/measures.ts';
import { Table } from '../../parts/table.tsx';

type Run = NonNullable<RunnerTrainingQuery['runner']>['runs']['edges'][number]['node'];

export function Runs({ runs, units }: { runs: readonly Run[]; units: Units }) {
  return (
    <Card title="Recent runs" about={`The newest ${runs.length} that are held, newest first.`}>
      <Table
        caption="Table of recent runs"
        head={['Day', 'Run', 'Distance', 'Time', `Pace, ${unitNames[units].pace}`, 'Heart rate', 'Source']}
        rows={runs.map((run) => ({
          key: run.id,
          cells: [
            sayDay(run.startedOn),
            run.name ?? 'Run',
            run.distanceMeters == null ? 'not known' : sayDistance(units, run.distanceMeters, 2),
            run.movingSeconds == null ? 'not known' : sayDuration(run.movingSeconds),
            paceOf(run, units),
            run.averageHeartRate == null ? 'not known' : `${Math.round(run.averageHeartRate)} bpm`,
            <span key="source" className="row">
              {run.source}
              {run.isDuplicate && <Badge>Recorded twice</Badge>}
              {run.isExcluded && <Badge>Not shared</Badge>}
            </span>,
          ],
        }))}
      />
    </Card>
  );
}

const paceOf = ({ distanceMeters, movingSeconds }: Run, units: Units): string =>
  distanceMeters && movingSeconds ? sayPace(units, movingSeconds / (distanceMeters / 1_000)) : 'not known';
