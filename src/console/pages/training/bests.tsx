/** The fastest performance at each distance, and what it is worth. */
import type { PersonalBestKind, RunnerTrainingQuery } from '../../gql/graphql.ts';
import { Card } from '../../parts/card.tsx';
import { sayDay } from '../../parts/days.ts';
import { sayDistance, sayDuration, sayPace, type Units, unitNames } from '../../parts/measures.ts';
import { Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';

type Best = NonNullable<RunnerTrainingQuery['runner']>['personalBests'][number];

const kinds: Record<PersonalBestKind, string> = {
  RACE: 'Race',
  RUN: 'Recorded run, perhaps not all-out',
  STATED: 'Stated by you',
};

export function Bests({ bests, units }: { bests: readonly Best[]; units: Units }) {
  return (
    <Card
      title="Personal bests"
      about="The fastest at each distance, of races, recorded runs and what you stated. VDOT is what it is worth."
    >
      {bests.length === 0 ? (
        <Empty title="No best times yet">They come from race results, from runs over a race distance, and from times that you state.</Empty>
      ) : (
        <Table
          caption="Table of personal bests"
          head={['Distance', 'Time', `Pace, ${unitNames[units].pace}`, 'VDOT', 'Day', 'From']}
          rows={bests.map((best) => ({
            key: String(best.distanceMeters),
            cells: [
              nameOf(best, units),
              sayDuration(best.timeSeconds),
              sayPace(units, best.timeSeconds / (best.distanceMeters / 1_000)),
              best.vdot == null ? 'too short or long' : best.vdot.toFixed(1),
              best.date ? sayDay(best.date) : 'not known',
              kinds[best.kind],
            ],
          }))}
        />
      )}
    </Card>
  );
}

/** `half marathon`, or the length where it has no name. */
export const nameOf = ({ distanceName, distanceMeters }: Pick<Best, 'distanceName' | 'distanceMeters'>, units: Units): string =>
  distanceName ?? sayDistance(units, distanceMeters, 2);
