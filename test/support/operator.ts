/** An operator of any gateway, in this process or another. */
import type { Send } from './doors.ts';

/** Gives the data of a GraphQL operation. @throws with the status and the errors when it did not succeed whole. */
export type Ask = <T>(query: string, variables?: object) => Promise<T>;

export class Refused extends Error {
  readonly status: number;
  readonly codes: string[];
  constructor(status: number, errors: { message: string; extensions: { code: string } }[]) {
    super(`${status}: ${errors.map(({ message }) => message).join(' ')}`);
    this.status = status;
    this.codes = errors.map(({ extensions }) => extensions.code);
  }
}

export function operatorOf(send: Send, token: string): Ask {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
  return async <T>(query: string, variables: object = {}) => {
    const response = await send('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await response.json()) as { data: T; errors?: ConstructorParameters<typeof Refused>[1] };
    if (errors) throw new Refused(response.status, errors);
    return data;
  };
}

/** A new partner's key. */
export async function mintKey(ask: Ask, input: object = {}): Promise<{ id: string; plaintext: string }> {
  const { createPartner } = await ask<{ createPartner: { id: string } }>(
    'mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { id } }',
    { input: { name: `partner-${crypto.randomUUID()}` } },
  );
  const { createApiKey } = await ask<{ createApiKey: { plaintext: string; apiKey: { id: string } } }>(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext apiKey { id } } }',
    { input: { partnerId: createPartner.id, environment: 'LIVE', ...input } },
  );
  return { id: createApiKey.apiKey.id, plaintext: createApiKey.plaintext };
}
