/** The list that the filters ask for, whichever of the four queries gives it. */
import { useQuery } from 'urql';
import { type Failure, failureOf } from '../../client.ts';
import { graphql } from '../../gql/gql.ts';
import type { PlanCardFragment, WorkoutCardFragment } from '../../gql/graphql.ts';
import type { FilterChange, Filters } from './filters.ts';

graphql(`
  fragment WorkoutCard on WorkoutTemplate {
    id name category level estimatedDurationSeconds estimatedDistanceMeters visibility status authorId
    blocks { repeat steps { kind durationSeconds distanceMeters target { type min max reference } } }
  }
`);

graphql(`
  fragment PlanCard on TrainingPlanTemplate {
    id name goalDistance level durationWeeks weeklyDistanceMetersMax visibility status authorId
    weeks { week days { sessions { distanceMeters } } }
  }
`);

const ownWorkouts = graphql(`
  query OwnWorkouts(
    $search: String, $visibility: Visibility, $status: TemplateStatus, $category: WorkoutCategory
    $first: Int, $last: Int, $after: String, $before: String
  ) {
    list: allWorkoutTemplates(
      search: $search, visibility: $visibility, status: $status, category: $category
      first: $first, last: $last, after: $after, before: $before
    ) {
      totalCount
      pageInfo { startCursor endCursor }
      edges { node { ...WorkoutCard } }
    }
  }
`);

const ownPlans = graphql(`
  query OwnPlans(
    $search: String, $visibility: Visibility, $status: TemplateStatus, $goalDistance: GoalDistance
    $first: Int, $last: Int, $after: String, $before: String
  ) {
    list: allTrainingPlanTemplates(
      search: $search, visibility: $visibility, status: $status, goalDistance: $goalDistance
      first: $first, last: $last, after: $after, before: $before
    ) {
      totalCount
      pageInfo { startCursor endCursor }
      edges { node { ...PlanCard } }
    }
  }
`);

const publishedWorkouts = graphql(`
  query PublishedWorkouts($search: String, $category: WorkoutCategory, $page: Int!, $size: Int!) {
    list: workoutTemplates(search: $search, category: $category, page: $page, per_page: $size) { total data { ...WorkoutCard } }
  }
`);

const publishedPlans = graphql(`
  query PublishedPlans($search: String, $goalDistance: GoalDistance, $page: Int!, $size: Int!) {
    list: trainingPlanTemplates(search: $search, goalDistance: $goalDistance, page: $page, per_page: $size) { total data { ...PlanCard } }
  }
`);

export const pageSize = 20;

export type Card = WorkoutCardFragment | PlanCardFragment;

interface TemplateList {
  /** Null as long as nothing has arrived. */
  rows: readonly Card[] | null;
  total: number;
  /** Whether what is shown is about to be replaced. */
  isStale: boolean;
  failure: Failure | null;
  retry: () => void;
  /** What leads to the page before and to the one after; null where there is none. */
  previous: FilterChange | null;
  next: FilterChange | null;
}

/** At most 20 templates and how many there are in all. */
export function useTemplateList(filters: Filters): TemplateList {
  const { page } = filters;
  const [result, again] = useAnswer(filters);
  const list = result.data?.list;
  const found = list && ('edges' in list ? fromConnection(list) : { rows: list.data, total: list.total, start: null, end: null });
  const hasNext = found !== undefined && page * pageSize < found.total;
  return {
    rows: found?.rows ?? null,
    total: found?.total ?? 0,
    isStale: result.fetching || result.stale,
    failure: failureOf(result.error),
    retry: () => again({ requestPolicy: 'network-only' }),
    previous: page > 1 ? { page: String(page - 1), before: page > 2 ? (found?.start ?? null) : null } : null,
    next: hasNext ? { page: String(page + 1), after: found.end } : null,
  };
}

function useAnswer(filters: Filters) {
  const { isPublished, kind, search, visibility, status, category, goalDistance, after, before, page } = filters;
  const part = before ? { last: pageSize, before } : { first: pageSize, after };
  const own = { search, visibility, status, ...part };
  const published = { search, page, size: pageSize };
  const wanted = (isPublished ? 2 : 0) + (kind === 'plans' ? 1 : 0);
  const answers = [
    useQuery({ query: ownWorkouts, variables: { ...own, category }, pause: wanted !== 0 }),
    useQuery({ query: ownPlans, variables: { ...own, goalDistance }, pause: wanted !== 1 }),
    useQuery({ query: publishedWorkouts, variables: { ...published, category }, pause: wanted !== 2 }),
    useQuery({ query: publishedPlans, variables: { ...published, goalDistance }, pause: wanted !== 3 }),
  ] as const;
  return answers[wanted] as (typeof answers)[number];
}

interface Connection {
  totalCount: number;
  pageInfo: { startCursor?: string | null; endCursor?: string | null };
  edges: { node: Card }[];
}

function fromConnection({ edges, totalCount, pageInfo }: Connection) {
  return { rows: edges.map(({ node }) => node), total: totalCount, start: pageInfo.startCursor ?? null, end: pageInfo.endCursor ?? null };
}
