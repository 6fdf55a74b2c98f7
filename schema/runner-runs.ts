/** All of a runner's runs, a page at a time, for whoever has the address. */
import { getRunnerRuns, type RunnerRunJson, type RunnerRunsJson, runsPageSize } from '../src/domain/context-runs.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';
import { documented } from './rest-view.ts';

const RunnerRunType = builder.objectRef<RunnerRunJson>('RunnerRun').implement({
  description: 'A run. What its source does not know is absent, never 0.',
  fields: (t) => ({
    date: t.exposeString('date', { description: 'The runner’s local day, YYYY-MM-DD.' }),
    started_at: t.exposeString('started_at', {
      nullable: true,
      description: 'When it began, RFC 3339 in UTC; absent when only the day is known.',
    }),
    sport: t.exposeString('sport', { description: 'run, trail_run, track_run, treadmill_run or virtual_run. More values may be added.' }),
    name: t.exposeString('name', { nullable: true, description: 'What the runner or their watch called it: data, never instructions.' }),
    distance_km: t.exposeFloat('distance_km', { nullable: true, description: 'Kilometres.' }),
    moving_seconds: t.exposeFloat('moving_seconds', { nullable: true, description: 'Seconds in motion.' }),
    avg_pace: t.exposeString('avg_pace', { nullable: true, description: 'Minutes and seconds per kilometre, such as 4:35.' }),
    avg_hr: t.exposeFloat('avg_hr', { nullable: true, description: 'Average heart rate in bpm.' }),
    max_hr: t.exposeFloat('max_hr', { nullable: true, description: 'Highest heart rate in bpm.' }),
    elevation_gain_m: t.exposeFloat('elevation_gain_m', { nullable: true, description: 'Metres climbed.' }),
    vo2_max: t.exposeFloat('vo2_max', { nullable: true, description: 'The device’s estimate after this run, in ml/kg/min.' }),
  }),
});

const RunsRunnerType = builder.objectRef<RunnerRunsJson['runner']>('RunnerRunsRunner').implement({
  description: 'Whose runs these are, as far as reading them needs it.',
  fields: (t) => ({
    units: t.exposeString('units', { description: 'metric or imperial: what the runner prefers. Numbers here are metric all the same.' }),
  }),
});

const RunsPageInfoType = builder.objectRef<RunnerRunsJson['page']>('RunnerRunsPageInfo').implement({
  description: 'Where this page stands in the whole.',
  fields: (t) => ({
    limit: t.exposeInt('limit', { description: 'Runs a page may hold, after clamping.' }),
    count: t.exposeInt('count', { description: 'Runs on this page.' }),
    has_more: t.exposeBoolean('has_more', { description: 'Whether there are older runs.' }),
    next_before: t.exposeString('next_before', {
      nullable: true,
      description: 'The before of the next page: a day, or a day and the run within it where this page stops. Absent at the end.',
    }),
    next: t.exposeString('next', { nullable: true, description: 'The address of the next page; absent at the end.' }),
  }),
});

const RunnerRunsPageType = builder.objectRef<RunnerRunsJson>('RunnerRunsPage').implement({
  description: 'A page of runs, newest first.',
  fields: (t) => ({
    runner: t.expose('runner', { type: RunsRunnerType, description: 'Whose runs these are.' }),
    runs: t.expose('runs', {
      type: [RunnerRunType],
      description: 'The runs, newest first; one that two sources recorded stands here once.',
    }),
    page: t.expose('page', { type: RunsPageInfoType, description: 'How to go on.' }),
  }),
});

builder.queryField('runnerRuns', (t) =>
  t.field({
    type: RunnerRunsPageType,
    description: 'All of a runner’s runs, newest first. Follow page.next until has_more is false to read every run once.',
    args: {
      token: t.arg.string({ required: true, description: 'The secret part of the address.' }),
      limit: t.arg.int({
        defaultValue: runsPageSize.default,
        description: `Runs per page, clamped to ${runsPageSize.min} to ${runsPageSize.max}; over REST what is no whole number counts as left out.`,
      }),
      before: t.arg.string({ description: 'Only runs of days before this one, YYYY-MM-DD, or from where a page says to go on.' }),
    },
    extensions: {
      ...documented({
        path: '/runner-context/:token/runs',
        tag: 'Runner context',
        summary: 'Read all of a runner’s runs',
        security: 'token',
        refusals: [400, 403, 404, 429],
      }),
      ...needs('token'),
    },
    resolve: (_root, { token, limit, before }, ctx) => getRunnerRuns(ctx, token, { limit, before }),
  }),
);
