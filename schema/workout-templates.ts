/** Workout templates: the documented reads, and the writes of their authors. */
import { totalOf, type WorkoutBlock, type WorkoutStep, type WorkoutTarget } from '../src/domain/workout-document.ts';
import {
  blocksOf,
  createWorkoutTemplate,
  deleteWorkoutTemplate,
  findWorkoutTemplate,
  listWorkoutTemplates,
  updateWorkoutTemplate,
} from '../src/domain/workout-templates.ts';
import { builder, type InputFields } from './builder.ts';
import { StepKindEnum, TargetTypeEnum, TemplateLevelEnum, TemplateStatusEnum, VisibilityEnum, WorkoutCategoryEnum } from './enums.ts';
import { needs } from './permission.ts';
import { documented, internal } from './rest-view.ts';
import { asksForContent, linkPage, templateListArgs, templatePageType } from './template-page.ts';

const WorkoutTargetType = builder.objectRef<WorkoutTarget>('WorkoutTarget').implement({
  description: 'How hard a step is run: bounds in the unit of its type, or a reference.',
  fields: (t) => ({
    type: t.expose('type', { type: TargetTypeEnum, description: 'What is measured.' }),
    min: t.exposeFloat('min', {
      nullable: true,
      description: 'The numerically smaller bound; for PACE that is the faster end. Absent: open.',
    }),
    max: t.exposeFloat('max', { nullable: true, description: 'The numerically greater bound. Absent: open.' }),
    unit: t.exposeString('unit', {
      nullable: true,
      description: 'Unit of the bounds: s/km, bpm, %, W or spm. Absent for ZONE (1 to 5) and RPE (1 to 10).',
    }),
    reference: t.exposeString('reference', {
      nullable: true,
      description: 'For RACE_PACE the race (MILE, FIVE_K, TEN_K, HALF_MARATHON, MARATHON), for DANIELS the training pace (E, M, T, I, R).',
    }),
  }),
});

const WorkoutStepType = builder.objectRef<WorkoutStep>('WorkoutStep').implement({
  description: 'One stretch of a workout. With neither duration nor distance it lasts until the runner presses lap.',
  fields: (t) => ({
    kind: t.expose('kind', { type: StepKindEnum, description: 'What the stretch is.' }),
    durationSeconds: t.exposeInt('durationSeconds', { nullable: true, description: 'How long it lasts, in seconds.' }),
    distanceMeters: t.exposeFloat('distanceMeters', { nullable: true, description: 'How far it goes, in metres.' }),
    target: t.expose('target', { type: WorkoutTargetType, nullable: true, description: 'How hard; absent: as the runner likes.' }),
    notes: t.exposeString('notes', { nullable: true, description: 'What the author adds, as plain text.' }),
  }),
});

const WorkoutBlockType = builder.objectRef<WorkoutBlock>('WorkoutBlock').implement({
  description: 'Steps that are run in order, repeat times over.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'What the author calls the block.' }),
    repeat: t.exposeInt('repeat', { description: 'How often the steps are run; at least 1.' }),
    steps: t.expose('steps', { type: [WorkoutStepType], description: 'The steps, in order.' }),
  }),
});

export const WorkoutTemplateType = builder.prismaObject('WorkoutTemplate', {
  description: 'A structured run that coaches publish and partners copy.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the template for ever.' }),
    slug: t.exposeString('slug', { description: 'A readable name for URLs, unique among workouts; never changes.' }),
    name: t.exposeString('name', { description: 'Display name, at most 120 characters.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it is for, as markdown.' }),
    category: t.expose('category', { type: WorkoutCategoryEnum, description: 'What the workout is for.' }),
    level: t.expose('level', { type: TemplateLevelEnum, nullable: true, description: 'Whom it suits; absent: anyone.' }),
    language: t.exposeString('language', { nullable: true, description: 'Language of the texts (BCP 47), such as en or pt-BR.' }),
    attribution: t.exposeString('attribution', { nullable: true, description: 'Whom to credit when showing it.' }),
    tags: t.exposeStringList('tags', { description: 'Free labels.' }),
    estimatedDurationSeconds: t.int({
      nullable: true,
      description: 'Sum of the durations of all steps with repeats, in seconds; absent unless every step has one.',
      resolve: (workout) => totalOf(blocksOf(workout), 'durationSeconds'),
    }),
    estimatedDistanceMeters: t.float({
      nullable: true,
      description: 'Sum of the distances of all steps with repeats, in metres; absent unless every step has one.',
      resolve: (workout) => totalOf(blocksOf(workout), 'distanceMeters'),
    }),
    blocks: t.field({ type: [WorkoutBlockType], description: 'The run itself, in order.', resolve: blocksOf }),
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

const WorkoutTemplatePageType = templatePageType('WorkoutTemplatePage', 'workout templates', WorkoutTemplateType);

builder.queryFields((t) => ({
  workoutTemplates: t.field({
    type: WorkoutTemplatePageType,
    description: 'Lists the workout templates that are public and active.',
    args: {
      ...templateListArgs,
      category: t.arg({ type: WorkoutCategoryEnum, description: 'Only workouts of this category; letter case does not matter over REST.' }),
    },
    extensions: {
      ...documented({
        path: '/workout-templates',
        tag: 'Workout templates',
        summary: 'List public workout templates',
        scope: 'workout-templates:read',
        catalogue: 'workoutTemplates',
        refusals: [400, 403],
      }),
      ...needs('templates.read', 'published'),
    },
    resolve: async (_root, args, ctx, info) =>
      linkPage(await listWorkoutTemplates(ctx, args, asksForContent(info)), args, `${ctx.publicUrl}/api/workout-templates`),
  }),
  workoutTemplate: t.field({
    type: WorkoutTemplateType,
    nullable: true,
    description: 'Fetches one workout template. When there is none that the caller may see, GraphQL gives null and REST 404.',
    args: { id: t.arg.id({ required: true, description: 'Id of the template.' }) },
    extensions: {
      ...documented({
        path: '/workout-templates/:id',
        tag: 'Workout templates',
        summary: 'Fetch a single workout template',
        scope: 'workout-templates:read',
        catalogue: 'workoutTemplates',
        refusals: [403, 404],
      }),
      ...needs('templates.read'),
    },
    resolve: (_root, { id }, ctx) => findWorkoutTemplate(ctx, id),
  }),
}));

const WorkoutTargetInput = builder.inputType('WorkoutTargetInput', {
  description: 'How hard a step is run. Bounds belong to the type; RACE_PACE and DANIELS have a reference instead.',
  fields: (t) => ({
    type: t.field({ type: TargetTypeEnum, required: true, description: 'What is measured.' }),
    min: t.float({ description: 'The numerically smaller bound.' }),
    max: t.float({ description: 'The numerically greater bound.' }),
    unit: t.string({ description: 'May be left out; when given it must be the unit of the type.' }),
    reference: t.string({ description: 'For RACE_PACE: MILE, FIVE_K, TEN_K, HALF_MARATHON or MARATHON. For DANIELS: E, M, T, I or R.' }),
  }),
});

const WorkoutStepInput = builder.inputType('WorkoutStepInput', {
  description: 'One stretch of a workout: a duration or a distance, or neither for "until lap".',
  fields: (t) => ({
    kind: t.field({ type: StepKindEnum, required: true, description: 'What the stretch is.' }),
    durationSeconds: t.int({ description: 'In seconds.' }),
    distanceMeters: t.float({ description: 'In metres.' }),
    target: t.field({ type: WorkoutTargetInput, description: 'How hard.' }),
    notes: t.string({ description: 'Plain text, at most 2000 characters.' }),
  }),
});

const WorkoutBlockInput = builder.inputType('WorkoutBlockInput', {
  description: 'Steps that are run in order, repeat times over.',
  fields: (t) => ({
    name: t.string({ description: 'At most 120 characters.' }),
    repeat: t.int({ description: '1 when left out.' }),
    steps: t.field({ type: [WorkoutStepInput], required: true, description: 'At least one.' }),
  }),
});

/** What both inputs have; on creation `name`, `category` and `blocks` are required. */
const workoutInputFields = <Required extends boolean>(t: InputFields, required: Required) => ({
  name: t.string({ required, description: 'At most 120 characters.' }),
  category: t.field({ type: WorkoutCategoryEnum, required, description: 'What the workout is for.' }),
  blocks: t.field({ type: [WorkoutBlockInput], required, description: 'The run itself, in order.' }),
  description: t.string({ description: 'Markdown.' }),
  level: t.field({ type: TemplateLevelEnum, description: 'Whom it suits.' }),
  language: t.string({ description: 'BCP 47, such as en.' }),
  attribution: t.string({ description: 'Whom to credit.' }),
  tags: t.stringList({ description: 'Free labels.' }),
  visibility: t.field({ type: VisibilityEnum, description: 'PRIVATE at first.' }),
  status: t.field({ type: TemplateStatusEnum, description: 'DRAFT at first. DELETED is reached by deleting.' }),
});

const CreateWorkoutTemplateInput = builder.inputType('CreateWorkoutTemplateInput', {
  description: 'A new workout template.',
  fields: (t) => ({ ...workoutInputFields(t, true), slug: t.string({ description: 'Made from the name when left out.' }) }),
});

const UpdateWorkoutTemplateInput = builder.inputType('UpdateWorkoutTemplateInput', {
  description: 'What to change: a field left out stays, null clears it.',
  fields: (t) => workoutInputFields(t, false),
});

builder.mutationFields((t) => ({
  createWorkoutTemplate: t.field({
    type: WorkoutTemplateType,
    description: 'Writes a new workout template. Coaches their own.',
    extensions: needs('templates.write'),
    args: { input: t.arg({ type: CreateWorkoutTemplateInput, required: true, description: 'The template.' }) },
    resolve: (_root, { input }, ctx) => createWorkoutTemplate(ctx, input),
  }),
  updateWorkoutTemplate: t.field({
    type: WorkoutTemplateType,
    description: 'Changes a workout template; CONFLICT carrying currentVersion when it has changed since it was read. Coaches their own.',
    extensions: needs('templates.write'),
    args: {
      id: t.arg.id({ required: true, description: 'Id of the template.' }),
      expectedVersion: t.arg.int({ required: true, description: 'The version the change was made on.' }),
      input: t.arg({ type: UpdateWorkoutTemplateInput, required: true, description: 'The change.' }),
    },
    resolve: (_root, { id, expectedVersion, input }, ctx) => updateWorkoutTemplate(ctx, id, expectedVersion, input),
  }),
  deleteWorkoutTemplate: t.id({
    description: 'Takes a workout template away from everyone and gives its id; CONFLICT while a training plan uses it. Coaches their own.',
    extensions: needs('templates.write'),
    args: {
      id: t.arg.id({ required: true, description: 'Id of the template.' }),
      expectedVersion: t.arg.int({ description: 'When given: CONFLICT unless the template is at this version.' }),
    },
    resolve: (_root, { id, expectedVersion }, ctx) => deleteWorkoutTemplate(ctx, id, expectedVersion),
  }),
}));
