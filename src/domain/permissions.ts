/** Which role may do what: the one matrix. Every domain function that decides asks it; `docs/roles.md` shows it. */
import type { Caller } from './caller.ts';
import { DomainError } from './errors.ts';

type Role = Exclude<Caller['kind'], 'anonymous'>;

/** How far a permission reaches. `own`: of what exists for others no word is said. `published`: what partners see. */
export type Reach = 'all' | 'own' | 'published';

/**
 * Who may do what. A key's scopes narrow what its partner may read. Whoever holds the token of a context link may read
 * that context, without any role.
 */
export const permissions = {
  /** Workout and training-plan templates; for coaches their own and what is published. */
  'templates.read': { operator: 'all', coach: 'own', runner: 'published', partner: 'published' },
  'templates.write': { operator: 'all', coach: 'own' },
  /** To begin a template of one's own from any that one may read. */
  'templates.copy': { operator: 'all', coach: 'own' },
  'catalogue.transfer': { operator: 'all', coach: 'own' },
  'partners.manage': { operator: 'all' },
  'own-key.read': { partner: 'own' },
  'runners.create': { operator: 'all' },
  'runners.list': { operator: 'all' },
  'runners.manage': { operator: 'all', runner: 'own' },
  'audit-events.read': { operator: 'all' },
  'development-sessions.create': { operator: 'all' },
  'secret-keys.manage': { operator: 'all' },
  'backups.create': { operator: 'all' },
} as const satisfies Record<string, Partial<Record<Role, Reach>>>;

export type Permission = keyof typeof permissions;

/** How far a role may go by itself; undefined when it may not at all. */
export function reachOf(role: Caller['kind'], permission: Permission): Reach | undefined {
  const roles: Partial<Record<Caller['kind'], Reach>> = permissions[permission];
  return roles[role];
}

/**
 * How far the caller may go.
 *
 * @throws UNAUTHENTICATED for nobody in particular, and when only a key will do; else FORBIDDEN naming the roles that may.
 */
export function permit({ kind }: Caller, permission: Permission): Reach {
  const reach = reachOf(kind, permission);
  if (reach) return reach;
  const names = Object.keys(permissions[permission]);
  if (kind === 'anonymous' || names.every((name) => name === 'partner'))
    throw new DomainError('UNAUTHENTICATED', `This needs ${credentialOf(names)}.`);
  throw new DomainError('FORBIDDEN', `Only ${names.map((name) => `${name}s`).join(' and ')} may do this.`);
}

function credentialOf(roles: string[]): string {
  if (!roles.includes('partner')) return 'a session';
  return roles.length === 1 ? 'an API key' : 'an API key or a session';
}
