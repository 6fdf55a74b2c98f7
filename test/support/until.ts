/** Waits for something that happens by itself, by looking again and again. */
import { setTimeout as sleep } from 'node:timers/promises';

/** @throws when it has not come true within `timeoutMs`. */
export async function until(isTrue: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`not true after ${timeoutMs} ms: ${isTrue}`);
    await sleep(20);
  }
}
