/** The built gateway as it is run in production: `node dist/src/cli.js serve`, a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './local-servers.ts';

export interface BuiltServer {
  url: string;
  pid: number;
  /** Milliseconds from the start of the process to its first correct answer. */
  startedInMs: number;
  /** Asks it to drain and waits for the end. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** The checkout it runs in; this one when left out. */
  folder?: string;
  /** Of Node, before the program. */
  nodeOptions?: string[];
  /** Whether an answer of the path is the correct one; a live process when left out. */
  firstAnswer?: { path: string; headers?: Record<string, string>; isCorrect(response: Response): Promise<boolean> };
}

const isAlive = { path: '/livez', isCorrect: async ({ status }: Response) => status === 200 };
const startWaitMs = 60_000;
const pollMs = 5;

/** Starts it with nothing but this environment. @throws with what it said when it ends or gives no correct answer in a minute. */
export async function startBuiltServer(environment: Record<string, string>, options: ServerOptions = {}): Promise<BuiltServer> {
  const { folder = process.cwd(), nodeOptions = [], firstAnswer = isAlive } = options;
  const program = path.join(folder, 'dist/src/cli.js');
  if (!existsSync(program)) throw new Error(`${program} is not there: npm run build`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { PATH = '', HOME = '' } = process.env;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, program, 'serve'], {
    cwd: folder,
    env: { PATH, HOME, PORT: `${port}`, LOG_LEVEL: 'error', NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = sayingOf(child);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  while (!(await answersCorrectly(url, firstAnswer))) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${said.text}`);
    if (performance.now() - startedAt > startWaitMs) {
      await stop();
      throw new Error(`no correct answer of ${firstAnswer.path} in a minute: ${said.text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return { url, pid: child.pid ?? 0, startedInMs: performance.now() - startedAt, stop };
}

async function answersCorrectly(url: string, { path, headers, isCorrect }: NonNullable<ServerOptions['firstAnswer']>): Promise<boolean> {
  try {
    return await isCorrect(await fetch(`${url}${path}`, { headers: headers ?? {} }));
  } catch (error) {
    // fetch throws a TypeError while nobody listens yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function sayingOf(child: ChildProcess): { text: string } {
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      said.text = `${said.text}${chunk}`.slice(-2_000);
    });
  }
  return said;
}
