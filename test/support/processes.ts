/** The `ekiden` command as its users run it: a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtCli } from './built-cli.ts';
import { until } from './until.ts';

export interface Output {
  stdout: string;
  stderr: string;
}

export interface Finished extends Output {
  code: number | null;
}

/** A process with nothing of ours in its environment but what is given. */
function start(args: string[], environment: Record<string, string>, nodeOptions: string[] = []): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, [...nodeOptions, builtCli, ...args], {
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a command to its end. */
export async function run(args: string[], environment: Record<string, string> = {}): Promise<Finished> {
  const child = start(args, environment);
  const output = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

/** Starts a command and kills it with −9 when it is time, unless it has ended before. Gives whether it was killed. */
export async function runAndKill(
  args: string[],
  environment: Record<string, string>,
  isTime: (output: Output) => boolean | Promise<boolean>,
): Promise<boolean> {
  const child = start(args, environment);
  const output = collect(child);
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await until(async () => hasEnded() || (await isTime(output)), startTimeoutMs).finally(() => child.kill('SIGKILL'));
  const [, signal] = await closed;
  return signal === 'SIGKILL';
}

/** Milliseconds. A machine that is busy takes its time. */
const startTimeoutMs = 150_000;

export interface RunningProcess {
  url: string;
  pid: number;
  /** Everything it has printed so far. */
  output: Output;
  /** Whether it has ended. */
  hasEnded(): boolean;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a server and waits until it says where it is. */
export async function startServerProcess(
  args: string[],
  environment: Record<string, string>,
  nodeOptions: string[] = [],
): Promise<RunningProcess> {
  const child = start(args, { PORT: '0', ...environment }, nodeOptions);
  const output = collect(child);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /running at (\S+)/.exec(output.stdout)?.[1];
      if (found) resolve(found);
    });
    child.once('close', () => reject(new Error(`the server ended: ${output.stderr}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    output,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      const [code] = await closed;
      return code;
    },
  };
}

function collect(child: ChildProcess) {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output.stderr += chunk;
  });
  return output;
}

/** A folder that is gone when the callback has ended. */
export function scratchFolder(): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'ekiden-test-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
