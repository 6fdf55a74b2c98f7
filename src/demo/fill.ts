/** Fills a gateway with the demo: a small catalogue, a partner with a key, and a runner who shares everything. */
import type { Ask, CommandError } from '../cli/client.ts';
import catalogue from './catalogue.json' with { type: 'json' };
import { demoRunner } from './runner.ts';

export interface Demo {
  /** A new API key of the demo's partner. */
  key: string;
  /** Path of the address of the demo runner's context, token and all. */
  contextPath: string;
}

/** May be repeated: what an earlier demo has left is brought up to date. */
export async function fillWithDemo(ask: Ask): Promise<Demo> {
  await ask('mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun } } }', { input: catalogue });
  return { key: await mintDemoKey(ask), contextPath: await shareDemoRunner(ask) };
}

async function mintDemoKey(ask: Ask): Promise<string> {
  const partnerId = await ask('mutation { createPartner(input: { name: "partner-a" }) { id } }', {}).then(
    ({ createPartner }) => (createPartner as { id: string }).id,
    (error: CommandError) => {
      // A second demo on the same folder finds the partner of the first.
      if (error.extensions?.code === 'CONFLICT') return error.extensions.partnerId;
      throw error;
    },
  );
  const minted = await ask('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext } }', {
    input: { partnerId, environment: 'TEST', label: 'demo' },
  });
  return (minted.createApiKey as { plaintext: string }).plaintext;
}

async function shareDemoRunner(ask: Ask): Promise<string> {
  const input = demoRunner(new Date());
  await ask('mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { counts { noun } } }', { input });
  const { runner } = await ask('query ($username: String) { runner(username: $username) { id } }', { username: input.username });
  const everything = { enabled: true, profile: true, training: true, health: true, labs: true };
  const { updateContextSharing } = await ask(
    'mutation ($id: ID!, $input: ContextSharingInput!) { updateContextSharing(runnerId: $id, input: $input) { contextLinks { url } } }',
    { id: (runner as { id: string }).id, input: everything },
  );
  const [link] = (updateContextSharing as { contextLinks: { url: string }[] }).contextLinks;
  return new URL(link?.url ?? '').pathname;
}
