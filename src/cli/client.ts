/** How commands talk to a gateway: GraphQL, as an operator. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ClientConfig } from '../config.ts';
import type { Fault } from '../domain/errors.ts';

/** A refusal or a failure that a person should read as it is, without a stack. */
export class CommandError extends Error {
  /** The code and the further facts the gateway gave, if it was the gateway that refused. */
  readonly extensions: { code?: string; errors?: Fault[] } & Record<string, unknown>;

  constructor(message: string, extensions: CommandError['extensions'] = {}) {
    super(message);
    this.extensions = extensions;
  }
}

export type Ask = (document: string, variables: object) => Promise<Record<string, unknown>>;

/** @throws CommandError when no server answers, none lets us in, or it refuses what was asked. */
export const connect =
  (config: ClientConfig): Ask =>
  async (document, variables) => {
    const token = config.token ?? localAdminToken(config.dataDir);
    const response = await fetch(new URL('/graphql', config.url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: document, variables }),
    }).catch((error: Error) => {
      const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
      throw new CommandError(`No server answers at ${config.url} (${code ?? message}). Start one with: npx ekiden serve`);
    });
    const answer = (await response.json().catch(() => {
      throw new CommandError(`${config.url} answered ${response.status}, but not as an Ekiden server does.`);
    })) as { data?: Record<string, unknown>; errors?: { message: string; extensions: CommandError['extensions'] }[] };
    const [refusal] = answer.errors ?? [];
    // Without a token the server knows nothing of what commands ask, and would say just that.
    if (refusal && (!token || refusal.extensions?.code === 'UNAUTHENTICATED')) {
      const reason = token ? '' : `, for there is no token in ${path.join(config.dataDir, 'admin-token')}`;
      throw new CommandError(
        `${config.url} does not let us in${reason}. Set EKIDEN_TOKEN to its admin token, or run this where its data folder is.`,
      );
    }
    if (refusal) throw new CommandError(refusal.message, refusal.extensions);
    return answer.data ?? {};
  };

/** The token that a server on this machine has written into its data folder. */
function localAdminToken(dataDir: string): string | undefined {
  const file = path.join(dataDir, 'admin-token');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
