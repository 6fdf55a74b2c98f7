/** A runner's days, a page at a time, for whoever has the address. The field names are the contract's. */
import { getRunnerHealth, healthPageSize, type RunnerHealthJson } from '../src/domain/context-reading.ts';
import { readLinkForm } from '../src/domain/runner-context/document-options.ts';
import type { DailyMetricJson } from '../src/domain/runner-context/json.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';
import { documented } from './rest-view.ts';

export const DailyMetricType = builder.objectRef<DailyMetricJson>('DailyMetric').implement({
  description: 'One day. What the day lacks is absent, never 0.',
  fields: (t) => ({
    date: t.exposeString('date', { description: 'The runner’s local day, YYYY-MM-DD. Sleep belongs to the day of waking up.' }),
    resting_heart_rate: t.exposeFloat('resting_heart_rate', { nullable: true, description: 'bpm.' }),
    hrv: t.exposeFloat('hrv', { nullable: true, description: 'Heart rate variability in ms.' }),
    sleep_score: t.exposeFloat('sleep_score', { nullable: true, description: '0 to 100.' }),
    sleep_duration: t.exposeFloat('sleep_duration', { nullable: true, description: 'Hours asleep in all.' }),
    deep_sleep: t.exposeFloat('deep_sleep', { nullable: true, description: 'Hours.' }),
    light_sleep: t.exposeFloat('light_sleep', { nullable: true, description: 'Hours.' }),
    rem_sleep: t.exposeFloat('rem_sleep', { nullable: true, description: 'Hours.' }),
    awake_duration: t.exposeFloat('awake_duration', { nullable: true, description: 'Hours awake in bed.' }),
    respiration_rate: t.exposeFloat('respiration_rate', { nullable: true, description: 'Breaths per minute, on average during sleep.' }),
    vo2_max: t.exposeFloat('vo2_max', { nullable: true, description: 'ml/kg/min, only on days with a reading.' }),
    fitness_age: t.exposeFloat('fitness_age', { nullable: true, description: 'Years.' }),
  }),
});

const HealthRunnerType = builder.objectRef<RunnerHealthJson['runner']>('RunnerHealthRunner').implement({
  description: 'Whose days these are, as far as reading them needs it.',
  fields: (t) => ({
    units: t.exposeString('units', { description: 'metric or imperial: what the runner prefers. Numbers here are metric all the same.' }),
  }),
});

const HealthPageInfoType = builder.objectRef<RunnerHealthJson['page']>('RunnerHealthPageInfo').implement({
  description: 'Where this page stands in the whole.',
  fields: (t) => ({
    limit: t.exposeInt('limit', { description: 'Days a page may hold, after clamping.' }),
    count: t.exposeInt('count', { description: 'Days on this page.' }),
    has_more: t.exposeBoolean('has_more', { description: 'Whether there are older days.' }),
    next_before: t.exposeString('next_before', { nullable: true, description: 'The before of the next page; absent at the end.' }),
    next: t.exposeString('next', { nullable: true, description: 'The address of the next page; absent at the end.' }),
  }),
});

const RunnerHealthPageType = builder.objectRef<RunnerHealthJson>('RunnerHealthPage').implement({
  description: 'A page of days, newest first.',
  fields: (t) => ({
    runner: t.expose('runner', { type: HealthRunnerType, description: 'Whose days these are.' }),
    metrics: t.expose('metrics', { type: [DailyMetricType], description: 'The days that have any reading, newest first.' }),
    page: t.expose('page', { type: HealthPageInfoType, description: 'How to go on.' }),
    health_markdown: t.exposeString('health_markdown', {
      nullable: true,
      description:
        'The page as markdown, in the units the runner prefers, ending with links to the next page. Present only with format markdown.',
    }),
  }),
});

builder.queryField('runnerHealth', (t) =>
  t.field({
    type: RunnerHealthPageType,
    description: 'A runner’s daily health metrics, newest first. Follow page.next until has_more is false to read every day once.',
    args: {
      token: t.arg.string({ required: true, description: 'The secret part of the address.' }),
      limit: t.arg.int({
        defaultValue: healthPageSize.default,
        description: `Days per page, clamped to ${healthPageSize.min} to ${healthPageSize.max}; over REST what is no whole number counts as left out.`,
      }),
      before: t.arg.string({ description: 'Only days strictly before this one, YYYY-MM-DD.' }),
      format: t.arg.string({
        defaultValue: 'json',
        description: 'markdown for a text to read, over GraphQL as health_markdown; anything else is JSON.',
      }),
      links: t.arg.string({
        defaultValue: 'query',
        description:
          'path: page.next needs no query string. none: no address is named, so that the answer can be passed on without the token. Anything else: addresses as they always were.',
      }),
    },
    extensions: {
      ...documented({
        path: '/runner-context/:token/health',
        tag: 'Runner context',
        summary: 'Read a runner’s daily health metrics',
        security: 'token',
        textField: 'health_markdown',
        refusals: [400, 403, 404, 429],
      }),
      ...needs('token'),
    },
    resolve: (_root, { token, limit, before, format, links }, ctx) =>
      getRunnerHealth(ctx, token, { limit, before, asMarkdown: format === 'markdown', links: readLinkForm(links) }),
  }),
);
