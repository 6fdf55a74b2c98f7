/** Who is asking: the boundary between authentication and everything that decides. */
import { DomainError } from './errors.ts';
import { permit } from './permissions.ts';
import type { Scope } from './scopes.ts';

export type Caller = Anonymous | PartnerCaller | RunnerCaller | CoachCaller | OperatorCaller;

interface Anonymous {
  kind: 'anonymous';
}

/** A partner's server, known by an API key. */
export interface PartnerCaller {
  kind: 'partner';
  partnerId: string;
  keyId: string;
  /** The secret key that the tag of the key was made with. */
  secretKeyId: string;
  scopes: readonly string[];
  requestsPerMinute: number;
  requestsPerDay: number;
  /** Set when the key was replaced by another: since when, and until when it works. Every answer says so. */
  deprecation: { since: Date; sunsetAt: Date } | null;
  /** How new the catalogue was when the key was read. */
  catalogue: CatalogueStamps;
}

/**
 * The stamp of the newest change that partners can see, of each kind, in milliseconds since 1970. No template has a later
 * one, and while it stands, so does every answer about the kind.
 */
export interface CatalogueStamps {
  workoutTemplates: number;
  trainingPlanTemplates: number;
}

/** A runner's session. */
interface RunnerCaller {
  kind: 'runner';
  /** The subject of the session. */
  id: string;
  /** The runner whose subject it is; null when there is none (any more). */
  runnerId: string | null;
}

/** A session of someone who writes templates. */
interface CoachCaller {
  kind: 'coach';
  /** The subject of the session, and the author of what it writes. */
  id: string;
}

/** Someone who runs the gateway. May do everything. */
interface OperatorCaller {
  kind: 'operator';
  /** The subject of the session, or `admin` for the bearer of the admin token. */
  id: string;
}

export const anonymous: Anonymous = { kind: 'anonymous' };

/** Lets through whoever may read templates; a partner needs the scope as well. @throws as `permit`; FORBIDDEN naming the scope. */
export function requireScope(caller: Caller, scope: Scope): void {
  permit(caller, 'templates.read');
  if (caller.kind === 'partner' && !caller.scopes.includes(scope)) {
    throw new DomainError('FORBIDDEN', `This API key lacks the scope ${scope}. Ask the gateway's operator for a key that has it.`);
  }
}
