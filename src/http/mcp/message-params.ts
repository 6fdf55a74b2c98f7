/** Whether a message of MCP has what its method needs: the SDK reports a client's mistake in it as a fault of the server's. */
import { ClientRequestSchema, ErrorCode } from '@modelcontextprotocol/sdk/types.js';

/** The schema of each method a client may call, by its name. */
const schemas = new Map(ClientRequestSchema.options.map((schema) => [schema.shape.method.value as string, schema]));

/** The JSON-RPC error for a request whose parameters do not fit its method; null when they do, or it is no such request. */
export function refuseParams(message: unknown): Response | null {
  const { id, method } = (message ?? {}) as { id?: unknown; method?: unknown };
  if (typeof method !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) return null;
  const { error } = schemas.get(method)?.safeParse(message) ?? {};
  if (!error) return null;
  const faults = error.issues.map(({ path, message: fault }) => `${path.join('.')}: ${fault}`);
  const said = faults.join('. ').slice(0, messageLengthMax);
  return Response.json({ jsonrpc: '2.0', id, error: { code: ErrorCode.InvalidParams, message: said } });
}

/** Characters: every name in the parameters may be wrong. */
const messageLengthMax = 500;
