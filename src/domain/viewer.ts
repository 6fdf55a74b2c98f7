/** Who the caller is, as the gateway sees it. */
import type { Context } from './context.ts';

export interface Viewer {
  /** How the caller came in. */
  role: 'ANONYMOUS' | 'PARTNER' | 'OPERATOR';
  /** The operator's id, or the key's; null for nobody in particular. */
  id: string | null;
  /** What a key may read; empty for everyone else. */
  scopes: readonly string[];
}

export function getViewer({ caller }: Context): Viewer {
  if (caller.kind === 'operator') return { role: 'OPERATOR', id: caller.id, scopes: [] };
  if (caller.kind === 'partner') return { role: 'PARTNER', id: caller.keyId, scopes: caller.scopes };
  return { role: 'ANONYMOUS', id: null, scopes: [] };
}
