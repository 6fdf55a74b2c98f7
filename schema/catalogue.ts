/** The catalogue as a whole: imported and exported by operators, and by coaches as far as it is theirs. */
import { exportCatalogue } from '../src/domain/catalogue-export.ts';
import { importCatalogue } from '../src/domain/catalogue-import.ts';
import { builder } from './builder.ts';
import { ImportReportType } from './import-report.ts';
import { needs } from './permission.ts';
import { largeInput } from './rest-view.ts';

builder.scalarType('ImportCatalogueInput', {
  description:
    'A catalogue as JSON: {"workoutTemplates": […], "trainingPlanTemplates": […]}, with the fields of the create inputs. A plan names a workout by its slug or name (workoutTemplate). What is wrong is answered as a list of faults with their paths.',
});

builder.scalarType('CatalogueDocument', {
  description: 'A catalogue as JSON, in the form that importCatalogue takes.',
  serialize: (value) => value,
});

builder.queryField('exportCatalogue', (t) =>
  t.field({
    type: 'CatalogueDocument',
    description: 'Gives everything that is not deleted, private templates and drafts too; to coaches, what is their own.',
    extensions: needs('catalogue.transfer'),
    resolve: (_root, _args, ctx) => exportCatalogue(ctx),
  }),
);

builder.mutationField('importCatalogue', (t) =>
  t.field({
    type: ImportReportType,
    description:
      'Writes a whole catalogue, all or nothing, at most 25 MB. Templates are recognised by slug, or by the slug their name gives; what is the same already keeps its version. Coaches write their own templates only: a slug that someone else has is a fault. Authors stay who they are.',
    args: { input: t.arg({ type: 'ImportCatalogueInput', required: true, description: 'The catalogue.' }) },
    extensions: { ...largeInput, ...needs('catalogue.transfer') },
    resolve: (_root, { input }, ctx) => importCatalogue(ctx, input),
  }),
);
