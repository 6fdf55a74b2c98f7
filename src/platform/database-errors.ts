/** Tells "the database cannot be asked just now" from a defect of ours, across Prisma's and the driver's errors. */

/** Prisma: unreachable, timed out, connection closed, pool exhausted, transaction not started, write conflict. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034']);

/**
 * Postgres: connection failures (08), resources (53), shutdown, start and cancel (57), its disk (58), a transaction left
 * idle (25P03), a standby after a failover (25006), lock wait, deadlock.
 */
const postgresCodes = /^(08...|53...|57P0[1-5]|57014|58...|25P03|25006|55P03|40001|40P01)$/;

/** The operating system's words for a server that is not there. */
const systemCodes =
  /^(EAI_AGAIN|ECONNABORTED|ECONNREFUSED|ECONNRESET|EHOSTDOWN|EHOSTUNREACH|ENETDOWN|ENETUNREACH|ENOENT|ENOTFOUND|EPIPE|ETIMEDOUT)$/;

/** What the driver says without a code (node-postgres 8). */
const driverMessages = /timeout exceeded when trying to connect|query read timeout|connection terminated|connection ended|not queryable/i;

/** How Prisma's adapter names the same under a raw query, which has one code of its own for everything (P2010). */
const adapterKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
]);

interface AnyError {
  kind?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
}

export function isDatabaseUnavailable(error: unknown): boolean {
  if (error === null || typeof error !== 'object') return false;
  const { code, kind, message, cause, meta } = error as AnyError;
  if (typeof code === 'string' && (prismaCodes.has(code) || postgresCodes.test(code) || systemCodes.test(code))) return true;
  if (typeof kind === 'string' && adapterKinds.has(kind)) return true;
  if (typeof message === 'string' && driverMessages.test(message)) return true;
  return isDatabaseUnavailable(meta?.driverAdapterError) || isDatabaseUnavailable(cause);
}
