/** What the section training is made of. */
import { ofRunner, sharedRows } from './excluded-sources.ts';
import { columnsOf, epochMs, instantOf, rowsAsJson } from './rows-as-json.ts';
import type { GoalFacts, RaceResultFacts, RunFacts, TrainingFacts } from './runner-context/facts.ts';

/** As the statement finds it. */
export interface FoundTraining {
  runs: (Omit<RunFacts, 'startedAt'> & { startedAtMs: number | null })[];
  runCount: number;
  firstRunOn: string | null;
  goals: GoalFacts[];
  raceResults: RaceResultFacts[];
}

const runColumns = [
  'startedOn',
  'name',
  'distanceMeters',
  'movingSeconds',
  'averageHeartRate',
  'maxHeartRate',
  'elevationGainMeters',
  'vo2Max',
  'notes',
  'source',
  'isDuplicate',
];

const countedRuns = `FROM "Run" WHERE ${sharedRows} AND NOT "isDuplicate"`;

const newestMonday = (further: string) => `
  SELECT date_trunc('week', "startedOn"::timestamp)::date AS "monday" ${countedRuns} ${further} ORDER BY "startedOn" DESC LIMIT 1`;

/**
 * `FoundTraining` with the newest `runs` and `weeks` at least, in a statement whose $1 is the runner. The weeks are found by
 * going from each week's first moment to the run before it, so that the time hangs on their number, not on that of years.
 */
export const trainingJson = ({ runs, weeks }: { runs: number; weeks: number }): string => `(
  WITH RECURSIVE week AS (
    (${newestMonday('')})
    UNION ALL
    SELECT earlier."monday" FROM week CROSS JOIN LATERAL (${newestMonday(`AND "startedOn" < week."monday"`)}) AS earlier),
  since AS (SELECT least(
    (SELECT min("startedOn") FROM (SELECT "startedOn" ${countedRuns} ORDER BY "startedOn" DESC LIMIT ${runs}) AS newest),
    (SELECT min("monday") FROM (SELECT "monday" FROM week LIMIT ${weeks}) AS newest)) AS "day")
  SELECT json_build_object(
    'runs', ${rowsAsJson(`SELECT ${columnsOf(runColumns)}, ${epochMs('"startedAt"')} AS "startedAtMs" FROM "Run"
      WHERE ${sharedRows} AND "startedOn" >= (SELECT "day" FROM since) ORDER BY "startedOn" DESC, "startedAt" DESC, "id" DESC`)},
    'runCount', (SELECT coalesce(sum("runs"), 0) FROM "RunCount" WHERE ${sharedRows}),
    'firstRunOn', (SELECT "startedOn" ${countedRuns} ORDER BY "startedOn" LIMIT 1),
    'goals', ${rowsAsJson(`SELECT "name", "date", "distanceMeters", "targetSeconds", "priority", "notes" FROM "Goal"
      WHERE ${ofRunner} ORDER BY "name"`)},
    'raceResults', ${rowsAsJson(`SELECT "name", "date", "distanceMeters", "timeSeconds", "elevationGainMeters", "place", "notes" FROM "RaceResult"
      WHERE ${ofRunner} ORDER BY "date" DESC, "name"`)}))`;

export const trainingFacts = ({ runs, ...others }: FoundTraining): TrainingFacts => ({
  ...others,
  runs: runs.map(({ startedAtMs, ...run }) => ({ startedAt: instantOf(startedAtMs), ...run })),
});
