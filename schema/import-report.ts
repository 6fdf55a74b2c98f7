/** What an import did. */
import type { Fault } from '../src/domain/errors.ts';
import type { ImportCount, ImportReport } from '../src/domain/import-report.ts';
import { builder } from './builder.ts';

const ImportCountType = builder.objectRef<ImportCount>('ImportCount').implement({
  description: 'What an import did to one kind of thing.',
  fields: (t) => ({
    noun: t.exposeString('noun', { description: 'What was imported, in the plural, as the file calls it.' }),
    created: t.exposeInt('created', { description: 'Written for the first time.' }),
    updated: t.exposeInt('updated', { description: 'Really changed.' }),
    unchanged: t.exposeInt('unchanged', { description: 'The same already; nothing was written.' }),
  }),
});

const FaultType = builder.objectRef<Fault>('Fault').implement({
  description: 'One thing that is wrong with an input.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Where, such as runs[3].averageHeartRate.' }),
    message: t.exposeString('message', { description: 'What is wrong and what is allowed.' }),
  }),
});

export const ImportReportType = builder.objectRef<ImportReport>('ImportReport').implement({
  description: 'What an import did.',
  fields: (t) => ({
    counts: t.expose('counts', { type: [ImportCountType], description: 'Counts per kind of thing.' }),
    refusals: t.expose('refusals', {
      type: [FaultType],
      description: 'Single values that were not taken while the rest was. Empty for catalogues: those are all or nothing.',
    }),
  }),
});
