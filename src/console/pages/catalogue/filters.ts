/** What the list is narrowed to; kept in the address, so that going back finds it again and it can be handed on. */
import { useSearchParams } from 'wouter';
import type { GoalDistance, TemplateStatus, Visibility, WorkoutCategory } from '../../gql/graphql.ts';

export const categories = [
  'EASY',
  'LONG',
  'RECOVERY',
  'TEMPO',
  'THRESHOLD',
  'INTERVAL',
  'REPETITION',
  'HILLS',
  'FARTLEK',
  'PROGRESSION',
  'RACE_PACE',
  'TEST',
  'STRENGTH',
  'OTHER',
] as const satisfies WorkoutCategory[];

export interface Filters {
  kind: 'workouts' | 'plans';
  /** What partners see, instead of what the viewer may write. */
  isPublished: boolean;
  search: string | null;
  visibility: Visibility | null;
  status: TemplateStatus | null;
  category: WorkoutCategory | null;
  goalDistance: GoalDistance | null;
  /** From 1. */
  page: number;
  after: string | null;
  before: string | null;
}

type Name = 'kind' | 'show' | 'search' | 'visibility' | 'status' | 'category' | 'goalDistance' | 'page' | 'after' | 'before';
export type FilterChange = Partial<Record<Name, string | null>>;

const firstPage: FilterChange = { page: null, after: null, before: null };
/** The gateway refuses longer ones. */
export const searchLengthMax = 200;

function readFilters(params: URLSearchParams): Filters {
  // A value that the gateway does not know is refused by it, and shown with the way out.
  const get = <Value extends string>(name: Name) => (params.get(name) || null) as Value | null;
  const kind = params.get('kind') === 'plans' ? 'plans' : 'workouts';
  return {
    kind,
    isPublished: params.get('show') === 'published',
    search: get('search'),
    visibility: get('visibility'),
    status: get('status'),
    category: kind === 'workouts' ? get('category') : null,
    goalDistance: kind === 'plans' ? get('goalDistance') : null,
    page: Math.max(1, Number(params.get('page')) || 1),
    after: get('after'),
    before: get('before'),
  };
}

/** The filters, and how to change some; anything but another page leads to the first one. */
export function useFilters(): [Filters, (change: FilterChange) => void] {
  const [params, setParams] = useSearchParams();
  function change(changed: FilterChange): void {
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries({ ...firstPage, ...changed })) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  }
  return [readFilters(params), change];
}

export const isNarrowed = ({ search, visibility, status, category, goalDistance }: Filters) =>
  [search, visibility, status, category, goalDistance].some((value) => value !== null);

export const noFilters: FilterChange = { search: null, visibility: null, status: null, category: null, goalDistance: null };
