/** One of each kind who asks a gateway, and something for them to ask about. */
import type { Shown } from './doors.ts';
import { type Ask, mintKey } from './operator.ts';

const visible = { visibility: 'PUBLIC', status: 'ACTIVE' };
const workout = { name: 'Easy hour', category: 'EASY', blocks: [{ steps: [{ kind: 'RUN', durationSeconds: 3600 }] }] };
const runner = {
  username: 'runner-a',
  dailyMetrics: [{ date: '2026-05-01', restingHeartRate: 50 }],
  runs: [{ startedOn: '2026-05-01', source: 'watch', distanceMeters: 5_000 }],
};

interface Id {
  id: string;
}

export async function createEveryone(ask: Ask, operatorToken: string): Promise<Shown> {
  const { plaintext } = await mintKey(ask, { requestsPerMinute: 100_000 });
  await ask('mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { counts { noun } } }', { input: runner });
  const found = await ask<{ runner: Id & { contextLinks: { url: string }[] } }>(
    '{ runner(username: "runner-a") { id contextLinks { url } } }',
  );
  await ask('mutation ($id: ID!) { updateContextSharing(runnerId: $id, input: { enabled: true, health: true, labs: true }) { id } }', {
    id: found.runner.id,
  });
  const { createWorkoutTemplate } = await ask<{ createWorkoutTemplate: Id }>(
    'mutation ($input: CreateWorkoutTemplateInput!) { createWorkoutTemplate(input: $input) { id } }',
    { input: { ...workout, ...visible } },
  );
  const sessions = [{ kind: 'RUN', workoutTemplateId: createWorkoutTemplate.id }];
  const { createTrainingPlanTemplate } = await ask<{ createTrainingPlanTemplate: Id }>(
    'mutation ($input: CreateTrainingPlanTemplateInput!) { createTrainingPlanTemplate(input: $input) { id } }',
    { input: { ...visible, name: 'One week', durationWeeks: 1, weeks: [{ week: 1, days: [{ day: 1, sessions }] }] } },
  );
  const { createSignInLink } = await ask<{ createSignInLink: { url: string } }>(
    'mutation { createSignInLink(input: { role: OPERATOR }) { url } }',
  );
  const session = async (input: object) => {
    const { createDevelopmentSession } = await ask<{ createDevelopmentSession: { token: string } }>(
      'mutation ($input: CreateDevelopmentSessionInput!) { createDevelopmentSession(input: $input) { token } }',
      { input },
    );
    return { Authorization: `Bearer ${createDevelopmentSession.token}` };
  };
  return {
    apiKey: plaintext,
    operator: { Authorization: `Bearer ${operatorToken}` },
    runner: await session({ role: 'RUNNER', user: 'runner-a' }),
    coach: await session({ role: 'COACH', user: 'coach-a' }),
    signInCode: new URLSearchParams(new URL(createSignInLink.url).hash.slice(1)).get('code') ?? '',
    contextPath: new URL(found.runner.contextLinks[0]?.url ?? '').pathname,
    workoutId: createWorkoutTemplate.id,
    planId: createTrainingPlanTemplate.id,
  };
}
