/** What is in the database that everyone reads: the demo's workouts, many times over, each a little different. */
import { readFileSync } from 'node:fs';
import { packageRoot } from '../../src/platform/package-root.ts';

interface Workout {
  slug?: string;
  name: string;
  description?: string | null;
  tags?: string[];
  blocks: { steps: object[] }[];
  [field: string]: unknown;
}

export interface Catalogue {
  workoutTemplates: Workout[];
  trainingPlanTemplates: unknown[];
}

const workoutsWanted = 118;

/**
 * 118 workouts, so that a page of twenty has about 10 kB. BENCH_CATALOGUE_FILE names another catalogue, which is taken as it is.
 *
 * @throws when that file cannot be read.
 */
export function benchCatalogue(file = process.env.BENCH_CATALOGUE_FILE): Catalogue {
  if (file) return JSON.parse(readFileSync(file, 'utf8')) as Catalogue;
  const { workoutTemplates } = JSON.parse(readFileSync(`${packageRoot}/src/demo/catalogue.json`, 'utf8')) as Catalogue;
  const workouts = Array.from({ length: workoutsWanted }, (_, index) => {
    const original = workoutTemplates[index % workoutTemplates.length] as Workout;
    const variant = 1 + Math.floor(index / workoutTemplates.length);
    return { ...original, slug: `${original.slug}-${variant}`, name: `${original.name}, variant ${variant}` };
  });
  return { workoutTemplates: workouts, trainingPlanTemplates: [] };
}

/** The words that searches are made of. */
export function wordsOf({ workoutTemplates }: Catalogue): string[] {
  const texts = workoutTemplates.flatMap(({ name, description, tags = [] }) => [name, description ?? '', ...tags]);
  return [...new Set(texts.flatMap((text) => text.toLowerCase().match(/[a-z]{3,}/g) ?? []))].sort();
}
