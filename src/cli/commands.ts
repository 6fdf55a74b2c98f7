/** The commands that are a GraphQL operation each: what is asked, with what, and how the answer reads. */

import type { ImportReport } from '../domain/import-report.ts';
import { CommandError } from './client.ts';
import type { Command } from './command.ts';
import { describeCounts, readCatalogueFile, table, writeFileOrPrint } from './terminal.ts';

interface Key {
  id: string;
  lookup: string;
  environment: string;
  label: string | null;
  scopes: string[];
  expiresAt: string | null;
  revokedAt: string | null;
}

interface Partner {
  id: string;
  name: string;
  apiKeys: Key[];
}

const keyFields = 'id lookup environment label scopes expiresAt revokedAt';

const partnersDocument = `query ($after: String) { partners(first: 100, after: $after) {
  pageInfo { hasNextPage endCursor } edges { node { id name contactEmail createdAt apiKeys { ${keyFields} } } } } }`;

interface PartnersPage {
  partners: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; edges: { node: Partner }[] };
}

export const commands: Command[] = [
  {
    name: 'partner create <name>',
    description: 'create a partner',
    options: { '--contact-email <address>': 'whom to write to', '--notes <text>': 'what operators should know' },
    run: (ask, [name], { contactEmail, notes }) =>
      ask('mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { id name } }', { input: { name, contactEmail, notes } }),
    render({ createPartner }) {
      const { id, name } = createPartner as Partner;
      return `Created the partner ${name}.\nMint a key for it with:\n\n  npx ekiden key create --partner ${id}`;
    },
  },
  {
    name: 'partner list',
    description: 'list partners, oldest first',
    run: listPartners,
    render: ({ partners }) =>
      table(
        ['id', 'name', 'keys'],
        (partners as Partner[]).map(({ id, name, apiKeys }) => [id, name, String(apiKeys.length)]),
      ),
  },
  {
    name: 'key create',
    description: 'mint an API key; it is shown once',
    options: {
      '--partner <id>': 'whose key it will be (required)',
      '--env <live|test>': 'live unless said otherwise',
      '--scope <scope...>': 'what it may read; everything unless said otherwise',
      '--label <text>': 'what to call it',
      '--expires <instant>': 'when it stops working, such as 2027-01-01T00:00:00Z',
      '--per-minute <requests>': '60 unless said otherwise',
      '--per-day <requests>': '10 000 unless said otherwise',
    },
    required: ['partner'],
    run: (ask, _args, { partner, env = 'live', scope, label, expires, perMinute, perDay }) =>
      ask(`mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext apiKey { ${keyFields} } } }`, {
        input: {
          partnerId: partner,
          environment: String(env).toUpperCase(),
          scopes: scope,
          label,
          expiresAt: expires,
          requestsPerMinute: perMinute === undefined ? undefined : requestsOf('--per-minute', perMinute),
          requestsPerDay: perDay === undefined ? undefined : requestsOf('--per-day', perDay),
        },
      }),
    render({ createApiKey }) {
      const { plaintext, apiKey } = createApiKey as { plaintext: string; apiKey: Key };
      return `${plaintext}\n\nThis is the only time it is shown. It may read: ${apiKey.scopes.join(', ')}.\nIts id, for revoking it: ${apiKey.id}`;
    },
  },
  {
    name: 'key list',
    description: 'list keys, revoked ones too',
    run: listPartners,
    render: ({ partners }) =>
      table(
        ['id', 'partner', 'environment', 'lookup', 'label', 'state'],
        (partners as Partner[]).flatMap(({ name, apiKeys }) =>
          apiKeys.map((key) => [key.id, name, key.environment, key.lookup, key.label ?? '', stateOf(key)]),
        ),
      ),
  },
  {
    name: 'key revoke <id>',
    description: 'end a key at once',
    run: (ask, [id]) => ask('mutation ($id: ID!) { revokeApiKey(id: $id) { id lookup revokedAt } }', { id }),
    render: ({ revokeApiKey }) => `The key ${(revokeApiKey as Key).lookup} ended at ${(revokeApiKey as Key).revokedAt}.`,
  },
  {
    name: 'catalogue import <file>',
    description: 'import templates from a JSON file, all or nothing',
    run: async (ask, [file]) =>
      ask('mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) { counts { noun created updated unchanged } } }', {
        input: await readCatalogueFile(file ?? ''),
      }),
    render({ importCatalogue }) {
      return describeCounts((importCatalogue as ImportReport).counts).join('\n');
    },
  },
  {
    name: 'catalogue export [file]',
    description: 'export every template, to the file or to standard output',
    run: async (ask, [file]) => {
      const { exportCatalogue } = await ask('{ exportCatalogue }', {});
      return { exportCatalogue, written: await writeFileOrPrint(exportCatalogue, file) };
    },
    render: ({ written }) => String(written),
  },
];

/** JSON has no NaN: sent on, it would be null, which asks for the usual limit. */
function requestsOf(flag: string, text: unknown): number {
  if (!/^\d+$/.test(String(text))) throw new CommandError(`${flag} takes a whole number of requests, not ${JSON.stringify(text)}.`);
  return Number(text);
}

function stateOf({ revokedAt, expiresAt }: Key): string {
  if (revokedAt) return `revoked ${revokedAt}`;
  if (!expiresAt) return 'active';
  return new Date(expiresAt) <= new Date() ? `expired ${expiresAt}` : `active until ${expiresAt}`;
}

/** All partners with their keys, however many pages that takes. */
async function listPartners(ask: Parameters<Command['run']>[0]): Promise<Record<string, unknown>> {
  const partners: Partner[] = [];
  let after: string | null = null;
  for (;;) {
    const page = (await ask(partnersDocument, { after })) as unknown as PartnersPage;
    partners.push(...page.partners.edges.map((edge) => edge.node));
    if (!page.partners.pageInfo.hasNextPage) return { partners };
    after = page.partners.pageInfo.endCursor;
  }
}
