/** A runner's personal bests, for whoever has the address. */
import { getRunnerPersonalBests, type RunnerPersonalBestsJson } from '../src/domain/context-bests.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';
import { documented } from './rest-view.ts';

const BestsRunnerType = builder.objectRef<RunnerPersonalBestsJson['runner']>('RunnerPersonalBestsRunner').implement({
  description: 'Whose bests these are, as far as reading them needs it.',
  fields: (t) => ({
    units: t.exposeString('units', { description: 'metric or imperial: what the runner prefers. Numbers here are metric all the same.' }),
  }),
});

const PersonalBestType = builder.objectRef<RunnerPersonalBestsJson['personal_bests'][number]>('RunnerPersonalBest').implement({
  description: 'The fastest known performance at a distance.',
  fields: (t) => ({
    distance: t.exposeString('distance', { description: 'What the distance is called, such as half marathon.' }),
    distance_km: t.exposeFloat('distance_km', { description: 'Kilometres.' }),
    time: t.exposeString('time', { description: 'Minutes and seconds, from an hour on with hours: 19:58 or 1:31:04.' }),
    time_seconds: t.exposeFloat('time_seconds', { description: 'Seconds.' }),
    avg_pace: t.exposeString('avg_pace', { description: 'Minutes and seconds per kilometre, such as 4:35.' }),
    vdot: t.exposeFloat('vdot', {
      nullable: true,
      description: 'Derived after Daniels & Gilbert (1979); absent for efforts that the formula does not hold for.',
    }),
    date: t.exposeString('date', { nullable: true, description: 'The day, YYYY-MM-DD.' }),
    kind: t.exposeString('kind', {
      description: 'race, manual (stated by the runner) or run (the moving time of a recorded run, perhaps not all-out).',
    }),
  }),
});

const RunnerPersonalBestsType = builder.objectRef<RunnerPersonalBestsJson>('RunnerPersonalBests').implement({
  description: 'A runner’s personal bests.',
  fields: (t) => ({
    runner: t.expose('runner', { type: BestsRunnerType, description: 'Whose bests these are.' }),
    personal_bests: t.expose('personal_bests', { type: [PersonalBestType], description: 'One for each distance, shortest first.' }),
  }),
});

builder.queryField('runnerPersonalBests', (t) =>
  t.field({
    type: RunnerPersonalBestsType,
    description: 'A runner’s personal bests, the same as in the document: of race results, runs and what they state themselves.',
    args: { token: t.arg.string({ required: true, description: 'The secret part of the address.' }) },
    extensions: {
      ...documented({
        path: '/runner-context/:token/personal-bests',
        tag: 'Runner context',
        summary: 'Read a runner’s personal bests',
        security: 'token',
        refusals: [403, 404, 429],
      }),
      ...needs('token'),
    },
    resolve: (_root, { token }, ctx) => getRunnerPersonalBests(ctx, token),
  }),
);
