/** The record of who did what. Written in the same transaction as the change it speaks of. */
import type { Context, Tx } from './context.ts';

export interface AuditEntry {
  /** `noun.verb`, such as `api-key.revoke`. */
  action: string;
  targetType: string;
  targetId?: string;
  /** Facts that are safe to keep: labels, scopes, counts. Never a secret. */
  details?: Record<string, string | number | boolean | string[] | null>;
}

/** Records that the caller did this, now. */
export async function recordAuditEvent(ctx: Context, tx: Tx, entry: AuditEntry): Promise<void> {
  const { caller } = ctx;
  const actorId = caller.kind === 'partner' ? caller.keyId : caller.kind === 'anonymous' ? null : caller.id;
  await tx.auditEvent.create({ data: { at: ctx.now(), actorKind: caller.kind, actorId, requestId: ctx.requestId, ...entry } });
}
