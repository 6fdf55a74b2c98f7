/** The process that makes the load, from the side that tells it what to do. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Load, LoadResult } from './load-plan.ts';

export interface LoadProcess {
  run(load: Load): Promise<LoadResult>;
  stop(): Promise<void>;
}

/** @param program the built load generator. */
export function startLoadProcess(program: string): LoadProcess {
  const child = fork(program, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return {
    run: (load) =>
      new Promise((resolve, reject) => {
        const onExit = () => reject(new Error('the load process ended'));
        child.once('exit', onExit);
        child.once('message', ({ result, error }: { result?: LoadResult; error?: string }) => {
          child.off('exit', onExit);
          if (result) resolve(result);
          else reject(new Error(`the load failed: ${error}`));
        });
        child.send(load);
      }),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
