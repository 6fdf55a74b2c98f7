/** The one table from a refusal's code to its HTTP status, and the two forms in which doors say it. */
import { DomainError, type ErrorCode } from '../domain/errors.ts';
import { isDatabaseUnavailable } from '../platform/database-errors.ts';
import type { Log } from '../platform/log.ts';
import type { Answer } from './exchange.ts';

export const statusOf: Record<ErrorCode, { status: number; title: string }> = {
  INVALID: { status: 400, title: 'Bad Request' },
  UNAUTHENTICATED: { status: 401, title: 'Unauthorized' },
  FORBIDDEN: { status: 403, title: 'Forbidden' },
  NOT_FOUND: { status: 404, title: 'Not Found' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method Not Allowed' },
  CONFLICT: { status: 409, title: 'Conflict' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'Content Too Large' },
  RATE_LIMITED: { status: 429, title: 'Too Many Requests' },
  UNAVAILABLE: { status: 503, title: 'Service Unavailable' },
};

const internalError = { status: 500, title: 'Internal Server Error' };
const internalMessage = 'Something went wrong on our side. Quote the request id when you ask about it.';

/** Seconds after which a client may try again when the database is away. */
const unavailableRetrySeconds = 2;

/**
 * The refusal behind whatever was thrown; null for a defect, which is logged with the request's id and must be masked.
 */
export function refusalOf(thrown: unknown, log: Log, requestId: string): DomainError | null {
  const error = (thrown as { originalError?: unknown } | null)?.originalError ?? thrown;
  if (error instanceof DomainError) return error;
  if (isDatabaseUnavailable(error)) {
    log.warn({ requestId, error: String(error) }, 'the database cannot be asked');
    const message = 'The database cannot be asked just now. Try again shortly.';
    return new DomainError('UNAVAILABLE', message, { retryAfterSeconds: unavailableRetrySeconds });
  }
  log.error({ requestId, err: error }, 'unexpected error');
  return null;
}

/** Headers that belong to a refusal on every door. */
export function refusalHeaders(refusal: DomainError | null): Record<string, string> {
  return {
    'Cache-Control': 'no-store',
    ...(refusal?.code === 'UNAUTHENTICATED' && { 'WWW-Authenticate': 'ApiKey realm="ekiden", Bearer realm="ekiden"' }),
    ...(refusal?.retryAfterSeconds && { 'Retry-After': String(refusal.retryAfterSeconds) }),
  };
}

/** The refusal as `application/problem+json` (RFC 9457). */
export function problem(refusal: DomainError | null, requestId: string): Answer {
  const { status, title } = refusal ? statusOf[refusal.code] : internalError;
  const body = {
    type: 'about:blank',
    title,
    status,
    detail: refusal?.message ?? internalMessage,
    code: refusal?.code ?? 'INTERNAL',
    requestId,
    ...refusal?.details,
    ...(refusal?.faults && { errors: refusal.faults }),
  };
  const headers = { ...refusalHeaders(refusal), 'Content-Type': 'application/problem+json; charset=utf-8' };
  return { status, headers, body: JSON.stringify(body) };
}

/** The refusal as the members of a GraphQL error. */
export function graphqlRefusal(refusal: DomainError | null, requestId: string) {
  return {
    message: refusal?.message ?? internalMessage,
    extensions: {
      code: refusal?.code ?? 'INTERNAL',
      requestId,
      ...refusal?.details,
      ...(refusal?.faults && { errors: refusal.faults }),
    },
  };
}
