/** Who is compared: each a process of its own, started when a row needs it. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/platform/package-root.ts';
import type { Cleanup } from './cleanup.ts';
import { adminToken, publicUrl, secretKey } from './dataset.ts';
import { type RunningProcess, startProcess } from './running-process.ts';

export const contenderTitles = {
  gateway: 'Ekiden',
  'gateway-redis': 'Ekiden, limits in Redis',
  'gateway-log': 'Ekiden, with its log of every request',
  'gateway-embedded': 'Ekiden, embedded database',
  floor: 'floor',
  'hand-written': 'hand-written',
  'hand-written-redis': 'hand-written, limits in Redis',
  'hand-written-cached': 'hand-written + cache',
  mercurius: 'Mercurius + JIT',
  postgraphile: 'PostGraphile',
};

export type ContenderName = keyof typeof contenderTitles;

/** The folder of what `tsc -p test/bench` builds. */
const built = `${packageRoot}/test/bench/dist/test/bench`;
export const loadProgram = `${built}/load/generator.js`;

/** What the floor answers, as the gateway answered it. */
export interface RecordedAnswer {
  request: string;
  headers: Record<string, string>;
  body: string;
}

export interface Contenders {
  /** Starts it at the first call. */
  get(name: ContenderName): Promise<RunningProcess>;
  /** Those that run. */
  running(): Map<ContenderName, RunningProcess>;
}

/** @param scratch a folder of this run alone. */
export function createContenders(
  servers: { databaseUrl: string; redisUrl: string },
  scratch: string,
  recorded: RecordedAnswer[],
  cleanup: Cleanup,
): Contenders {
  const started = new Map<ContenderName, RunningProcess>();
  const common = { DATABASE_URL: servers.databaseUrl, SECRET_KEY: secretKey, PUBLIC_URL: publicUrl };
  const gateway = (environment: Record<string, string>) => ({
    args: [`${packageRoot}/dist/src/cli.js`, 'serve'],
    // As much as the others log: nothing, as long as nothing is wrong.
    environment: { ...common, ADMIN_TOKEN: adminToken, LOG_LEVEL: 'warn', ...environment },
  });
  const byHand = (program: string, environment: Record<string, string> = {}) => ({
    args: [`${built}/contenders/${program}.js`],
    environment: { ...common, ...environment },
  });
  const answersFile = path.join(scratch, 'recorded-answers.json');
  const ways: Record<ContenderName, () => { args: string[]; environment: Record<string, string> }> = {
    gateway: () => gateway({}),
    'gateway-redis': () => gateway({ REDIS_URL: servers.redisUrl }),
    'gateway-log': () => gateway({ LOG_LEVEL: 'info' }),
    'gateway-embedded': () => {
      const { DATABASE_URL: _none, ...environment } = gateway({}).environment;
      return { ...gateway({}), environment: { ...environment, DATA_DIR: path.join(scratch, 'embedded') } };
    },
    floor: () => {
      writeFileSync(answersFile, JSON.stringify(recorded));
      return byHand('floor', { RECORDED_ANSWERS: answersFile });
    },
    'hand-written': () => byHand('hand-written'),
    'hand-written-redis': () => byHand('hand-written', { REDIS_URL: servers.redisUrl }),
    'hand-written-cached': () => byHand('hand-written-cached'),
    mercurius: () => byHand('mercurius'),
    postgraphile: () => byHand('postgraphile'),
  };
  return {
    async get(name) {
      const known = started.get(name);
      if (known) return known;
      const logFile = path.join(scratch, `${name}.log`);
      const running = cleanup.add(await startProcess(name, { ...ways[name](), logFile }));
      started.set(name, running);
      return running;
    },
    running: () => started,
  };
}

/** Takes the folder away in the end. */
export const removedInTheEnd = (folder: string) => ({
  stop: async () => rmSync(folder, { recursive: true, force: true }),
});
