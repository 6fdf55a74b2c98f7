/** The catalogue that the examples of the OpenAPI document are recorded from. */
import { readFileSync } from 'node:fs';
import type { Gateway } from './gateway.ts';
import { createPlan, createWorkout, type WrittenTemplate } from './templates.ts';

/** In the format of imports: plans name their workouts by slug. */
const catalogueFile = new URL('example-catalogue.json', import.meta.url);

/** Writes the catalogue into an empty gateway, one template after the other, and gives what was written. */
export async function fillWithExamples(gateway: Gateway): Promise<{ workouts: WrittenTemplate[]; plans: WrittenTemplate[] }> {
  const catalogue = JSON.parse(readFileSync(catalogueFile, 'utf8')) as Record<'workoutTemplates' | 'trainingPlanTemplates', object[]>;
  const workouts: WrittenTemplate[] = [];
  for (const workout of catalogue.workoutTemplates) workouts.push(await createWorkout(gateway, workout));
  const plans: WrittenTemplate[] = [];
  for (const plan of catalogue.trainingPlanTemplates) plans.push(await createPlan(gateway, [], plan));
  return { workouts, plans };
}
