/** The mutations that take a whole template a step further, the same for either kind. */
import type { TypedDocumentNode } from 'urql';
import { graphql } from '../../gql/gql.ts';
import type { Standing } from './standing.tsx';

export type Kind = 'workout' | 'plan';
export type Step = 'publish' | 'unpublish' | 'archive';

interface Moved extends Standing {
  id: string;
  version: number;
}

type Move = TypedDocumentNode<{ moved: Moved }, { id: string; expectedVersion: number }>;

interface Moves extends Record<Step, Move> {
  duplicate: TypedDocumentNode<{ copy: { id: string; name: string } }, { id: string }>;
  /** Puts back what a step changed. */
  restore: TypedDocumentNode<{ moved: Moved }, { id: string; expectedVersion: number; input: Standing }>;
}

export const movesOf: Record<Kind, Moves> = {
  workout: {
    publish: graphql(`
      mutation PublishWorkout($id: ID!, $expectedVersion: Int!) {
        moved: publishWorkoutTemplate(id: $id, expectedVersion: $expectedVersion) { id version visibility status }
      }
    `),
    unpublish: graphql(`
      mutation UnpublishWorkout($id: ID!, $expectedVersion: Int!) {
        moved: unpublishWorkoutTemplate(id: $id, expectedVersion: $expectedVersion) { id version visibility status }
      }
    `),
    archive: graphql(`
      mutation ArchiveWorkout($id: ID!, $expectedVersion: Int!) {
        moved: archiveWorkoutTemplate(id: $id, expectedVersion: $expectedVersion) { id version visibility status }
      }
    `),
    duplicate: graphql(`
      mutation DuplicateWorkout($id: ID!) {
        copy: duplicateWorkoutTemplate(id: $id) { id name }
      }
    `),
    restore: graphql(`
      mutation RestoreWorkout($id: ID!, $expectedVersion: Int!, $input: UpdateWorkoutTemplateInput!) {
        moved: updateWorkoutTemplate(id: $id, expectedVersion: $expectedVersion, input: $input) { id version visibility status }
      }
    `),
  },
  plan: {
    publish: graphql(`
      mutation PublishPlan($id: ID!, $expectedVersion: Int!) {
        moved: publishTrainingPlanTemplate(id: $id, expectedVersion: $expectedVersion) { id version visibility status }
      }
    `),
    unpublish: graphql(`
      mutation UnpublishPlan($id: ID!, $expectedVersion: Int!) {
        moved: unpublishTrainingPlanTemplate(id: $id, expectedVersion: $expectedVersion) { id version visibility status }
      }
    `),
    archive: graphql(`
      mutation ArchivePlan($id: ID!, $expectedVersion: Int!) {
        moved: archiveTrainingPlanTemplate(id: $id, expectedVersion: $expectedVersion) { id version visibility status }
      }
    `),
    duplicate: graphql(`
      mutation DuplicatePlan($id: ID!) {
        copy: duplicateTrainingPlanTemplate(id: $id) { id name }
      }
    `),
    restore: graphql(`
      mutation RestorePlan($id: ID!, $expectedVersion: Int!, $input: UpdateTrainingPlanTemplateInput!) {
        moved: updateTrainingPlanTemplate(id: $id, expectedVersion: $expectedVersion, input: $input) { id version visibility status }
      }
    `),
  },
};
