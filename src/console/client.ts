/** The console's one way to the gateway: GraphQL with the session's cookie, and what its refusals mean to a reader. */
import { Client, type CombinedError, cacheExchange, fetchExchange } from 'urql';

export const createClient = () =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: { credentials: 'same-origin' },
    requestPolicy: 'cache-and-network',
  });

/** One thing that is wrong with a form: `blocks[0].repeat` and what. */
export interface Fault {
  path: string;
  message: string;
}

/** Why something did not work, and what to do next. */
export interface Failure {
  kind: 'offline' | 'signed-out' | 'forbidden' | 'not-found' | 'conflict' | 'invalid' | 'busy' | 'broken';
  message: string;
  faults: Fault[];
  details: Record<string, unknown>;
}

const kinds: Record<string, Failure['kind']> = {
  UNAUTHENTICATED: 'signed-out',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
  CONFLICT: 'conflict',
  INVALID: 'invalid',
  RATE_LIMITED: 'busy',
  UNAVAILABLE: 'busy',
};

/** What an error of the client is to a reader; null when there is none. */
export function failureOf(error: CombinedError | undefined): Failure | null {
  if (!error) return null;
  const nothing = { faults: [], details: {} };
  const [first] = error.graphQLErrors;
  if (!first) {
    return { ...nothing, kind: 'offline', message: 'The gateway cannot be reached. Check the connection, then try again.' };
  }
  const { code, errors = [], requestId, ...details } = first.extensions as { code?: string; errors?: Fault[]; requestId?: string };
  const kind = kinds[code ?? ''] ?? 'broken';
  const message =
    kind === 'broken' ? `Something went wrong on our side. If it stays, tell the operator the request id ${requestId}.` : first.message;
  return { kind, message, faults: errors, details };
}
