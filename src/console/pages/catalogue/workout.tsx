/** One workout: drawn as intensity over time, told step by step, with what its author can do and what happened to it. */
import { useId } from 'react';
import { useQuery } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { Card } from '../../parts/card.tsx';
import { FailureNotice, Loading } from '../../parts/states.tsx';
import { TemplateActions } from './actions.tsx';
import { History } from './history.tsx';
import { ProfileChart } from './profile-chart.tsx';
import { StepList } from './step-list.tsx';
import { Gone, TemplateHeader } from './template-header.tsx';
import { distanceInWords, durationInWords, inWords } from './wording.ts';

const workoutQuery = graphql(`
  query Workout($id: ID!) {
    workoutTemplate(id: $id) {
      id name slug description category level language attribution tags
      estimatedDurationSeconds estimatedDistanceMeters
      blocks {
        name
        repeat
        steps { kind durationSeconds distanceMeters notes target { type min max unit reference } }
      }
      version updatedAt visibility status authorId
    }
  }
`);

export function Workout({ id }: { id: string }) {
  const stepsId = useId();
  const [{ data, error, fetching }, again] = useQuery({ query: workoutQuery, variables: { id } });
  const reload = () => again({ requestPolicy: 'network-only' });
  const failure = failureOf(error);
  if (failure && !data?.workoutTemplate) return <FailureNotice failure={failure} retry={reload} />;
  if (!data || (fetching && !data.workoutTemplate)) return <Loading what="The workout" />;
  const workout = data.workoutTemplate;
  if (!workout) return <Gone noun="workout" />;
  const { estimatedDurationSeconds: seconds, estimatedDistanceMeters: meters } = workout;
  const facts = [
    inWords(workout.category),
    ...(workout.level ? [inWords(workout.level)] : []),
    ...(seconds ? [durationInWords(seconds)] : []),
    ...(meters ? [distanceInWords(meters)] : []),
  ];
  return (
    <div className="stack">
      <TemplateHeader kind="workout" template={workout} facts={facts} tags={workout.tags} />
      <TemplateActions kind="workout" template={workout} reload={reload} />
      <Card title="Profile" about="How hard, and for how long. Repeats are drawn to scale.">
        <ProfileChart name={workout.name} blocks={workout.blocks} stepsId={stepsId} />
      </Card>
      <Card title="Steps">
        <StepList id={stepsId} blocks={workout.blocks} />
      </Card>
      <History id={id} version={workout.version} />
    </div>
  );
}
