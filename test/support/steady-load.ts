/** Clients that ask one request after the other until they are told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

export interface Load {
  /** How many answers have come so far. */
  answered(): number;
  /** Waits for the answers that are under way. `failures` tells each request that was not answered with 200. */
  stop(): Promise<{ sent: number; failures: string[] }>;
}

/** @param ask sends the next request of its kind and gives its status; it throws when there was no answer. */
export function startLoad(clients: number, pauseMs: number, ask: (index: number) => Promise<number>): Load {
  let stopping = false;
  let sent = 0;
  let answered = 0;
  const failures: string[] = [];

  async function client() {
    while (!stopping) {
      const outcome = await ask(sent++).catch((error) => inspect(error));
      answered++;
      if (outcome !== 200) failures.push(String(outcome));
      await sleep(pauseMs);
    }
  }

  const running = Array.from({ length: clients }, client);
  return {
    answered: () => answered,
    async stop() {
      stopping = true;
      await Promise.all(running);
      return { sent, failures };
    },
  };
}
