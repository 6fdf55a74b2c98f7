/** The results as a table for people and as an object for programs. */
import { cpus, totalmem } from 'node:os';
import { type ContenderName, contenderTitles } from './contenders.ts';
import type { MeasuredRow } from './measure.ts';
import type { Statements } from './statements.ts';
import type { WrongKeys } from './wrong-keys.ts';

export interface Results {
  machine: Record<string, string | number>;
  rows: MeasuredRow[];
  wrongKeys: WrongKeys[];
  statements: Statements | undefined;
  memory: Partial<Record<ContenderName, { idle: number; now: number; peak: number }>>;
  /** Rows of which there are no figures, and why. */
  failed: { name: string; message: string }[];
}

export function describeMachine(postgres: string, options: { rounds: number; seconds: number }): Results['machine'] {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgres,
    date: new Date().toISOString().slice(0, 10),
    rounds: options.rounds,
    secondsPerTurn: options.seconds,
  };
}

/** Connections for which a ratio has its plain name; under others it says so. */
const usualConnections = 16;

export function reportJson({ machine, rows, wrongKeys, statements, memory, failed }: Results): object {
  const ratios = rows.flatMap(({ connections, ratios: ofRow, name }) =>
    Object.entries(ofRow).map(([ratio, value]): [string, number] => [
      connections === usualConnections || name === 'contextCold' ? ratio : `${ratio}At${connections}`,
      rounded(value, 3),
    ]),
  );
  const absolute = {
    rows: rows.map(({ name, connections, figures }) => ({ name, connections, figures: roundedAll(figures) })),
    wrongKeys: wrongKeys.map((measured) => roundedAll(measured)),
    statementsPerUnchangedPoll: statements,
    memoryMegabytes: memory,
    failed,
  };
  return { machine, ratios: Object.fromEntries(ratios), absolute };
}

export function reportMarkdown({ machine, rows, wrongKeys, statements, memory, failed }: Results): string {
  const ratioLines = rows.flatMap(({ title, connections, ratios }) =>
    Object.entries(ratios).map(([name, value]) => `| ${title} | ${connections} | ${name} | ${value.toFixed(2)} |`),
  );
  const figureLines = rows.flatMap(({ title, connections, figures }) =>
    Object.entries(figures).map(
      ([contender, { requestsPerSecond, p50Ms, p99Ms, cpuMsPerRequest, loadCpu }]) =>
        `| ${title} | ${connections} | ${contenderTitles[contender as ContenderName]} | ${Math.round(requestsPerSecond)} | ${p50Ms.toFixed(
          2,
        )} | ${p99Ms.toFixed(2)} | ${cpuMsPerRequest.toFixed(3)} | ${loadCpu.toFixed(2)} |`,
    ),
  );
  const memoryLines = Object.entries(memory).map(
    ([contender, { idle, now, peak }]) => `| ${contenderTitles[contender as ContenderName]} | ${idle} | ${now} | ${peak} |`,
  );
  return [
    ...failed.map(({ name, message }) => `**${name} failed**: ${message}`),
    Object.entries(machine)
      .map(([name, value]) => `${name}: ${value}`)
      .join(' · '),
    table('| what | connections | ratio | median |', '|---|---:|---|---:|', ratioLines),
    table(
      '| what | connections | who | requests/s | p50 ms | p99 ms | CPU ms/request | load CPU |',
      '|---|---:|---|---:|---:|---:|---:|---:|',
      figureLines,
    ),
    table('| memory, MB resident | idle | after the run | most |', '|---|---:|---:|---:|', memoryLines),
    table(
      '| warm partner while 16 clients send wrong keys | p50 ms | p99 ms | refused/s |',
      '|---|---:|---:|---:|',
      wrongKeys.map(
        ({ contender, p50Ms, p99Ms, refusedPerSecond }) =>
          `| ${contenderTitles[contender]} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} | ${Math.round(refusedPerSecond)} |`,
      ),
    ),
    statements &&
      table(
        `| SQL of an unchanged poll: ${statements.perPoll} statements | each poll |`,
        '|---|---:|',
        statements.statements.map(({ query, perPoll }) => `| \`${query.slice(0, 160)}\` | ${perPoll} |`),
      ),
  ]
    .filter((part) => part)
    .join('\n\n');
}

const table = (head: string, rule: string, lines: string[]) => (lines.length > 0 ? [head, rule, ...lines].join('\n') : '');

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

function roundedAll<Value>(value: Value): Value {
  if (typeof value === 'number') return rounded(value, 3) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, roundedAll(inner)])) as Value;
}
