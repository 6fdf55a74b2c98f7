import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { RecordedExamples } from '../src/http/openapi/examples.ts';
import { fillWithExamples } from './support/example-catalogue.ts';
import { startGateway } from './support/gateway.ts';
import { recordAnswer, writeDown } from './support/recording.ts';
import { updateWorkout } from './support/templates.ts';

const gateway = await startGateway();
const failing = (error: Error) => startGateway({ database: gateway.database, rateLimit: { consume: () => Promise.reject(error) } });
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

  const lookup = key.split('_')[2] ?? '';
  await expect(writeDown({ answers, refusals }, lookup)).toMatchFileSnapshot('../schema/examples.json');
});
