/** The lists of those who write templates. */
import { listAuthoredPlans } from '../src/domain/training-plan-templates.ts';
import { listAuthoredWorkouts } from '../src/domain/workout-templates.ts';
import { builder } from './builder.ts';
import { GoalDistanceEnum, TemplateStatusEnum, VisibilityEnum, WorkoutCategoryEnum } from './enums.ts';
import { connectionOf, totalCountDescription } from './list-connections.ts';
import { needs } from './permission.ts';
import { TrainingPlanTemplateType } from './training-plan-templates.ts';
import { WorkoutTemplateType } from './workout-templates.ts';

const filterArgs = builder.args((t) => ({
  search: t.string({
    description: 'Words that must all occur in the name, the description or a tag; letter case does not matter. At most 200 characters.',
  }),
  visibility: t.field({ type: VisibilityEnum, description: 'Only templates of this visibility.' }),
  status: t.field({
    type: TemplateStatusEnum,
    description: 'Only templates of this status. Deleted ones are listed only when asked for, and for operators only.',
  }),
  author: t.string({
    description:
      'Only templates of this author, by authorId. Coaches see of another author what partners see; without it they see their own, and operators everyone’s.',
  }),
}));

const order = 'newest creation first, drafts and archived ones too. A template keeps its place however often it changes.';

builder.queryFields((t) => ({
  allWorkoutTemplates: t.connection(
    {
      type: WorkoutTemplateType,
      description: `The workout templates that coaches and operators write, ${order} At most 100 at once.`,
      extensions: needs('templates.write'),
      args: { ...filterArgs, category: t.arg({ type: WorkoutCategoryEnum, description: 'Only workouts of this category.' }) },
      resolve: (_root, args, ctx) => connectionOf(args, listAuthoredWorkouts(ctx, args), ({ id }) => id),
    },
    { fields: (c) => ({ totalCount: c.int({ description: totalCountDescription, resolve: ({ countRows }) => countRows() }) }) },
  ),
  allTrainingPlanTemplates: t.connection(
    {
      type: TrainingPlanTemplateType,
      description: `The training plan templates that coaches and operators write, ${order} At most 100 at once.`,
      extensions: needs('templates.write'),
      args: { ...filterArgs, goalDistance: t.arg({ type: GoalDistanceEnum, description: 'Only plans for this race.' }) },
      resolve: (_root, args, ctx) => connectionOf(args, listAuthoredPlans(ctx, args), ({ id }) => id),
    },
    { fields: (c) => ({ totalCount: c.int({ description: totalCountDescription, resolve: ({ countRows }) => countRows() }) }) },
  ),
}));
