/** Asks something slow without ever waiting long for it, and never twice at once. */

/**
 * Gives a function that asks, or joins the question under way. It gives null when no answer has come within `timeoutMs`,
 * and when it failed, of which `report` is told.
 */
export function readWithin<T>(timeoutMs: number, read: () => Promise<T>, report: (error: unknown) => void): () => Promise<T | null> {
  let underWay: Promise<T | null> | undefined;
  return async () => {
    underWay ??= read()
      .catch((error) => {
        report(error);
        return null;
      })
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
