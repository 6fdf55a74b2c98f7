/** What a caller must get from a root field, by what the schema says it stands on and the matrix of permissions. */
import { type GraphQLField, isNonNullType } from 'graphql';
import { needOf } from '../../schema/permission.ts';
import { restViewOf } from '../../schema/rest-view.ts';
import { type Permission, permissions, reachOf } from '../../src/domain/permissions.ts';

export type Field = GraphQLField<unknown, unknown>;

export interface CallerOfTable {
  role: Parameters<typeof reachOf>[0];
  headers: Record<string, string>;
  /** What a key may read. */
  scopes?: string[];
}

/** `ok`, `null` for what is not theirs, or the code of the refusal. UNKNOWN: this caller's schema has no such field. */
export type Outcome = 'ok' | 'null' | 'NOT_FOUND' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'UNKNOWN';

/** Whose the thing is that the operation is about; `none` when it is about none that exists. */
export type Situation = 'none' | 'own' | 'published' | 'another';

/** The permission of the matrix that the field stands on; undefined when it stands on something else. */
export function permissionOf(field: Field | undefined): Permission | undefined {
  const need = field && needOf(field.extensions);
  return need === 'token' || need === 'session' ? undefined : need;
}

export function expectedOutcome(field: Field, { role, scopes = [] }: CallerOfTable, situation: Situation): Outcome {
  const view = restViewOf(field.extensions);
  if (!view && (role === 'anonymous' || role === 'partner')) return 'UNKNOWN';
  const permission = permissionOf(field);
  if (!permission) return 'ok';
  const reach = reachOf(role, permission);
  if (!reach) return role === 'anonymous' || isForKeysOnly(permission) ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  if (role === 'partner' && view?.scope && !scopes.includes(view.scope)) return 'FORBIDDEN';
  const isShown = situation === 'published' && (permission === 'templates.read' || permission === 'templates.copy');
  if (reach === 'all' || situation === 'none' || situation === 'own' || isShown) return 'ok';
  return isNonNullType(field.type) ? 'NOT_FOUND' : 'null';
}

const isForKeysOnly = (permission: Permission) => Object.keys(permissions[permission]).every((role) => role === 'partner');
