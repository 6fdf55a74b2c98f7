import { expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createWorkout } from './support/templates.ts';

const gateway = await startGateway();

it('a workout whose steps last longer than a week in all is refused, and the lists go on answering', async () => {
  const steps = [{ kind: 'RUN', durationSeconds: 360_000 }];
  await expect(createWorkout(gateway, { blocks: [{ repeat: 2, steps }] })).rejects.toThrow('blocks: the steps last more than 604800 s');
  await createWorkout(gateway, { name: 'A whole week', blocks: [{ repeat: 7, steps: [{ kind: 'RUN', durationSeconds: 86_400 }] }] });
  const { plaintext } = await gateway.mintKey();
  const page = (await (await gateway.get('/api/workout-templates', plaintext)).json()) as { data: { estimatedDurationSeconds: number }[] };
  expect(page.data.map(({ estimatedDurationSeconds }) => estimatedDurationSeconds)).toEqual([604_800]);
});
