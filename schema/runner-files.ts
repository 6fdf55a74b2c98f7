/** A runner as a file: imported and exported by themselves and by operators. */
import { exportRunner, type RunnerExport } from '../src/domain/runner-export.ts';
import { importRunner } from '../src/domain/runner-import.ts';
import { builder } from './builder.ts';
import { ImportReportType } from './import-report.ts';
import { needs } from './permission.ts';
import { largeInput } from './rest-view.ts';

builder.scalarType('ImportRunnerInput', {
  description:
    'One runner as JSON: {"username": …, "units", "timezone", … "runs": […], "dailyMetrics": […], "measurements", "heartRateZones", "gear", "raceResults", "goals", "personalBests", "labTests", "healthSources", "contextLinks"}. All but the username may be left out, so that a large file can be sent in slices.',
});

builder.scalarType('RunnerDocument', {
  description: 'A runner, or a slice of one, as JSON in the form that importRunner takes.',
  serialize: (value) => value,
});

const RunnerExportType = builder.objectRef<RunnerExport>('RunnerExport').implement({
  description: 'A piece of an export.',
  fields: (t) => ({
    document: t.expose('document', { type: 'RunnerDocument', description: 'A file by itself. Pieces are joined list by list.' }),
    next: t.exposeString('next', { nullable: true, description: 'The after of the next piece; null when this is the last.' }),
  }),
});

builder.queryField('exportRunner', (t) =>
  t.field({
    type: RunnerExportType,
    description: 'Gives everything that is held of a runner, about 1 MB at a time. The runner and operators.',
    extensions: needs('runners.manage'),
    args: {
      id: t.arg.id({ required: true, description: 'Id of the runner.' }),
      after: t.arg.string({ description: 'The next of the piece before.' }),
    },
    resolve: (_root, { id, after }, ctx) => exportRunner(ctx, id, after),
  }),
);

builder.mutationField('importRunner', (t) =>
  t.field({
    type: ImportReportType,
    description:
      'Writes what a file says of a runner; operators create them with it when they are new. Impossible values are refused one by one; the rest is kept. May be repeated, and called with slices of at most 25 MB. The runner, for themselves, and operators.',
    args: { input: t.arg({ type: 'ImportRunnerInput', required: true, description: 'The runner.' }) },
    extensions: { ...largeInput, ...needs('runners.manage') },
    resolve: (_root, { input }, ctx) => importRunner(ctx, input),
  }),
);
