/** Kills a gateway while it is written to, again and again, and holds what it then has against what it had acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { KilledWriters } from './killed-writers.ts';
import { type NodeProcess, startNode } from './node-process.ts';
import { randomFrom } from './random.ts';
import { until } from './until.ts';

export interface KillRounds {
  /** What the node is started with: see `nodeEnvironment`. */
  environment: Record<string, string>;
  rounds: number;
  /** Repeats the choices, as far as the moments of a machine can be repeated. */
  seed: number;
  /** Ends the database's own processes at once and starts them again; not for an embedded one. */
  crashDatabase?: () => Promise<void>;
}

export interface KillReport {
  rounds: number;
  /** Writes that were acknowledged, and those of which nobody had heard when the kill came. */
  acknowledged: number;
  unheard: number;
}

/** Writes that are acknowledged before a kill, and the milliseconds after the last of them. */
const acknowledgedMax = 8;
const furtherMs = 150;
/** A machine that is busy takes its time over the first writes of a process. */
const writingTimeoutMs = 60_000;

/**
 * Starts the node, lets four writers write, kills it with −9 in the middle, and looks, round by round: every
 * acknowledged write is there with its very version and stamp, imports are there whole or not at all, revoked keys are
 * refused, and stamps go on rising. Every second round ends the database instead, where it can be ended.
 *
 * @throws the failed expectation, with the seed.
 */
export async function killRounds({ environment, rounds, seed, crashDatabase }: KillRounds): Promise<KillReport> {
  const random = randomFrom(seed);
  const writers = new KilledWriters(random);
  let node: NodeProcess | undefined;
  try {
    for (let round = 0; round < rounds; round++) {
      node ??= await startNode(environment);
      await writers.expectKept(node);
      const killsDatabase = crashDatabase !== undefined && round % 2 === 1;
      const writing = writers.write(node);
      const enough = writers.acknowledged + 1 + random.below(acknowledgedMax);
      await until(() => writers.acknowledged >= enough, writingTimeoutMs);
      await sleep(random.below(furtherMs));
      if (killsDatabase) await crashDatabase();
      else await node.process.end('SIGKILL');
      await writing;
      if (killsDatabase) await untilReady(node);
      else node = undefined;
    }
    node ??= await startNode(environment);
    await writers.expectKept(node);
  } catch (error) {
    throw new Error(`in kill rounds with the seed ${seed}`, { cause: error });
  } finally {
    await node?.process.end('SIGKILL');
  }
  // Without writes that were interrupted, nothing was shown.
  expect(writers.acknowledged).toBeGreaterThanOrEqual(rounds);
  return { rounds, acknowledged: writers.acknowledged, unheard: writers.unheard };
}

const untilReady = (node: NodeProcess) => until(async () => (await node.send('/readyz')).status === 200);
