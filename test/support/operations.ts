/** A question for every root field there is: a new field needs a row here. */
import type { WrittenRunner } from './runners.ts';
import type { SubjectKind } from './subjects.ts';

/**
 * A question that succeeds for whoever may ask it. `on`: the kind of thing it names, whose id `text` is given. What each
 * kind of caller gets follows from what the schema says that the field stands on.
 */
export interface Operation {
  on?: SubjectKind;
  text(id: string): string;
}

const blocks = '[{ steps: [{ kind: RUN }] }]';

/** What a runner can write of themselves, one item at a time. */
const items = {
  Measurement: 'kind: WEIGHT, date: "2026-01-01", value: 60',
  HeartRateZones: 'date: "2026-01-01", zone1Max: 120, zone2Max: 130, zone3Max: 140, zone4Max: 150',
  Gear: 'name: "shoes"',
  RaceResult: 'date: "2026-01-01", name: "race", distanceMeters: 5000, timeSeconds: 1200',
  Goal: 'name: "goal"',
  StatedBest: 'distanceMeters: 5000, timeSeconds: 1200',
  DailyReading: 'date: "2026-01-01", hrv: 50',
  Run: 'startedOn: "2026-01-01", distanceMeters: 5000',
  LabTest: 'date: "2026-01-01", name: "panel"',
};
const itemOperations = Object.fromEntries(
  Object.entries(items).flatMap(([name, fields]): [string, Operation][] => [
    [`Mutation.save${name}`, { on: 'runner', text: (id) => `mutation { save${name}(runnerId: "${id}", input: { ${fields} }) { id } }` }],
    [`Mutation.delete${name}`, { on: 'runnerItem', text: (id) => `mutation { delete${name}(runnerId: "${id}", id: "${id}") }` }],
  ]),
);

/** The questions. `runner` shares everything. */
export const operationsOf = (runner: WrittenRunner): Record<string, Operation> => ({
  'Query.workoutTemplates': { text: () => '{ workoutTemplates { total } }' },
  'Query.workoutTemplate': { on: 'workout', text: (id) => `{ workoutTemplate(id: "${id}") { id } }` },
  'Query.trainingPlanTemplates': { text: () => '{ trainingPlanTemplates { total } }' },
  'Query.trainingPlanTemplate': { on: 'plan', text: (id) => `{ trainingPlanTemplate(id: "${id}") { id } }` },
  'Query.apiKey': { text: () => '{ apiKey { id } }' },
  'Query.partners': { text: () => '{ partners { edges { node { id apiKeys { id } } } } }' },
  'Query.auditEvents': { text: () => '{ auditEvents { edges { node { id details } } } }' },
  'Query.partner': { on: 'partner', text: (id) => `{ partner(id: "${id}") { name apiKeys { status usage { requests } } } }` },
  'Query.secretKeysUse': { text: () => '{ secretKeysUse { secretKeys { id } } }' },
  'Mutation.reencryptContextLinks': { text: () => 'mutation { reencryptContextLinks { next current } }' },
  'Mutation.createBackup': { text: () => 'mutation { createBackup { bytes } }' },
  'Query.viewer': { text: () => '{ viewer { role } }' },
  'Query.exportCatalogue': { text: () => '{ exportCatalogue }' },
  'Query.allWorkoutTemplates': { text: () => '{ allWorkoutTemplates { totalCount edges { node { id } } } }' },
  'Query.allTrainingPlanTemplates': { text: () => '{ allTrainingPlanTemplates { totalCount edges { node { id } } } }' },
  'Query.changes': { on: 'workout', text: (id) => `{ changes(id: "${id}") { totalCount } }` },
  'Query.runnerContext': { text: () => `{ runnerContext(token: "${runner.token}") { source } }` },
  'Query.runnerHealth': { text: () => `{ runnerHealth(token: "${runner.token}") { page { count } } }` },
  'Query.runnerRuns': { text: () => `{ runnerRuns(token: "${runner.token}") { page { count } } }` },
  'Query.runnerPersonalBests': { text: () => `{ runnerPersonalBests(token: "${runner.token}") { personal_bests { time } } }` },
  'Query.runner': { on: 'runner', text: (id) => `{ runner(id: "${id}") { contextLinks { url } } }` },
  'Query.runners': { text: () => '{ runners { edges { node { id contextLinks { url } } } } }' },
  'Query.exportRunner': { on: 'runner', text: (id) => `{ exportRunner(id: "${id}") { document } }` },
  'Mutation.createRunner': { text: () => `mutation { createRunner(input: { username: "runner-${crypto.randomUUID()}" }) { id } }` },
  'Mutation.updateRunner': { on: 'runner', text: (id) => `mutation { updateRunner(id: "${id}", input: { units: IMPERIAL }) { id } }` },
  'Mutation.importRunner': {
    on: 'username',
    text: (username) => `mutation { importRunner(input: { username: "${username}" }) { __typename } }`,
  },
  ...itemOperations,
  'Mutation.saveHealthConnection': {
    on: 'runner',
    text: (id) => `mutation { saveHealthConnection(runnerId: "${id}", input: { name: "watch" }) { id } }`,
  },
  'Mutation.createContextLink': {
    on: 'runner',
    text: (id) => `mutation { createContextLink(runnerId: "${id}", input: { label: "doctor" }) { id } }`,
  },
  'Mutation.updateContextLink': {
    on: 'runnerItem',
    text: (id) => `mutation { updateContextLink(runnerId: "${id}", id: "${id}", input: { labs: true }) { id } }`,
  },
  'Mutation.rotateContextLink': {
    on: 'runnerItem',
    text: (id) => `mutation { rotateContextLink(runnerId: "${id}", id: "${id}") { id } }`,
  },
  'Mutation.deleteContextLink': {
    on: 'runnerItem',
    text: (id) => `mutation { deleteContextLink(runnerId: "${id}", id: "${id}") }`,
  },
  'Mutation.deleteRunner': { on: 'runner', text: (id) => `mutation { deleteRunner(id: "${id}") }` },
  'Mutation.updateContextSharing': {
    on: 'runner',
    text: (id) => `mutation { updateContextSharing(runnerId: "${id}", input: { labs: false }) { id } }`,
  },
  'Mutation.rotateContextToken': { on: 'runner', text: (id) => `mutation { rotateContextToken(runnerId: "${id}") { url } }` },
  'Mutation.createSignInLink': { text: () => 'mutation { createSignInLink(input: { role: COACH }) { url } }' },
  'Mutation.createDevelopmentSession': { text: () => 'mutation { createDevelopmentSession(input: { role: COACH }) { token } }' },
  'Mutation.importCatalogue': {
    text: () => 'mutation { importCatalogue(input: { workoutTemplates: [], trainingPlanTemplates: [] }) { __typename } }',
  },
  'Mutation.createPartner': { text: () => `mutation { createPartner(input: { name: "partner-${crypto.randomUUID()}" }) { id } }` },
  'Mutation.updatePartner': { on: 'partner', text: (id) => `mutation { updatePartner(id: "${id}", input: { notes: "New" }) { id } }` },
  'Mutation.archivePartner': { on: 'partner', text: (id) => `mutation { archivePartner(id: "${id}") { id } }` },
  'Mutation.unarchivePartner': { on: 'partner', text: (id) => `mutation { unarchivePartner(id: "${id}") { id } }` },
  'Mutation.createApiKey': {
    on: 'partner',
    text: (id) => `mutation { createApiKey(input: { partnerId: "${id}", environment: TEST }) { plaintext } }`,
  },
  'Mutation.updateApiKey': { on: 'key', text: (id) => `mutation { updateApiKey(id: "${id}", input: { label: "New" }) { id } }` },
  'Mutation.rotateApiKey': { on: 'key', text: (id) => `mutation { rotateApiKey(id: "${id}") { plaintext } }` },
  'Mutation.disableApiKey': { on: 'key', text: (id) => `mutation { disableApiKey(id: "${id}") { id } }` },
  'Mutation.enableApiKey': { on: 'key', text: (id) => `mutation { enableApiKey(id: "${id}") { id } }` },
  'Mutation.revokeApiKey': { on: 'key', text: (id) => `mutation { revokeApiKey(id: "${id}") { id } }` },
  'Mutation.createWorkoutTemplate': {
    text: () => `mutation { createWorkoutTemplate(input: { name: "New", category: EASY, blocks: ${blocks} }) { id } }`,
  },
  'Mutation.updateWorkoutTemplate': {
    on: 'workout',
    text: (id) => `mutation { updateWorkoutTemplate(id: "${id}", expectedVersion: 1, input: { name: "Renamed" }) { id } }`,
  },
  'Mutation.deleteWorkoutTemplate': { on: 'workout', text: (id) => `mutation { deleteWorkoutTemplate(id: "${id}") }` },
  'Mutation.createTrainingPlanTemplate': {
    text: () => 'mutation { createTrainingPlanTemplate(input: { name: "New", durationWeeks: 1, weeks: [] }) { id } }',
  },
  'Mutation.updateTrainingPlanTemplate': {
    on: 'plan',
    text: (id) => `mutation { updateTrainingPlanTemplate(id: "${id}", expectedVersion: 1, input: { name: "Renamed" }) { id } }`,
  },
  'Mutation.deleteTrainingPlanTemplate': { on: 'plan', text: (id) => `mutation { deleteTrainingPlanTemplate(id: "${id}") }` },
  'Mutation.publishWorkoutTemplate': {
    on: 'workout',
    text: (id) => `mutation { publishWorkoutTemplate(id: "${id}", expectedVersion: 1) { id } }`,
  },
  'Mutation.unpublishWorkoutTemplate': {
    on: 'workout',
    text: (id) => `mutation { unpublishWorkoutTemplate(id: "${id}", expectedVersion: 1) { id } }`,
  },
  'Mutation.archiveWorkoutTemplate': {
    on: 'workout',
    text: (id) => `mutation { archiveWorkoutTemplate(id: "${id}", expectedVersion: 1) { id } }`,
  },
  'Mutation.duplicateWorkoutTemplate': { on: 'workout', text: (id) => `mutation { duplicateWorkoutTemplate(id: "${id}") { id } }` },
  'Mutation.publishTrainingPlanTemplate': {
    on: 'plan',
    text: (id) => `mutation { publishTrainingPlanTemplate(id: "${id}", expectedVersion: 1) { id } }`,
  },
  'Mutation.unpublishTrainingPlanTemplate': {
    on: 'plan',
    text: (id) => `mutation { unpublishTrainingPlanTemplate(id: "${id}", expectedVersion: 1) { id } }`,
  },
  'Mutation.archiveTrainingPlanTemplate': {
    on: 'plan',
    text: (id) => `mutation { archiveTrainingPlanTemplate(id: "${id}", expectedVersion: 1) { id } }`,
  },
  'Mutation.duplicateTrainingPlanTemplate': { on: 'plan', text: (id) => `mutation { duplicateTrainingPlanTemplate(id: "${id}") { id } }` },
});
