/** What names a request in logs and in its answer. */
import { randomUUID } from 'node:crypto';

/** The caller's own id for the request when it is harmless to repeat, else a new one. */
export function requestIdOf(given: string | null | undefined): string {
  return given && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}
