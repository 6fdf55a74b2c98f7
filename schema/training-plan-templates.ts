/** Training plan templates: the documented reads, and the writes of their authors. */
import { type PlanDay, type PlanSession, type PlanWeek, weeklyDistanceRange } from '../src/domain/training-plan-document.ts';
import {
  createTrainingPlanTemplate,
  deleteTrainingPlanTemplate,
  findTrainingPlanTemplate,
  listTrainingPlanTemplates,
  updateTrainingPlanTemplate,
  weeksOf,
} from '../src/domain/training-plan-templates.ts';
import { builder, type InputFields } from './builder.ts';
import { GoalDistanceEnum, SessionKindEnum, TemplateLevelEnum, TemplateStatusEnum, VisibilityEnum } from './enums.ts';
import { needs } from './permission.ts';
import { documented, internal } from './rest-view.ts';
import { asksForContent, linkPage, templateListArgs, templatePageType } from './template-page.ts';

const PlanSessionType = builder.objectRef<PlanSession>('PlanSession').implement({
  description: 'Something to do on a day.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SessionKindEnum, description: 'What it is.' }),
    description: t.exposeString('description', { nullable: true, description: 'What to do, as plain text.' }),
    distanceMeters: t.exposeFloat('distanceMeters', { nullable: true, description: 'How far, in metres.' }),
    durationSeconds: t.exposeInt('durationSeconds', { nullable: true, description: 'How long, in seconds.' }),
    workoutTemplateId: t.exposeID('workoutTemplateId', {
      nullable: true,
      description: 'The workout template that spells the session out; fetch it by this id. It is visible whenever the plan is.',
    }),
  }),
});

const PlanDayType = builder.objectRef<PlanDay>('PlanDay').implement({
  description: 'One day of a week.',
  fields: (t) => ({
    day: t.exposeInt('day', { description: 'Day of the week, 1 to 7, counted from the start of the plan.' }),
    sessions: t.expose('sessions', { type: [PlanSessionType], description: 'What there is to do, in order.' }),
  }),
});

const PlanWeekType = builder.objectRef<PlanWeek>('PlanWeek').implement({
  description: 'One week of a plan.',
  fields: (t) => ({
    week: t.exposeInt('week', { description: 'Number of the week, from 1.' }),
    focus: t.exposeString('focus', { nullable: true, description: 'What the week is about.' }),
    days: t.expose('days', { type: [PlanDayType], description: 'The days that have something planned, in order.' }),
  }),
});

export const TrainingPlanTemplateType = builder.prismaObject('TrainingPlanTemplate', {
  description: 'A training plan that coaches publish and partners copy.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the template for ever.' }),
    slug: t.exposeString('slug', { description: 'A readable name for URLs, unique among plans; never changes.' }),
    name: t.exposeString('name', { description: 'Display name, at most 120 characters.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for, as markdown.' }),
    goalDistance: t.expose('goalDistance', {
      type: GoalDistanceEnum,
      nullable: true,
      description: 'The race it prepares for; absent for base training.',
    }),
    level: t.expose('level', { type: TemplateLevelEnum, nullable: true, description: 'Whom it suits; absent: anyone.' }),
    language: t.exposeString('language', { nullable: true, description: 'Language of the texts (BCP 47), such as en or pt-BR.' }),
    attribution: t.exposeString('attribution', { nullable: true, description: 'Whom to credit when showing it.' }),
    durationWeeks: t.exposeInt('durationWeeks', { description: 'Length of the plan in weeks.' }),
    weeklyDistanceMetersMin: t.float({
      nullable: true,
      description: 'Smallest weekly sum of stated distances, in metres, over the weeks that state any; absent when none does.',
      resolve: (plan) => weeklyDistanceRange(weeksOf(plan))?.minMeters,
    }),
    weeklyDistanceMetersMax: t.float({
      nullable: true,
      description: 'Largest weekly sum of stated distances, in metres; absent when no week states any.',
      resolve: (plan) => weeklyDistanceRange(weeksOf(plan))?.maxMeters,
    }),
    weeks: t.field({ type: [PlanWeekType], description: 'The weeks that are described, in order.', resolve: weeksOf }),
    version: t.exposeInt('version', { description: 'Starts at 1 and rises by 1 with every real change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first written.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When what partners see last changed. No two templates share a value, and a later change always has a greater one.',
    }),
    visibility: t.expose('visibility', {
      type: VisibilityEnum,
      description: 'Whether partners may see it when ACTIVE.',
      extensions: internal,
    }),
    status: t.expose('status', { type: TemplateStatusEnum, description: 'Where it is in its life.', extensions: internal }),
    authorId: t.exposeString('authorId', { nullable: true, description: 'Who wrote it.', extensions: internal }),
  }),
});

const TrainingPlanTemplatePageType = templatePageType('TrainingPlanTemplatePage', 'training plan templates', TrainingPlanTemplateType);

builder.queryFields((t) => ({
  trainingPlanTemplates: t.field({
    type: TrainingPlanTemplatePageType,
    description: 'Lists the training plan templates that are public and active.',
    args: {
      ...templateListArgs,
      goalDistance: t.arg({ type: GoalDistanceEnum, description: 'Only plans for this race; letter case does not matter over REST.' }),
    },
    extensions: {
      ...documented({
        path: '/training-plan-templates',
        tag: 'Training plan templates',
        summary: 'List public training plan templates',
        scope: 'training-plan-templates:read',
        catalogue: 'trainingPlanTemplates',
        refusals: [400, 403],
      }),
      ...needs('templates.read', 'published'),
    },
    resolve: async (_root, args, ctx, info) =>
      linkPage(await listTrainingPlanTemplates(ctx, args, asksForContent(info)), args, `${ctx.publicUrl}/api/training-plan-templates`),
  }),
  trainingPlanTemplate: t.field({
    type: TrainingPlanTemplateType,
    nullable: true,
    description: 'Fetches one training plan template. When there is none that the caller may see, GraphQL gives null and REST 404.',
    args: { id: t.arg.id({ required: true, description: 'Id of the template.' }) },
    extensions: {
      ...documented({
        path: '/training-plan-templates/:id',
        tag: 'Training plan templates',
        summary: 'Fetch a single training plan template',
        scope: 'training-plan-templates:read',
        catalogue: 'trainingPlanTemplates',
        refusals: [403, 404],
      }),
      ...needs('templates.read'),
    },
    resolve: (_root, { id }, ctx) => findTrainingPlanTemplate(ctx, id),
  }),
}));

const PlanSessionInput = builder.inputType('PlanSessionInput', {
  description: 'Something to do on a day.',
  fields: (t) => ({
    kind: t.field({ type: SessionKindEnum, required: true, description: 'What it is.' }),
    description: t.string({ description: 'Plain text, at most 2000 characters.' }),
    distanceMeters: t.float({ description: 'In metres.' }),
    durationSeconds: t.int({ description: 'In seconds.' }),
    workoutTemplateId: t.id({ description: 'Id of the workout that spells it out.' }),
    workoutTemplate: t.string({ description: 'Its slug or name, instead of the id.' }),
  }),
});

const PlanDayInput = builder.inputType('PlanDayInput', {
  description: 'One day of a week.',
  fields: (t) => ({
    day: t.int({ required: true, description: '1 to 7.' }),
    sessions: t.field({ type: [PlanSessionInput], required: true, description: 'At most 10.' }),
  }),
});

const PlanWeekInput = builder.inputType('PlanWeekInput', {
  description: 'One week of a plan.',
  fields: (t) => ({
    week: t.int({ required: true, description: 'From 1, rising.' }),
    focus: t.string({ description: 'At most 200 characters.' }),
    days: t.field({ type: [PlanDayInput], required: true, description: 'In order.' }),
  }),
});

/** What both inputs have; on creation `name`, `durationWeeks` and `weeks` are required. */
const planInputFields = <Required extends boolean>(t: InputFields, required: Required) => ({
  name: t.string({ required, description: 'At most 120 characters.' }),
  durationWeeks: t.int({ required, description: 'At least the number of the last week.' }),
  weeks: t.field({ type: [PlanWeekInput], required, description: 'In order.' }),
  description: t.string({ description: 'Markdown.' }),
  goalDistance: t.field({ type: GoalDistanceEnum, description: 'The race it prepares for.' }),
  level: t.field({ type: TemplateLevelEnum, description: 'Whom it suits.' }),
  language: t.string({ description: 'BCP 47, such as en.' }),
  attribution: t.string({ description: 'Whom to credit.' }),
  visibility: t.field({ type: VisibilityEnum, description: 'PRIVATE at first.' }),
  status: t.field({ type: TemplateStatusEnum, description: 'DRAFT at first. DELETED is reached by deleting.' }),
});

const CreateTrainingPlanTemplateInput = builder.inputType('CreateTrainingPlanTemplateInput', {
  description: 'A new training plan template.',
  fields: (t) => ({ ...planInputFields(t, true), slug: t.string({ description: 'Made from the name when left out.' }) }),
});

const UpdateTrainingPlanTemplateInput = builder.inputType('UpdateTrainingPlanTemplateInput', {
  description: 'What to change: a field left out stays, null clears it.',
  fields: (t) => planInputFields(t, false),
});

builder.mutationFields((t) => ({
  createTrainingPlanTemplate: t.field({
    type: TrainingPlanTemplateType,
    description: 'Writes a new training plan template. Coaches their own.',
    extensions: needs('templates.write'),
    args: { input: t.arg({ type: CreateTrainingPlanTemplateInput, required: true, description: 'The template.' }) },
    resolve: (_root, { input }, ctx) => createTrainingPlanTemplate(ctx, input),
  }),
  updateTrainingPlanTemplate: t.field({
    type: TrainingPlanTemplateType,
    description:
      'Changes a training plan template; CONFLICT carrying currentVersion when it has changed since it was read. Coaches their own.',
    extensions: needs('templates.write'),
    args: {
      id: t.arg.id({ required: true, description: 'Id of the template.' }),
      expectedVersion: t.arg.int({ required: true, description: 'The version the change was made on.' }),
      input: t.arg({ type: UpdateTrainingPlanTemplateInput, required: true, description: 'The change.' }),
    },
    resolve: (_root, { id, expectedVersion, input }, ctx) => updateTrainingPlanTemplate(ctx, id, expectedVersion, input),
  }),
  deleteTrainingPlanTemplate: t.id({
    description: 'Takes a training plan template away from everyone and gives its id. Coaches their own.',
    extensions: needs('templates.write'),
    args: {
      id: t.arg.id({ required: true, description: 'Id of the template.' }),
      expectedVersion: t.arg.int({ description: 'When given: CONFLICT unless the template is at this version.' }),
    },
    resolve: (_root, { id, expectedVersion }, ctx) => deleteTrainingPlanTemplate(ctx, id, expectedVersion),
  }),
}));
