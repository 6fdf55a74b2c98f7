import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { RecordedExamples } from '../src/http/openapi/examples.ts';
import { exampleToken } from '../src/http/openapi/parameters.ts';
import { shareDemoRunner } from './support/demo-runner.ts';
import { fillWithExamples } from './support/example-catalogue.ts';
import { type Gateway, publicUrl, startFailingGateway, startGateway } from './support/gateway.ts';
import { recordAnswer, writeDown } from './support/recording.ts';
import { everything, share } from './support/runners.ts';
import { updateWorkout } from './support/templates.ts';

const gateway = await startGateway();
const broken = await startFailingGateway(gateway.database, new Error('a defect'));
const cutOff = await startFailingGateway(gateway.database, Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));

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
  const { contexts, contextRefusals, token } = await recordContexts();
  Object.assign(refusals, contextRefusals);

  const { plaintext: busy } = await gateway.mintKey();
  for (let request = 1; request <= 60; request++) await ask('counted', '/api/key', busy);
  refusals.TooManyRequests = [await ask('minuteUsedUp', lists.workouts, busy, 429)];

  const lookup = key.split('_')[2] ?? '';
  const secrets = { [lookup]: 'K3v9Zt0QmWx7', [token]: exampleToken };
  await expect(writeDown({ answers, refusals }, contexts, secrets)).toMatchFileSnapshot('../schema/examples.json');
});

/** What the example runner's address answers, on a day of its own: the dates in it belong together. */
async function recordContexts() {
  const gatewayOfThatDay = await startGateway({ database: gateway.database });
  gatewayOfThatDay.clock.now = new Date('2026-06-13T19:00:00.000Z');
  const runner = await shareDemoRunner(gatewayOfThatDay);
  const ask = (name: string, rest: string, status = 200, path = runner.path, asked: Pick<Gateway, 'get'> = gatewayOfThatDay) =>
    recordAnswer(asked, name, `${path}${rest}`, null, status);
  const contexts: RecordedExamples['answers'] = {
    runnerContext: [
      await ask('markdown', ''),
      await ask('brief', '?detail=brief'),
      await ask('oneSection', '?sections=training&max_chars=3000'),
      await ask('json', '?format=json'),
    ],
    runnerHealth: [await ask('firstPage', '/health?limit=3'), await ask('text', '/health?format=markdown&limit=3')],
    runnerRuns: [await ask('firstPage', '/runs?limit=3')],
    runnerPersonalBests: [await ask('bests', '/personal-bests')],
  };
  const unknown = `/api/runner-context/${exampleToken.toLowerCase()}`;
  const guesser = { get: (path: string) => gatewayOfThatDay.app.fetch(new Request(`${publicUrl}${path}`), '192.0.2.1') };
  for (let guess = 1; guess <= 60; guess++) await ask('guess', '', 404, unknown, guesser);
  const contextRefusals: RecordedExamples['refusals'] = {
    NotADay: [await ask('noSuchDay', '/health?before=2026-02-30', 400)],
    UnknownToken: [await ask('replaced', '', 404, unknown)],
    TooManyReads: [await ask('guessing', '', 429, unknown, guesser)],
    ContextInternalError: [await ask('defect', '', 500, runner.path, broken)],
    ContextUnavailable: [await ask('databaseAway', '', 503, runner.path, cutOff)],
  };
  await share(gatewayOfThatDay, runner.id, { health: false });
  contextRefusals.NotShared = [await ask('sectionOff', '/health', 403)];
  await share(gatewayOfThatDay, runner.id, { ...everything, enabled: false });
  contextRefusals.NotShared.push(await ask('sharingOff', '', 403));
  return { contexts, contextRefusals, token: runner.token };
}
