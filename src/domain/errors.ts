/** The one way in which the domain says no. Doors translate the code; nothing here knows HTTP or GraphQL. */

/** What kind of no it is. Anything else that is thrown is a defect and is masked. */
export type ErrorCode =
  | 'INVALID'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE';

/** One thing that is wrong with an input: where (`workoutTemplates[3].blocks[0].repeat`, or a parameter's name) and what. */
export interface Fault {
  path: string;
  message: string;
}

export interface DomainErrorExtras {
  /** Every fault of the input, when the code is INVALID. */
  faults?: Fault[];
  /** Further facts a caller can act on, such as `currentVersion`. */
  details?: Record<string, unknown>;
  /** Seconds after which the same request can succeed. */
  retryAfterSeconds?: number;
}

/** A refusal whose message is written for the caller: it says what was wrong and what is allowed. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly faults: Fault[] | undefined;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, extras: DomainErrorExtras = {}) {
    super(message);
    this.code = code;
    this.faults = extras.faults;
    this.details = extras.details;
    this.retryAfterSeconds = extras.retryAfterSeconds;
  }
}

/** An INVALID error that carries every fault, with the first in its message. */
export function invalid(faults: Fault[]): DomainError {
  const [first, ...others] = faults;
  const rest = others.length === 0 ? '' : ` (and ${others.length} more: see errors)`;
  return new DomainError('INVALID', `${first?.path}: ${first?.message}${rest}`, { faults });
}

/** There is nothing here that the caller may know of. One text for every reason: what is hidden looks like what never was. */
export const notFound = () => new DomainError('NOT_FOUND', 'There is no such resource.');

/** One text for every fault of a credential, so that nobody learns which part of it was right. */
export const unauthenticated = () => new DomainError('UNAUTHENTICATED', 'The credentials are missing or not valid.');
