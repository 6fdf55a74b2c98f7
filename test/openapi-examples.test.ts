import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { RecordedExamples } from '../src/http/openapi/examples.ts';
import { fillWithExamples } from './support/example-catalogue.ts';
import { exampleRunner, exampleToken } from './support/example-runner.ts';
import { startGateway } from './support/gateway.ts';
import { firstInstant, recordAnswer, writeDown } from './support/recording.ts';
import { createSharedRunner, importRunner, linkOf } from './support/runners.ts';
import { updateWorkout } from './support/templates.ts';

const gateway = await startGateway();
const failing = (error: Error) =>
  startGateway({
    database: gateway.database,
    rateLimit: { consume: () => Promise.reject(error), consumePerMinute: () => Promise.reject(error) },
  });
const broken = await failing(new Error('a defect'));
const cutOff = await failing(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));

it('a gateway that holds the example catalogue gives the answers that the OpenAPI document shows', async () => {
  // Before everything that the database stamps, whatever the time is.
  gateway.clock.now = new Date('2020-01-01T00:00:00Z');
  const ids = await fillWithExamples(gateway);
  const { plaintext: key } = await gateway.mintKey({ label: 'Nightly sync' });
  const limited = await gateway.mintKey({ scopes: ['workout-templates:read'] });
  const ask = (name: string, request: string, apiKey: string | null = key, status = 200) =>
    recordAnswer(gateway, name, request, apiKey, status);
  const lists = { workouts: '/api/workout-templates', plans: '/api/training-plan-templates' };

  const answers: RecordedExamples['answers'] = {
    workoutTemplates: [await ask('firstPage', `${lists.workouts}?per_page=2`)],
    workoutTemplate: [await ask('workout', `${lists.workouts}/${ids['cruise-4x1600']}`)],
    trainingPlanTemplates: [await ask('onlyPage', `${lists.plans}?goalDistance=FIVE_K`)],
    trainingPlanTemplate: [await ask('plan', `${lists.plans}/${ids['base-six-weeks']}`)],
    apiKey: [await ask('key', '/api/key')],
  };
  const { updatedAt: highestSeen } = await updateWorkout(gateway, ids['strides-6x20s'] ?? '', { tags: ['speed'] });
  await updateWorkout(gateway, ids['easy-45'] ?? '', { tags: ['aerobic', 'conversational'] });
  await updateWorkout(gateway, ids['marathon-pace-12k'] ?? '', { status: 'ARCHIVED' });
  const changes = `${lists.workouts}?updatedSince=${highestSeen}&includeRemoved=true`;
  answers.workoutTemplates?.push(await ask('changesSinceThen', changes));

  const refusals: RecordedExamples['refusals'] = {
    BadParameters: [
      await ask('misspelt', `${lists.workouts}?updated_since=2026-06-13T19:00:00Z`, key, 400),
      await ask('impossibleValues', `${lists.workouts}?category=banana&per_page=ten&updatedSince=yesterday`, key, 400),
    ],
    UnexpectedParameters: [await ask('unexpected', '/api/key?verbose=true', key, 400)],
    Unauthorized: [await ask('noKey', '/api/key', null, 401)],
    Forbidden: [await ask('noScope', lists.plans, limited.plaintext, 403)],
    NotFound: [await ask('unknown', `${lists.workouts}/${randomUUID()}`, key, 404)],
    InternalError: [await recordAnswer(broken, 'defect', '/api/key', key, 500)],
    Unavailable: [await recordAnswer(cutOff, 'databaseAway', '/api/key', key, 503)],
  };
  const { plaintext: busy } = await gateway.mintKey();
  for (let request = 1; request <= 60; request++) await ask('counted', '/api/key', busy);
  refusals.TooManyRequests = [await ask('minuteUsedUp', lists.workouts, busy, 429)];

  // The context tells its own day, so its examples are of the moment at which written down instants begin.
  gateway.clock.now = new Date(firstInstant);
  await importRunner(gateway, exampleRunner);
  const { id } = await gateway.db.runner.findUniqueOrThrow({ where: { username: exampleRunner.username } });
  const { path, token } = await linkOf(gateway, id);
  const closed = await createSharedRunner(gateway, {}, {});
  const read = (name: string, request: string, status = 200) => recordAnswer(gateway, name, request, null, status);
  answers.runnerContext = [await read('markdown', path), await read('json', `${path}?format=json`)];
  answers.runnerHealth = [
    await read('newestDays', `${path}/health?limit=3`),
    await read('nextPage', `${path}/health?limit=3&before=2026-06-11`),
  ];
  refusals.BadDay = [await read('noSuchDay', `${path}/health?before=2026-02-30`, 400)];
  refusals.NotShared = [await read('sharingOff', closed.path, 403)];
  refusals.UnknownToken = [await read('replaced', `/api/runner-context/${exampleToken}`, 404)];
  const spent = { name: 'minute', limit: 600, windowSeconds: 60, remaining: 0, resetSeconds: 37 } as const;
  const { rateLimit } = gateway.parts.gate;
  const busyNode = await startGateway({
    database: gateway.database,
    rateLimit: { ...rateLimit, consumePerMinute: async () => ({ over: true, state: spent }) },
  });
  refusals.TooManyReads = [await recordAnswer(busyNode, 'minuteUsedUp', path, null, 429)];

  const secrets = { [key.split('_')[2] ?? '']: 'K3v9Zt0QmWx7', [token]: exampleToken, [closed.token]: exampleToken };
  await expect(writeDown({ answers, refusals }, secrets)).toMatchFileSnapshot('../schema/examples.json');
});
