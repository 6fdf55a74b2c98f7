/** `npm run bench`: starts everything that is compared on this machine, measures it in turn, prints ratios, and stops it all. */
import { createCleanup } from './cleanup.ts';
import type { ContenderName } from './contenders.ts';
import { queryOnce } from './local-servers.ts';
import { type MeasuredRow, measureRow } from './measure.ts';
import { type Options, readOptions, usage } from './options.ts';
import { prepare } from './prepare.ts';
import { describeMachine, type Results, reportJson, reportMarkdown } from './report.ts';
import { type Row, rows, unchangedList } from './rows.ts';
import { residentMegabytes } from './running-process.ts';
import { sendAll } from './same-rows.ts';
import { type Stage, setStage } from './stage.ts';
import { countStatements } from './statements.ts';
import { measureWrongKeys } from './wrong-keys.ts';

const say = (line: string) => console.error(line);

/** Rows that are more than a load and a ratio. */
const furtherRows = ['statements', 'wrongKeys'];

async function run(options: Options): Promise<Results> {
  const cleanup = createCleanup();
  try {
    say('filling the database …');
    const stage = await setStage(options.partners, cleanup);
    return await measureAll(stage, options);
  } finally {
    await cleanup.run();
  }
}

async function measureAll(stage: Stage, options: Options): Promise<Results> {
  const isWanted = (name: string) => options.only.length === 0 || options.only.includes(name);
  const wanted = rows.filter(({ name }) => isWanted(name));
  const memory = await startAll(stage, wanted);
  const [version] = await queryOnce<{ version: string }>(stage.databaseUrl, `SELECT current_setting('server_version') AS version`);
  const statements = isWanted('statements') ? await countStatements(stage, stage.databaseUrl) : undefined;
  const results: Results = {
    machine: describeMachine(version?.version ?? '', options),
    rows: [],
    wrongKeys: [],
    statements,
    memory,
    failed: [],
  };
  for (const row of wanted) await measureInto(results, stage, row, options);
  if (isWanted('wrongKeys')) {
    say('A warm partner while 16 clients send wrong keys …');
    for (const contender of ['gateway', 'hand-written'] as const) results.wrongKeys.push(await measureWrongKeys(stage, contender, options));
  }
  for (const [name, { pid }] of stage.contenders.running()) {
    memory[name] = { idle: memory[name]?.idle ?? Number.NaN, ...residentMegabytes(pid) };
  }
  return results;
}

/** A row that cannot be measured is said to have failed; the others are measured all the same. */
async function measureInto(results: Results, stage: Stage, row: Row, options: Options): Promise<void> {
  try {
    results.rows.push(...(await measureUnderConnections(stage, row, options)));
  } catch (error) {
    const { message } = error as Error;
    say(`FAILED: ${message}`);
    results.failed.push({ name: row.name, message });
    process.exitCode = 1;
  }
}

async function measureUnderConnections(stage: Stage, row: Row, options: Options): Promise<MeasuredRow[]> {
  const measured: MeasuredRow[] = [];
  for (const connections of row.severalConnections ? options.connections : [row.connections ?? 16]) {
    say(`${row.title}, ${connections} connections …`);
    const result = await measureRow(stage, row, connections, options);
    for (const [ratio, value] of Object.entries(result.ratios)) say(`  ${ratio} ${value.toFixed(2)}`);
    measured.push(result);
  }
  return measured;
}

/** Starts who takes part, and lets those whom many partners ask see every key once: that is a bcrypt for each. */
async function startAll({ contenders, materialFor }: Stage, wanted: Row[]): Promise<Results['memory']> {
  const memory: Results['memory'] = {};
  const names = new Set<ContenderName>(['gateway', ...wanted.flatMap((row) => row.contenders)]);
  for (const name of names) {
    say(`starting ${name} …`);
    const { url, pid } = await contenders.get(name);
    memory[name] = { idle: residentMegabytes(pid).now, now: Number.NaN, peak: Number.NaN };
    if (!wanted.some((row) => row.manyPartners && row.contenders.includes(name))) continue;
    const material = await materialFor(name);
    await sendAll(
      url,
      material.keys.map((key) => unchangedList({ ...material, keys: [key] })),
    );
  }
  return memory;
}

/** @throws for an option or a row that does not exist, with how it is meant. */
function readKnownOptions(): Options {
  try {
    const options = readOptions(process.argv.slice(2));
    const known = [...rows.map(({ name }) => name), ...furtherRows];
    const unknown = options.only.filter((name) => !known.includes(name));
    if (unknown.length > 0) throw new Error(`there is no row ${unknown.join(', ')}; there are: ${known.join(', ')}`);
    return options;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}

async function main(): Promise<void> {
  const options = readKnownOptions();
  prepare(say);
  const results = await run(options);
  console.log(options.json ? JSON.stringify(reportJson(results)) : reportMarkdown(results));
}

main().catch((error: Error) => {
  console.error(error.message, error.cause ?? '');
  process.exitCode = 1;
});
