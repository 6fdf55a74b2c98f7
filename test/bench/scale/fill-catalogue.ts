/** Templates in numbers, written past the API; versions and stamps are the triggers' as ever. */
import type pg from 'pg';
import catalogue from '../../../src/demo/catalogue.json' with { type: 'json' };
import { newId } from '../../../src/domain/ids.ts';

/** Stamping is quadratic in the rows of one transaction, so that bulk writes commit this many at most. */
const batchSize = 2_000;

/** Every tenth template is a draft and every fiftieth has been archived, so that lists have something to leave out. */
const standing = `'PUBLIC', CASE WHEN number % 10 = 9 THEN 'DRAFT' ELSE 'ACTIVE' END::"TemplateStatus"`;

const insertions = {
  WorkoutTemplate: `
    INSERT INTO "WorkoutTemplate" ("id", "slug", "name", "description", "category", "level", "language", "tags", "blocks", "visibility", "status")
    SELECT id, 'workout-' || number, document->>'name' || ' no' || number, document->>'description',
      (enum_range(NULL::"WorkoutCategory"))[1 + number % 14], (document->>'level')::"TemplateLevel", document->>'language',
      ARRAY(SELECT jsonb_array_elements_text(document->'tags')), document->'blocks', ${standing}`,
  TrainingPlanTemplate: `
    INSERT INTO "TrainingPlanTemplate" ("id", "slug", "name", "description", "goalDistance", "level", "language", "durationWeeks", "weeks", "visibility", "status")
    SELECT id, 'plan-' || number, document->>'name' || ' no' || number, document->>'description',
      (enum_range(NULL::"GoalDistance"))[1 + number % 9], (document->>'level')::"TemplateLevel", document->>'language',
      jsonb_array_length(document->'weeks'), document->'weeks', ${standing}`,
};

const documentsOf = {
  WorkoutTemplate: catalogue.workoutTemplates,
  // A plan would have to name workouts that are there, which this writes by themselves.
  TrainingPlanTemplate: JSON.parse(JSON.stringify(catalogue.trainingPlanTemplates), (name, value) =>
    name === 'workoutTemplate' ? undefined : value,
  ) as object[],
};

/** Four workouts to each plan. */
export async function fillCatalogue(client: pg.Client, templates: number): Promise<void> {
  await fillTable(client, 'WorkoutTemplate', templates * 0.8);
  await fillTable(client, 'TrainingPlanTemplate', templates * 0.2);
}

async function fillTable(client: pg.Client, table: keyof typeof insertions, rows: number): Promise<void> {
  const documents = JSON.stringify(documentsOf[table]);
  for (let first = 0; first < rows; first += batchSize) {
    const numbers = Array.from({ length: Math.min(batchSize, rows - first) }, (_, index) => first + index);
    await client.query(
      `${insertions[table]}
      FROM unnest($1::uuid[], $2::int[]) AS new(id, number)
      JOIN jsonb_array_elements($3::jsonb) WITH ORDINALITY AS source(document, place)
        ON place = 1 + number % jsonb_array_length($3::jsonb)
      ORDER BY number`,
      [numbers.map(newId), numbers, documents],
    );
    await client.query(`UPDATE "${table}" SET "status" = 'ARCHIVED' WHERE "id" = ANY (
      SELECT "id" FROM "${table}" WHERE "status" = 'ACTIVE' ORDER BY "id" DESC LIMIT ${Math.floor(numbers.length / 50)})`);
  }
}
