/** Who the caller is, as the gateway sees it. */
import type { Prisma, Runner } from '../../prisma/generated/client/client.ts';
import type { Context } from './context.ts';
import { findRunner } from './runners.ts';

export interface Viewer {
  /** How the caller came in. */
  role: 'ANONYMOUS' | 'PARTNER' | 'RUNNER' | 'COACH' | 'OPERATOR';
  /** The subject of the session, or the key's id; null for nobody in particular. */
  id: string | null;
  /** What a key may read; empty for everyone else. */
  scopes: readonly string[];
}

const roles = { runner: 'RUNNER', coach: 'COACH', operator: 'OPERATOR' } as const;

export function getViewer({ caller }: Context): Viewer {
  if (caller.kind === 'anonymous') return { role: 'ANONYMOUS', id: null, scopes: [] };
  if (caller.kind === 'partner') return { role: 'PARTNER', id: caller.keyId, scopes: caller.scopes };
  return { role: roles[caller.kind], id: caller.id, scopes: [] };
}

/** The runner whose sessions the caller's is one of; null for everyone else. `query` is what the schema selects along with it. */
export async function findViewerRunner(ctx: Context, query: Prisma.RunnerDefaultArgs): Promise<Runner | null> {
  const { caller } = ctx;
  return caller.kind === 'runner' && caller.runnerId ? findRunner(ctx, { id: caller.runnerId }, query) : null;
}
