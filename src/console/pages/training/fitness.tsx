/** The VDOT that training is based on, with its paces and equivalent race times. */
import type { RunnerTrainingQuery } from '../../gql/graphql.ts';
import { Card } from '../../parts/card.tsx';
import { sayDay } from '../../parts/days.ts';
import { sayDuration, sayPace, type Units, unitNames } from '../../parts/measures.ts';
import { Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { nameOf } from './bests.tsx';
import styles from './training.module.css';

type Found = NonNullable<NonNullable<RunnerTrainingQuery['runner']>['fitness']>;

export function Fitness({ fitness, units }: { fitness: Found | null; units: Units }) {
  if (!fitness) {
    return (
      <Card title="Fitness and training paces">
        <Empty title="No VDOT yet">
          It needs one performance of 3.5 minutes to 4 hours over a race distance: a race result, a recorded run or a time that you state.
        </Empty>
      </Card>
    );
  }
  const { vdot, from, isRecent, equivalentTimes } = fitness;
  const origin = `Derived after Daniels and Gilbert (1979) from ${nameOf(from, units)} in ${sayDuration(from.timeSeconds)}, ${from.date ? sayDay(from.date) : 'day not known'}.`;
  const age = isRecent
    ? 'It is the highest of the last 365 days.'
    : 'No effort of the last 365 days is held, so it may not describe today.';
  return (
    <Card title="Fitness and training paces" about={`${origin} ${age}`}>
      <p className={`${styles.vdot} numbers`}>
        <span className={styles.number}>{vdot.toFixed(1)}</span> VDOT
      </p>
      <div className={styles.pair}>
        <div className="stack-tight">
          <h3>Training paces</h3>
          <Table
            caption="Training paces"
            head={['Pace', unitNames[units].pace]}
            rows={pacesOf(fitness, units).map(([name, said]) => ({ key: name, cells: [name, said] }))}
          />
        </div>
        <div className="stack-tight">
          <h3>Equivalent race times, derived, not run</h3>
          <Table
            caption="Equivalent race times"
            head={['Distance', 'Time']}
            rows={equivalentTimes.map(({ name, timeSeconds }) => ({ key: name, cells: [name, sayDuration(timeSeconds)] }))}
          />
        </div>
      </div>
    </Card>
  );
}

function pacesOf({ paces }: Found, units: Units): [string, string][] {
  const { easyFastest, easySlowest, marathon, threshold, interval, repetition } = paces;
  const say = (secondsPerKm: number) => sayPace(units, secondsPerKm);
  return [
    ['Easy', `${say(easyFastest)} to ${say(easySlowest)}`],
    ['Marathon', marathon == null ? 'over 4 hours' : say(marathon)],
    ['Threshold', say(threshold)],
    ['Interval', say(interval)],
    ['Repetition', say(repetition)],
  ];
}
