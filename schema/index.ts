/** The two schemas: all there is, and the part of it that the public may know of. */
import { filterSchema, pruneSchema } from '@graphql-tools/utils';
import './scalars.ts';
import './workout-templates.ts';
import './training-plan-templates.ts';
import './partners.ts';
import './api-keys.ts';
import './api-key-mutations.ts';
import './catalogue.ts';
import './authored-templates.ts';
import './template-lifecycle.ts';
import './template-changes.ts';
import './viewer.ts';
import './secret-keys.ts';
import './backups.ts';
import './audit-events.ts';
import './runners.ts';
import './runner-lists.ts';
import './runner-training.ts';
import './runner-list.ts';
import './development-sessions.ts';
import './runner-files.ts';
import './runner-context.ts';
import './runner-health.ts';
import './runner-runs.ts';
import './runner-personal-bests.ts';
import { builder } from './builder.ts';
import { isInternal, restViewOf } from './rest-view.ts';

/** Everything, for sessions. Fields keep the order they are written in, and so do the keys of JSON answers. */
export const schema = builder.toSchema({ sortSchema: false });

/** The documented reads, for REST, for partners and for nobody in particular: a mutation is not even a word here. */
export const publicSchema = pruneSchema(
  filterSchema({
    schema,
    rootFieldFilter: (operation, _name, field) => operation === 'Query' && restViewOf(field.extensions ?? {}) !== undefined,
    objectFieldFilter: (_type, _name, field) => !isInternal(field.extensions ?? {}),
  }),
);
