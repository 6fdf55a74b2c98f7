/** Fills the database that everyone reads: through the gateway's own doors, and by SQL where those set a pace. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createContextTokens } from '../../src/access/context-tokens.ts';
import { deriveKeys } from '../../src/access/secret-keys.ts';
import { type Ask, connect } from '../../src/cli/client.ts';
import { demoRunner } from '../../src/demo/runner.ts';
import type { Catalogue } from './catalogue.ts';

export interface Dataset {
  /** A key for each partner. Their limits are as high as can be. */
  keys: string[];
  /** The tokens of one runner's context links: a link may be read 600 times a minute, so that there must be many. */
  tokens: string[];
}

const highestLimit = 2_147_483_647;

export const secretKey = randomBytes(32).toString('hex');
export const adminToken = randomBytes(32).toString('hex');
/** What absolute addresses in answers begin with; nobody listens there. */
export const publicUrl = 'http://localhost:4000';

/** @param catalogue goes into the gateway at `url`, with as many partners as given. */
export async function fillGateway(url: string, catalogue: Catalogue, partners: number): Promise<Dataset['keys']> {
  const ask = connect({ url, token: adminToken, dataDir: '' });
  await ask('mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun } } }', { input: catalogue });
  const keys: string[] = [];
  const minters = [0, 1].map(async (first) => {
    for (let number = first; number < partners; number += 2) keys.push(await mintKey(ask, number));
  });
  await Promise.all(minters);
  return keys;
}

async function mintKey(ask: Ask, number: number): Promise<string> {
  const { createPartner } = await ask('mutation ($name: String!) { createPartner(input: { name: $name }) { id } }', {
    name: `partner-${number}`,
  });
  const { createApiKey } = await ask('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext } }', {
    input: {
      partnerId: (createPartner as { id: string }).id,
      environment: 'LIVE',
      requestsPerMinute: highestLimit,
      requestsPerDay: highestLimit,
    },
  });
  return (createApiKey as { plaintext: string }).plaintext;
}

/** Imports the demo's runner, who shares everything, at so many addresses. */
export async function shareRunner(url: string, databaseUrl: string, links: number): Promise<Dataset['tokens']> {
  const ask = connect({ url, token: adminToken, dataDir: '' });
  const input = demoRunner(new Date());
  await ask('mutation ($input: ImportRunnerInput!) { importRunner(input: $input) { counts { noun } } }', { input });
  const { runner } = await ask('query ($username: String) { runner(username: $username) { id } }', { username: input.username });
  const { id } = runner as { id: string };
  await ask('mutation ($id: ID!) { updateContextSharing(runnerId: $id, input: { enabled: true }) { id } }', { id });

  const tokens = createContextTokens(deriveKeys([secretKey], 'context-token'));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const shared: string[] = [];
    for (let number = 0; number < links; number++) {
      const { rows } = await client.query<{ id: string }>('SELECT gen_random_uuid() AS id');
      const linkId = rows[0]?.id ?? '';
      const { tokenHash, encryptedToken } = tokens.mint(linkId);
      await client.query(
        `INSERT INTO "ContextLink" ("id", "runnerId", "label", "profile", "training", "health", "labs", "tokenHash", "encryptedToken", "rotatedAt")
         VALUES ($1, $2, $3, true, true, true, true, $4, $5, now())`,
        [linkId, id, `reader ${number}`, tokenHash, encryptedToken],
      );
      shared.push(tokens.open(linkId, encryptedToken) ?? '');
    }
    return shared;
  } finally {
    await client.end();
  }
}
