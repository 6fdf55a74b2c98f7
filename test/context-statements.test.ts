/** What a context costs the database that has to be made anew: a statement for its link, and one for all it shows. */
import { expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';
import { createSharedRunner, everything, fullDocument, share } from './support/runners.ts';
import { countStatements } from './support/statements.ts';

const gateway = await startGateway();
const runner = await createSharedRunner(gateway, fullDocument);

/** The tables that one section alone is made of. */
const tables = {
  profile: ['Measurement', 'HeartRateZones', 'Gear', 'PersonalBest'],
  training: ['Goal'],
  health: ['DailyReading'],
  labs: ['LabTest', 'LabMarker'],
};
type Section = keyof typeof tables;
const sections = Object.keys(tables) as Section[];

const read = async (query = '') => {
  const { statements, result } = await countStatements(() => gateway.get(`${runner.path}${query}`));
  expect(result.status).toBe(200);
  return statements;
};

function expectOnly(shown: readonly Section[], facts: string) {
  for (const section of sections) {
    for (const table of tables[section]) expect(facts.includes(`"${table}"`), table).toBe(shown.includes(section));
  }
}

it.each(sections)('a section that is not shared is not read: %s', async (hidden) => {
  await share(gateway, runner.id, { ...everything, [hidden]: false });
  const [link, facts = '', ...others] = await read();
  expect(link).toContain('"ContextLink"');
  expect(others).toEqual([]);
  expectOnly(
    sections.filter((section) => section !== hidden),
    facts,
  );
});

it.each(sections)('nor is one that is not asked for: only %s', async (asked) => {
  await share(gateway, runner.id, everything);
  const [, facts = '', ...others] = await read(`?sections=${asked}&detail=full`);
  expect(others).toEqual([]);
  expectOnly([asked], facts);
});

it('what is at hand costs the statement of its link alone', async () => {
  await share(gateway, runner.id, everything);
  await read();
  expect((await read()).length).toBe(1);
});
