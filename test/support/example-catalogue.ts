/** The catalogue that the examples of the OpenAPI document are recorded from: the demo's. */
import demoCatalogue from '../../src/demo/catalogue.json' with { type: 'json' };
import type { Gateway } from './gateway.ts';

/** Fills an empty gateway and gives the ids of what it holds, by slug. */
export async function fillWithExamples(gateway: Gateway): Promise<Record<string, string>> {
  const imported = await gateway.graphql(
    'mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun } } }',
    {
      input: demoCatalogue,
    },
  );
  if (imported.errors) throw new Error(JSON.stringify(imported.errors));
  const select = { id: true, slug: true };
  const rows = [await gateway.db.workoutTemplate.findMany({ select }), await gateway.db.trainingPlanTemplate.findMany({ select })];
  return Object.fromEntries(rows.flat().map(({ id, slug }) => [slug, id]));
}
