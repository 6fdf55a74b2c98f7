/** Waits no longer than is said for something that this process must also find the time to take in. */

/** Milliseconds by which a timer may be late before the process itself must have been too busy for the answer. */
const lateMs = 50;

/** How often, and for how many milliseconds at most, that is made up for. */
const extensionsMax = 3;
const extensionMs = 300;

/**
 * Calls back after `ms`. When the process was too busy to notice the time, an answer may lie there unread: then it gets
 * as much longer. Gives the function that calls it off.
 */
export function afterPatience(ms: number, callBack: () => void): () => void {
  let extensions = 0;
  let timer = arm(ms);

  function arm(waitMs: number): NodeJS.Timeout {
    const dueAt = performance.now() + waitMs;
    return setTimeout(() => {
      const late = performance.now() - dueAt;
      if (late <= lateMs || extensions === extensionsMax) return callBack();
      extensions++;
      timer = arm(Math.min(late, extensionMs));
    }, waitMs);
  }

  return () => clearTimeout(timer);
}
