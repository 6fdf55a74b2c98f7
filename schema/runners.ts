/** Runners, and what they share of themselves. */
import { contextLinks, rotateContextToken, updateContextSharing } from '../src/domain/context-links.ts';
import { formatDay } from '../src/domain/days.ts';
import { createRunner, deleteRunner, findRunner, updateRunner } from '../src/domain/runners.ts';
import { builder, type InputFields } from './builder.ts';
import { ContextLinkType } from './context-links.ts';
import { SexEnum, UnitsEnum } from './enums.ts';
import { needs } from './permission.ts';

export const RunnerType = builder.prismaObject('Runner', {
  description: 'Someone who runs. Seen by themselves and by operators.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the runner.' }),
    username: t.exposeString('username', { description: 'Unique, in lower case.' }),
    subject: t.exposeString('subject', { description: 'The `sub` of the sessions that own this runner.' }),
    units: t.expose('units', { type: UnitsEnum, description: 'In which units they read.' }),
    timezone: t.exposeString('timezone', { description: 'IANA name of the time zone in which their days begin.' }),
    birthDate: t.string({
      nullable: true,
      description: 'YYYY-MM-DD.',
      resolve: ({ birthDate }) => birthDate && formatDay(birthDate),
    }),
    sex: t.expose('sex', { type: SexEnum, nullable: true, description: 'As stated.' }),
    heightCm: t.exposeFloat('heightCm', { nullable: true, description: 'Height in cm.' }),
    runningSince: t.exposeString('runningSince', { nullable: true, description: 'The month of the first run, YYYY-MM.' }),
    weeklyFrequency: t.exposeString('weeklyFrequency', { nullable: true, description: 'Runs in a usual week, in their words.' }),
    sharingEnabled: t.exposeBoolean('sharingEnabled', { description: 'Whether any context link answers at all.' }),
    revision: t.string({
      description: 'Rises with every change of the runner or of anything of theirs.',
      resolve: ({ revision }) => String(revision),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When they were created.' }),
    contextLinks: t.field({
      type: [ContextLinkType],
      description: 'The addresses of their context, the default one first.',
      resolve: ({ id }, _args, ctx) => contextLinks(ctx, id),
    }),
  }),
});

builder.queryField('runner', (t) =>
  t.prismaField({
    type: RunnerType,
    nullable: true,
    description: 'The runner by id or by username; null when there is none. The runner and operators.',
    extensions: needs('runners.manage'),
    args: { id: t.arg.id({ description: 'Id of the runner.' }), username: t.arg.string({ description: 'Or their username.' }) },
    resolve: (query, _root, args, ctx) => findRunner(ctx, args, query),
  }),
);

const personFields = (t: InputFields) => ({
  units: t.field({ type: UnitsEnum, description: 'METRIC when a new runner does not say.' }),
  timezone: t.string({ description: 'IANA name such as Asia/Tokyo; UTC when a new runner does not say.' }),
  birthDate: t.string({ description: 'YYYY-MM-DD. Only the age is ever shown.' }),
  sex: t.field({ type: SexEnum, description: 'As stated.' }),
  heightCm: t.float({ description: '50 to 260.' }),
  runningSince: t.string({ description: 'YYYY-MM.' }),
  weeklyFrequency: t.string({ description: 'Runs in a usual week, at most 20 characters.' }),
});

const CreateRunnerInput = builder.inputType('CreateRunnerInput', {
  description: 'A new runner.',
  fields: (t) => ({
    username: t.string({ required: true, description: 'Unique; letters, digits, dots, hyphens, underscores.' }),
    subject: t.string({ description: 'The `sub` of the sessions that own this runner; the id when left out.' }),
    ...personFields(t),
  }),
});

const UpdateRunnerInput = builder.inputType('UpdateRunnerInput', {
  description: 'Changes of a runner: an omitted field stays, null clears it.',
  fields: (t) => ({
    username: t.string({ description: 'Another unique name.' }),
    subject: t.string({ description: 'The `sub` of the sessions that own this runner; null makes it the id. Operators only.' }),
    ...personFields(t),
  }),
});

const ContextSharingInput = builder.inputType('ContextSharingInput', {
  description: 'What a runner shares through the default link. What is left out stays as it is.',
  fields: (t) => ({
    enabled: t.boolean({ description: 'The switch of all links. Off at first.' }),
    profile: t.boolean({ description: 'Demographics, heart rate zones, gear, personal bests. On at first.' }),
    training: t.boolean({ description: 'Weekly volume, goals, race results, recent runs. On at first.' }),
    health: t.boolean({ description: 'Daily resting heart rate, HRV, sleep, respiration, weight, recovery. Off at first.' }),
    labs: t.boolean({ description: 'Lab tests. Off at first.' }),
  }),
});

builder.mutationFields((t) => ({
  createRunner: t.field({
    type: RunnerType,
    description: 'Creates a runner, who shares nothing yet; CONFLICT when the username is taken. Operators only.',
    extensions: needs('runners.create'),
    args: { input: t.arg({ type: CreateRunnerInput, required: true, description: 'The runner.' }) },
    resolve: (_root, { input }, ctx) => createRunner(ctx, input),
  }),
  updateRunner: t.field({
    type: RunnerType,
    description: 'Changes a runner; with another time zone their runs move to the days they then fall on. The runner and operators.',
    extensions: needs('runners.manage'),
    args: {
      id: t.arg.id({ required: true, description: 'Id of the runner.' }),
      input: t.arg({ type: UpdateRunnerInput, required: true, description: 'The changes.' }),
    },
    resolve: (_root, { id, input }, ctx) => updateRunner(ctx, id, input),
  }),
  deleteRunner: t.id({
    description: 'Erases a runner and everything of theirs before it answers; the id remains in the audit log. The runner and operators.',
    extensions: needs('runners.manage'),
    args: { id: t.arg.id({ required: true, description: 'Id of the runner.' }) },
    resolve: (_root, { id }, ctx) => deleteRunner(ctx, id),
  }),
  updateContextSharing: t.field({
    type: RunnerType,
    description: 'Turns sharing, or sections of the default link, on or off, from the next request on. The runner and operators.',
    extensions: needs('runners.manage'),
    args: {
      runnerId: t.arg.id({ required: true, description: 'Id of the runner.' }),
      input: t.arg({ type: ContextSharingInput, required: true, description: 'What changes.' }),
    },
    resolve: (_root, { runnerId, input }, ctx) => updateContextSharing(ctx, runnerId, input),
  }),
  rotateContextToken: t.field({
    type: ContextLinkType,
    description: 'Gives the default link a new address; the old one is unknown from the next request on. The runner and operators.',
    extensions: needs('runners.manage'),
    args: { runnerId: t.arg.id({ required: true, description: 'Id of the runner.' }) },
    resolve: (_root, { runnerId }, ctx) => rotateContextToken(ctx, runnerId),
  }),
}));
