/** Something to do on a day of a plan, with the way to the workout that spells it out. */
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql } from '../../gql/gql.ts';
import styles from './plan.module.css';
import { distanceInWords, durationInWords, inWords } from './wording.ts';

export interface Session {
  kind: string;
  description?: string | null;
  distanceMeters?: number | null;
  durationSeconds?: number | null;
  workoutTemplateId?: string | null;
}

export function PlanSession({ session }: { session: Session }) {
  const { kind, description, distanceMeters, durationSeconds, workoutTemplateId } = session;
  const amount = [distanceMeters && distanceInWords(distanceMeters), durationSeconds && durationInWords(durationSeconds)].filter(Boolean);
  return (
    <div className={`${styles.session} ${styles[kind.toLowerCase()] ?? ''}`}>
      <p className={styles.sessionKind}>
        {inWords(kind)}
        {amount.length > 0 && <span className="numbers"> · {amount.join(' · ')}</span>}
      </p>
      {workoutTemplateId && <WorkoutLink id={workoutTemplateId} />}
      {description && <p className={styles.sessionText}>{description}</p>}
    </div>
  );
}

const nameQuery = graphql(`
  query WorkoutName($id: ID!) {
    workoutTemplate(id: $id) { id name }
  }
`);

/** A plan knows its workouts by id alone. */
function WorkoutLink({ id }: { id: string }) {
  const [{ data, error }] = useQuery({ query: nameQuery, variables: { id }, requestPolicy: 'cache-first' });
  if (data && !data.workoutTemplate) return <span className="quiet">A workout that you may not see</span>;
  const name = data?.workoutTemplate?.name ?? (error ? 'Its workout' : 'Workout…');
  return <Link href={`/catalogue/workouts/${id}`}>{name}</Link>;
}
