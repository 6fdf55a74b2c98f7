/** What authors do with a whole template, the same for either kind. */
import type { ObjectRef } from '@pothos/core';
import { duplicateTemplate, type LifecycleStep, moveTemplate } from '../src/domain/template-lifecycle.ts';
import type { TemplateColumns, TemplateDocument, TemplateKind, TemplateRow } from '../src/domain/template-writes.ts';
import { planKind } from '../src/domain/training-plan-templates.ts';
import { workoutKind } from '../src/domain/workout-templates.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { needs } from './permission.ts';
import { TrainingPlanTemplateType } from './training-plan-templates.ts';
import { WorkoutTemplateType } from './workout-templates.ts';

const moved = 'CONFLICT carrying currentVersion when it has changed since it was read.';

const steps: Record<LifecycleStep, (noun: string) => string> = {
  publish: (noun) => `Makes a ${noun} public and active, so that partners see it; ${moved}`,
  unpublish: (noun) => `Makes a ${noun} a private draft again; partners who saw it learn that it is gone. ${moved}`,
  archive: (noun) =>
    `Puts a ${noun} away: partners no longer see it, its author does, and publishing or updating its status brings it back. ${moved}`,
};

/** What to add of plans and workouts, which depend on each other. */
const dependence = {
  WorkoutTemplate: 'CONFLICT listing the plans while partners see one that uses it.',
  TrainingPlanTemplate: 'CONFLICT listing the workouts when it uses one that partners cannot see.',
};

function defineLifecycle<Row extends TemplateRow, Document extends TemplateDocument, Columns extends TemplateColumns>(
  kind: TemplateKind<Row, Document, Columns>,
  type: ObjectRef<SchemaTypes, TemplateRow>,
) {
  for (const [step, describe] of Object.entries(steps) as [LifecycleStep, (noun: string) => string][]) {
    const dependent = (step === 'publish') === (kind.type === 'TrainingPlanTemplate') ? ` ${dependence[kind.type]}` : '';
    builder.mutationField(`${step}${kind.type}`, (t) =>
      t.field({
        type,
        description: `${describe(kind.noun)}${dependent} Coaches their own.`,
        extensions: needs('templates.write'),
        args: {
          id: t.arg.id({ required: true, description: 'Id of the template.' }),
          expectedVersion: t.arg.int({ required: true, description: 'The version that was seen.' }),
        },
        resolve: (_root, { id, expectedVersion }, ctx) => moveTemplate(ctx, kind, step, id, expectedVersion),
      }),
    );
  }
  builder.mutationField(`duplicate${kind.type}`, (t) =>
    t.field({
      type,
      description: `Gives a private draft of the caller's own with the content of a ${kind.noun}, named "… (copy)". Of anything they may see, published templates of others too.`,
      extensions: needs('templates.copy'),
      args: { id: t.arg.id({ required: true, description: 'Id of the template to start from.' }) },
      resolve: (_root, { id }, ctx) => duplicateTemplate(ctx, kind, id),
    }),
  );
}

defineLifecycle(workoutKind, WorkoutTemplateType);
defineLifecycle(planKind, TrainingPlanTemplateType);
