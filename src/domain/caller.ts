/** Who is asking: the boundary between authentication and everything that decides. */
import { DomainError } from './errors.ts';
import type { Scope } from './scopes.ts';

export type Caller = Anonymous | PartnerCaller | OperatorCaller;

interface Anonymous {
  kind: 'anonymous';
}

/** A partner's server, known by an API key. */
export interface PartnerCaller {
  kind: 'partner';
  partnerId: string;
  keyId: string;
  scopes: readonly string[];
  requestsPerMinute: number;
  requestsPerDay: number;
}

/** Someone who runs the gateway. May do everything. */
interface OperatorCaller {
  kind: 'operator';
  id: string;
}

export const anonymous: Anonymous = { kind: 'anonymous' };

/**
 * Lets partners with the scope, and operators, pass.
 *
 * @throws UNAUTHENTICATED for nobody in particular, FORBIDDEN naming the scope for a key without it.
 */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.kind === 'operator') return;
  if (caller.kind === 'anonymous') throw new DomainError('UNAUTHENTICATED', 'This needs an API key.');
  if (!caller.scopes.includes(scope)) {
    throw new DomainError('FORBIDDEN', `This API key lacks the scope ${scope}. Ask the gateway's operator for a key that has it.`);
  }
}

/**
 * Lets operators pass and gives their id.
 *
 * @throws UNAUTHENTICATED for nobody in particular, FORBIDDEN for everyone else.
 */
export function requireOperator(caller: Caller): string {
  if (caller.kind === 'operator') return caller.id;
  if (caller.kind === 'anonymous') throw new DomainError('UNAUTHENTICATED', 'This needs an operator session.');
  throw new DomainError('FORBIDDEN', 'Only operators may do this.');
}
