/** Why a step was refused, with the way out: the version that is there now, or the templates that stand in the way. */
import { Link, useLocation } from 'wouter';
import type { Failure } from '../../client.ts';
import { Button } from '../../parts/button.tsx';
import { FailureNotice, Notice } from '../../parts/states.tsx';

interface Named {
  id: string;
  name?: string;
}

const namedIn = (value: unknown): Named[] => (Array.isArray(value) ? (value as Named[]) : []);

export function MoveFailure({ failure, seenVersion, seeCurrent }: { failure: Failure; seenVersion: number; seeCurrent: () => void }) {
  const [path] = useLocation();
  const { currentVersion, plans, workouts } = failure.details;
  if (failure.kind !== 'conflict') return <FailureNotice failure={failure} />;
  if (typeof currentVersion === 'number') {
    return (
      <Notice tone="bad" title="Someone else changed it meanwhile">
        <p>
          You see version {seenVersion}, the current one is version {currentVersion}. Nothing was written. Look at the current version and
          at its history, then decide again.
        </p>
        <Button onClick={seeCurrent}>Show version {currentVersion}</Button>
      </Notice>
    );
  }
  const links = [
    ...namedIn(plans).map((plan) => ({ ...plan, href: `/catalogue/plans/${plan.id}`, noun: 'Plan' })),
    ...namedIn(workouts).map((workout) => ({ ...workout, href: `/catalogue/workouts/${workout.id}`, noun: 'Workout' })),
  ].filter(({ href }) => href !== path);
  return (
    <Notice tone="bad" title="Another template stands in the way">
      <p>{failure.message}</p>
      <ul>
        {links.map(({ id, name, href, noun }) => (
          <li key={id}>
            {noun} <Link href={href}>{name ?? id}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
