/** What a gateway is asked for while its memory is watched: the demo's catalogue, with a key that no limit stops. */
import { connect } from '../../../src/cli/client.ts';
import catalogue from '../../../src/demo/catalogue.json' with { type: 'json' };

const limitMax = 2_147_483_647;

/** The plaintext of a new key. */
export async function fillAndMintKey(url: string, adminToken: string): Promise<string> {
  const ask = connect({ url, token: adminToken, dataDir: '' });
  await ask('mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun } } }', { input: catalogue });
  const { createPartner } = await ask('mutation { createPartner(input: { name: "partner-a" }) { id } }', {});
  const input = {
    partnerId: (createPartner as { id: string }).id,
    environment: 'LIVE',
    requestsPerMinute: limitMax,
    requestsPerDay: limitMax,
  };
  const { createApiKey } = await ask('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext } }', { input });
  return (createApiKey as { plaintext: string }).plaintext;
}
