/**
 * `npm run bench:scale`: how the time of every documented request grows with the data.
 *
 *   --full            every runner has all years; otherwise 40 have, and the rest one year
 *   --rounds <n>      how often each request is measured (30)
 *   --server <url>    a Postgres of yours (as superuser), on which the databases stay for the next run
 *   --only <text>     only requests whose name contains this
 *   --explain <file>  where the plans of what grows are kept
 */
import { writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startLocalPostgres } from '../local-servers.ts';
import { explain, loggingSettings } from './explain.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { measure, type Row } from './measure.ts';
import { describeSize, sizesOf } from './sizes.ts';

/** What is allowed from the smallest to the largest. */
const growthMax = 1.5;

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '30' },
    server: { type: 'string' },
    only: { type: 'string', default: '' },
    explain: { type: 'string', default: path.join(tmpdir(), 'ekiden-scale-plans.md') },
  },
});

const postgres = options.server ? null : await startLocalPostgres({ ...loggingSettings, shared_buffers: '512MB', max_wal_size: '4GB' });
const gateways: Gateway[] = [];
try {
  for (const size of sizesOf(options.full)) {
    const startedAt = performance.now();
    gateways.push(await startGateway(postgres?.url ?? options.server ?? '', size));
    console.log(`${describeSize(size)}: ready after ${Math.round((performance.now() - startedAt) / 1_000)} s`);
  }
  const rows = await measure(gateways, Number(options.rounds), options.only);
  print(rows);
  const growing = rows.filter((row) => growth(row.moved) > growthMax).map(({ name }) => name);
  const largest = gateways.at(-1);
  if (largest) writeFileSync(options.explain, await explain(largest, growing));
  console.log(`\nPlans of what grows by more than ${growthMax}: ${options.explain}`);
} finally {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await postgres?.stop();
}

function growth(medians: number[]): number {
  return (medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN);
}

function print(rows: Row[]): void {
  const names = gateways.map(({ size }) => size.name);
  console.log(
    `\n${new Date().toISOString()}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, p50 of ${options.rounds} in ms`,
  );
  console.log(`| request | ${[...names, 'growth', ...names.map((name) => `${name} unchanged`), 'growth'].join(' | ')} |`);
  console.log(`|---|${'---:|'.repeat(2 * names.length + 2)}`);
  for (const { name, moved, unchanged, failures } of rows) {
    const cells = [moved, unchanged].flatMap((medians) => [...medians.map((ms) => ms.toFixed(2)), growth(medians).toFixed(2)]);
    console.log(
      `| ${name} | ${cells.join(' | ')} |${failures.length > 0 ? ` ${failures.length} failed, the last with ${failures.at(-1)}` : ''}`,
    );
  }
}
