/**
 * The long versions of what the tests show in seconds, one after another, for half an hour altogether unless told otherwise:
 *
 *   npm run soak -- --minutes 120 --only chaos
 *
 * Needs TEST_DATABASE_URL, a Postgres whose user may create databases, and redis-server in the path.
 */
import { parseArgs } from 'node:util';
import buildCli from '../support/built-cli.ts';
import { chaosSoak } from './chaos.ts';
import { hostileSoak } from './hostile.ts';
import { keyAttackSoak } from './key-attack.ts';
import type { SoakPiece } from './piece.ts';

const pieces: SoakPiece[] = [chaosSoak, keyAttackSoak, hostileSoak];

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' }, only: { type: 'string' } } });
const minutes = Number(values.minutes);
const chosen = pieces.filter(({ name }) => values.only === undefined || name === values.only);
if (!(minutes > 0) || chosen.length === 0) {
  console.error(`--minutes takes a number above 0, --only one of: ${pieces.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

await buildCli();
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
for (const { name, share, run } of chosen) {
  const part = (minutes * share) / shares;
  console.log(`\n${name}: ${part.toFixed(1)} minutes`);
  try {
    await run(part);
    console.log(`${name}: kept`);
  } catch (error) {
    console.error(`${name}: NOT KEPT\n${(error as Error).stack ?? error}`);
    process.exitCode = 1;
  }
}
