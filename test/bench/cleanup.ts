/** What has been started is stopped, last one first: at the end, after a failure, and when somebody presses Ctrl-C. */

const longestRunMs = 45 * 60_000;

export interface Cleanup {
  /** Gives it back, and stops it in the end. */
  add<Started extends { stop(): Promise<void> }>(started: Started): Started;
  /** Stops everything; once, however often it is called. */
  run(): Promise<void>;
}

export function createCleanup(): Cleanup {
  const started: { stop(): Promise<void> }[] = [];
  let running: Promise<void> | undefined;

  async function stopAll() {
    for (const one of started.splice(0).reverse()) {
      await one.stop().catch((error) => console.error('could not be stopped:', error));
    }
  }

  const run = () => {
    running ??= stopAll();
    return running;
  };
  // A run of all rows takes minutes; whatever hangs does not hang for ever.
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), longestRunMs).unref();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // It may come twice, from the terminal and from whoever started us; the second must not end this halfway.
    process.on(signal, () => void run().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143)));
  }
  return {
    add(one) {
      started.push(one);
      // Started while everything was being stopped.
      if (running) void one.stop();
      return one;
    },
    run,
  };
}
