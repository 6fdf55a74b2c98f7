/** What must be there before anything can be measured: the contenders' packages, and everything built from the source as it is. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { packageRoot } from '../../src/platform/package-root.ts';

const folder = `${packageRoot}/test/bench`;

/** @throws when a step fails; it has then said why on standard error. */
export function prepare(say: (line: string) => void): void {
  if (!existsSync(`${folder}/node_modules/autocannon`)) {
    say('installing what the gateway is compared with …');
    run('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  say('building …');
  if (existsSync(`${packageRoot}/prisma/generated/client`) && existsSync(`${packageRoot}/dist/console`)) {
    run('npx', ['vite', 'build', '--logLevel', 'warn']);
  } else {
    run('npm', ['run', 'build']);
  }
  run('npx', ['tsc', '-p', folder]);
}

/** Standard output is for the results alone. */
const run = (program: string, args: string[]) => execFileSync(program, args, { cwd: packageRoot, stdio: ['ignore', 2, 2] });
