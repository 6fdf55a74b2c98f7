import { describe, expect, it } from 'vitest';
import { personalBests } from '../src/domain/personal-bests.ts';
import { weeklyVolume } from '../src/domain/weekly-volume.ts';
import { startGateway } from './support/gateway.ts';
import { randomFrom } from './support/random.ts';
import { ask, createSharedRunner, storedRunner } from './support/runners.ts';

const gateway = await startGateway();
gateway.clock.now = new Date('2026-06-13T12:00:00.000Z');

/** Near race distances, beside them, and exactly on the edges of what still counts. */
const distances = [5_000, 4_995, 4_994.9, 5_125, 5_125.1, 10_040, 9_000, 21_100, 42_195, 1_609.344, 15_000] as const;

/** Years of runs with weeks and months between them, some recorded twice, some equally fast, some faster than anybody can be. */
function manyYears(seed: number) {
  const random = randomFrom(seed);
  const runs = [];
  for (let daysAgo = 0; daysAgo < 3_000; daysAgo += random.pick([0, 1, 2, 3, 9, 40])) {
    const startedOn = new Date(gateway.clock.now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);
    const distanceMeters = random.pick(distances);
    const secondsPerMeter = random.pick([0.11, 0.24, 0.24, 0.3, 0.33, 0.4]);
    const run = {
      source: random.pick(['watch', 'phone', 'ring']),
      startedOn,
      distanceMeters,
      movingSeconds: distanceMeters * secondsPerMeter,
    };
    runs.push({ ...run, externalId: `${runs.length}` });
    if (random.chance(0.2)) runs.push({ ...run, source: 'app', externalId: `${runs.length}` });
  }
  return runs;
}

/** What is shared of the runner's runs, from the rows as they are stored. */
async function sharedRuns(username: string) {
  const { runs } = await storedRunner(gateway, username);
  return runs
    .filter(({ source, isDuplicate }) => source !== 'ring' && !isDuplicate)
    .map((run) => ({ ...run, date: run.startedOn.toISOString().slice(0, 10) }));
}

describe('a runner of many years', () => {
  it.each([1, 2, 3, 4, 5])('is told the same bests, weeks and counts as if every run had been read (%i)', async (seed) => {
    const healthSources = [{ name: 'ring', kind: 'OURA', priority: 1 }];
    const runner = await createSharedRunner(gateway, { runs: manyYears(seed), healthSources });
    const exclusion = 'mutation ($id: ID!) { saveHealthConnection(runnerId: $id, input: { name: "ring", excluded: true }) { status } }';
    await ask(gateway, exclusion, { id: runner.id });
    const runs = await sharedRuns(runner.username);

    const bests = (await (await gateway.get(`${runner.path}/personal-bests`)).json()) as { personal_bests: Best[] };
    expect(bests.personal_bests.map(({ time_seconds, date }) => [time_seconds, date])).toEqual(
      personalBests(
        runs.map(({ distanceMeters, movingSeconds, date }) => ({
          kind: 'run' as const,
          distanceMeters: distanceMeters ?? 0,
          timeSeconds: movingSeconds ?? 0,
          date,
        })),
      ).map(({ timeSeconds, date }) => [timeSeconds, date]),
    );

    const context = (await (await gateway.get(`${runner.path}?format=json`)).json()) as Context;
    expect(context.training.weekly_volume.map(({ week_start, runs: count }) => [week_start, count])).toEqual(
      weeklyVolume(runs)
        .slice(0, 12)
        .map(({ weekStart, runs: count }) => [weekStart, count]),
    );
    expect(context.context_markdown).toContain(`${runs.length} runs held since`);
  });
});

interface Best {
  time_seconds: number;
  date: string;
}

interface Context {
  training: { weekly_volume: { week_start: string; runs: number }[] };
  context_markdown: string;
}
