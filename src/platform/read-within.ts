/** Asks something slow without ever waiting long for it, and never twice at once. */

/** Gives a function that asks, or joins the question under way; it gives null when no answer has come within `timeoutMs`. */
export function readWithin<T>(timeoutMs: number, read: () => Promise<T>): () => Promise<T | null> {
  let underWay: Promise<T | null> | undefined;
  return async () => {
    // Why it failed is in the log of the requests that fail for the same reason.
    underWay ??= read()
      .catch(() => null)
      .finally(() => {
        underWay = undefined;
      });
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), timeoutMs);
    });
    return Promise.race([underWay, timeout]).finally(() => clearTimeout(timer));
  };
}
