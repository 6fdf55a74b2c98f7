/** Templates as tests need them: written through the API, with as little said as possible. */
import type { Gateway } from './gateway.ts';

export interface WrittenTemplate {
  id: string;
  slug: string;
  version: number;
  updatedAt: string;
}

const written = 'id slug version updatedAt';
const visible = { visibility: 'PUBLIC', status: 'ACTIVE' };

/** A workout that partners see, unless `input` says otherwise. */
export async function createWorkout(gateway: Gateway, input: object = {}): Promise<WrittenTemplate> {
  const defaults = { name: 'Easy hour', category: 'EASY', blocks: [{ steps: [{ kind: 'RUN', durationSeconds: 3600 }] }] };
  const answer = await gateway.graphql<{ createWorkoutTemplate: WrittenTemplate }>(
    `mutation ($input: CreateWorkoutTemplateInput!) { createWorkoutTemplate(input: $input) { ${written} } }`,
    { input: { ...visible, ...defaults, ...input } },
  );
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.createWorkoutTemplate;
}

/** Changes a workout as it is now, whatever its version. */
export async function updateWorkout(gateway: Gateway, id: string, input: object): Promise<WrittenTemplate> {
  const { version } = await gateway.db.workoutTemplate.findUniqueOrThrow({ where: { id } });
  const answer = await gateway.graphql<{ updateWorkoutTemplate: WrittenTemplate }>(
    `mutation ($id: ID!, $version: Int!, $input: UpdateWorkoutTemplateInput!) {
      updateWorkoutTemplate(id: $id, expectedVersion: $version, input: $input) { ${written} } }`,
    { id, version, input },
  );
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.updateWorkoutTemplate;
}

/** A plan of one week that partners see, naming the workouts, unless `input` says otherwise. */
export async function createPlan(gateway: Gateway, workoutTemplateIds: string[] = [], input: object = {}): Promise<WrittenTemplate> {
  const sessions = workoutTemplateIds.map((workoutTemplateId) => ({ kind: 'RUN', workoutTemplateId }));
  const defaults = { name: 'One week', durationWeeks: 1, weeks: [{ week: 1, days: [{ day: 1, sessions }] }] };
  const answer = await gateway.graphql<{ createTrainingPlanTemplate: WrittenTemplate }>(
    `mutation ($input: CreateTrainingPlanTemplateInput!) { createTrainingPlanTemplate(input: $input) { ${written} } }`,
    { input: { ...visible, ...defaults, ...input } },
  );
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.createTrainingPlanTemplate;
}

/** Changes a plan as it is now, whatever its version. */
export async function updatePlan(gateway: Gateway, id: string, input: object): Promise<WrittenTemplate> {
  const { version } = await gateway.db.trainingPlanTemplate.findUniqueOrThrow({ where: { id } });
  const answer = await gateway.graphql<{ updateTrainingPlanTemplate: WrittenTemplate }>(
    `mutation ($id: ID!, $version: Int!, $input: UpdateTrainingPlanTemplateInput!) {
      updateTrainingPlanTemplate(id: $id, expectedVersion: $version, input: $input) { ${written} } }`,
    { id, version, input },
  );
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.updateTrainingPlanTemplate;
}
