/** What operators do with keys, through the API. */
import type { Gateway, GraphqlAnswer } from './gateway.ts';

export interface KeyAnswer {
  id: string;
  lookup: string;
  status: string;
  label: string | null;
  scopes: string[];
  environment: string;
  requestsPerMinute: number;
  requestsPerDay: number;
  expiresAt: string | null;
  sunsetAt: string | null;
  rotatedAt: string | null;
  disabledAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  partner: { id: string };
  replacedBy: { id: string } | null;
  rotatedFrom: { id: string } | null;
}

const keyFields = `id lookup status label scopes environment requestsPerMinute requestsPerDay expiresAt sunsetAt rotatedAt
  disabledAt revokedAt lastUsedAt partner { id } replacedBy { id } rotatedFrom { id }`;

export interface Minted {
  plaintext: string;
  apiKey: KeyAnswer;
}

/** The answer as it is, refusals too. */
export const tryRotate = (gateway: Gateway, id: string, graceSeconds?: number): Promise<GraphqlAnswer<{ rotateApiKey: Minted } | null>> =>
  gateway.graphql(
    `mutation ($id: ID!, $graceSeconds: Int) { rotateApiKey(id: $id, graceSeconds: $graceSeconds) { plaintext apiKey { ${keyFields} } } }`,
    graceSeconds === undefined ? { id } : { id, graceSeconds },
  );

/** The successor of the key. */
export async function rotate(gateway: Gateway, id: string, graceSeconds?: number): Promise<Minted> {
  const { data, errors } = await tryRotate(gateway, id, graceSeconds);
  if (!data || errors) throw new Error(JSON.stringify(errors));
  return data.rotateApiKey;
}

/** One of the mutations that change a key and give it, as it is answered. */
export const changeKey = (
  gateway: Gateway,
  name: 'revokeApiKey' | 'disableApiKey' | 'enableApiKey',
  id: string,
): Promise<GraphqlAnswer<Record<string, KeyAnswer> | null>> =>
  gateway.graphql(`mutation ($id: ID!) { ${name}(id: $id) { ${keyFields} } }`, { id });

export const updateKey = (gateway: Gateway, id: string, input: object): Promise<GraphqlAnswer<{ updateApiKey: KeyAnswer } | null>> =>
  gateway.graphql(`mutation ($id: ID!, $input: UpdateApiKeyInput!) { updateApiKey(id: $id, input: $input) { ${keyFields} } }`, {
    id,
    input,
  });

export const setArchived = (gateway: Gateway, partnerId: string, archived: boolean) =>
  gateway.graphql<Record<string, { archivedAt: string | null }>>(
    `mutation ($id: ID!) { ${archived ? 'archivePartner' : 'unarchivePartner'}(id: $id) { archivedAt } }`,
    { id: partnerId },
  );

/** The key as operators see it. */
export async function seenKey<T = KeyAnswer>(
  gateway: Gateway,
  { id, partnerId }: { id: string; partnerId: string },
  fields = keyFields,
): Promise<T> {
  const { data, errors } = await gateway.graphql<{ partner: { apiKeys: (T & { id: string })[] } }>(
    `query ($id: ID!) { partner(id: $id) { apiKeys { id ${fields} } } }`,
    { id: partnerId },
  );
  const key = data?.partner.apiKeys.find((candidate) => candidate.id === id);
  if (!key) throw new Error(`no key ${id}: ${JSON.stringify(errors)}`);
  return key;
}

/** The statuses with which the doors for keys answer this one: REST, with GET and with HEAD, and GraphQL. */
export async function askEveryDoor(gateway: Gateway, key: string): Promise<number[]> {
  const graphql = gateway.graphql('{ apiKey { id } }', {}, { 'X-API-Key': key });
  const rest = ['GET', 'HEAD'].map((method) => gateway.get('/api/key', key, { method }));
  return [...(await Promise.all(rest)).map(({ status }) => status), (await graphql).status];
}
