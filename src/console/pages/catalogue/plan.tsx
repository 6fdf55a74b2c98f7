/** One training plan: its weekly volume, and every week as a row of days. */
import { useQuery } from 'urql';
import { failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import { Card } from '../../parts/card.tsx';
import { Empty, FailureNotice, Loading } from '../../parts/states.tsx';
import { TemplateActions } from './actions.tsx';
import { History } from './history.tsx';
import styles from './plan.module.css';
import { PlanWeek } from './plan-week.tsx';
import { Gone, TemplateHeader } from './template-header.tsx';
import { VolumeBars, volumesOf } from './volume-bars.tsx';
import { countInWords, distanceInWords, inWords, raceInWords } from './wording.ts';

const planQuery = graphql(`
  query Plan($id: ID!) {
    trainingPlanTemplate(id: $id) {
      id name slug description goalDistance level language attribution durationWeeks
      weeks {
        week
        focus
        days { day sessions { kind description distanceMeters durationSeconds workoutTemplateId } }
      }
      version updatedAt visibility status authorId
    }
  }
`);

export function Plan({ id }: { id: string }) {
  const [{ data, error, fetching }, again] = useQuery({ query: planQuery, variables: { id } });
  const reload = () => again({ requestPolicy: 'network-only' });
  const failure = failureOf(error);
  if (failure && !data?.trainingPlanTemplate) return <FailureNotice failure={failure} retry={reload} />;
  if (!data || (fetching && !data.trainingPlanTemplate)) return <Loading what="The plan" />;
  const plan = data.trainingPlanTemplate;
  if (!plan) return <Gone noun="plan" />;
  const volumes = volumesOf(plan.durationWeeks, plan.weeks);
  const largest = Math.max(...volumes.map(({ meters }) => meters));
  const facts = [
    plan.goalDistance ? raceInWords(plan.goalDistance) : 'Base training',
    countInWords(plan.durationWeeks, 'week'),
    ...(plan.level ? [inWords(plan.level)] : []),
  ];
  return (
    <div className="stack">
      <TemplateHeader kind="plan" template={plan} facts={facts} />
      <TemplateActions kind="plan" template={plan} reload={reload} />
      <Card
        title="Weekly volume"
        about={largest > 0 ? `Up to ${distanceInWords(largest)} a week. The distances stand beside the weeks below.` : undefined}
      >
        {largest > 0 ? (
          <figure className={styles.volume} style={{ maxWidth: `${plan.durationWeeks * 7}rem` }}>
            <VolumeBars volumes={volumes} />
            <figcaption className={styles.volumeAxis} aria-hidden="true">
              <span>Week 1</span>
              {plan.durationWeeks > 1 && <span>Week {plan.durationWeeks}</span>}
            </figcaption>
          </figure>
        ) : (
          <p className="quiet">No week states a distance.</p>
        )}
      </Card>
      <Card title="Weeks">
        {plan.weeks.length === 0 && <Empty title="No week is described yet" />}
        <ol className={styles.weeks}>
          {plan.weeks.map((week) => (
            <PlanWeek key={week.week} week={week} meters={volumes[week.week - 1]?.meters ?? 0} largest={largest} />
          ))}
        </ol>
      </Card>
      <History id={id} version={plan.version} />
    </div>
  );
}
