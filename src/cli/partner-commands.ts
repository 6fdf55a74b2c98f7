/** The commands about partners. */
import type { Ask } from './client.ts';
import type { Command } from './command.ts';
import { table } from './terminal.ts';

export interface Key {
  id: string;
  lookup: string;
  environment: string;
  label: string | null;
  scopes: string[];
  status: string;
  expiresAt: string | null;
  sunsetAt: string | null;
  disabledAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  secretKeyId: string | null;
}

export interface Partner {
  id: string;
  name: string;
  contactEmail: string | null;
  archivedAt: string | null;
  apiKeys: Key[];
}

export const keyFields = 'id lookup environment label scopes status expiresAt sunsetAt disabledAt revokedAt lastUsedAt secretKeyId';
const partnerFields = 'id name contactEmail notes createdAt archivedAt';

const partnersDocument = `query ($after: String, $archived: Boolean, $search: String) {
  partners(first: 100, after: $after, archived: $archived, search: $search) {
    pageInfo { hasNextPage endCursor } edges { node { ${partnerFields} apiKeys { ${keyFields} } } } } }`;

interface PartnersPage {
  partners: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; edges: { node: Partner }[] };
}

const contact = { '--contact-email <address>': 'whom to write to', '--notes <text>': 'what operators should know' };

export const partnerCommands: Command[] = [
  {
    name: 'partner create <name>',
    description: 'create a partner',
    options: contact,
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
    options: { '--archived': 'only archived ones', '--search <text>': 'only those with this in the name, the address or the notes' },
    run: (ask, _args, { archived, search }) => listPartners(ask, { archived, search }),
    render: ({ partners }) =>
      table(
        ['id', 'name', 'contact', 'keys', 'archived'],
        (partners as Partner[]).map(({ id, name, contactEmail, apiKeys, archivedAt }) => [
          id,
          name,
          contactEmail ?? '',
          String(apiKeys.length),
          archivedAt ?? '',
        ]),
      ),
  },
  {
    name: 'partner update <id>',
    description: 'change a partner; what is not said stays, an empty text clears',
    options: { '--name <name>': 'its new name', ...contact },
    run: (ask, [id], { name, contactEmail, notes }) =>
      ask(`mutation ($id: ID!, $input: UpdatePartnerInput!) { updatePartner(id: $id, input: $input) { ${partnerFields} } }`, {
        id,
        input: { name, contactEmail: clearedWhenEmpty(contactEmail), notes: clearedWhenEmpty(notes) },
      }),
    render: ({ updatePartner }) => `The partner ${(updatePartner as Partner).name} is up to date.`,
  },
  {
    name: 'partner archive <id>',
    description: 'refuse every key of a partner until it is unarchived',
    run: (ask, [id]) => ask(`mutation ($id: ID!) { archivePartner(id: $id) { ${partnerFields} } }`, { id }),
    render: ({ archivePartner }) => `The partner ${(archivePartner as Partner).name} is archived; none of its keys is let in.`,
  },
  {
    name: 'partner unarchive <id>',
    description: "let an archived partner's keys in again",
    run: (ask, [id]) => ask(`mutation ($id: ID!) { unarchivePartner(id: $id) { ${partnerFields} } }`, { id }),
    render: ({ unarchivePartner }) => `The keys of the partner ${(unarchivePartner as Partner).name} are let in again.`,
  },
];

const clearedWhenEmpty = (text: unknown) => (text === '' ? null : text);

/** All partners with their keys, however many pages that takes. */
export async function listPartners(ask: Ask, filter: object = {}): Promise<Record<string, unknown>> {
  const partners: Partner[] = [];
  let after: string | null = null;
  for (;;) {
    const page = (await ask(partnersDocument, { ...filter, after })) as unknown as PartnersPage;
    partners.push(...page.partners.edges.map((edge) => edge.node));
    if (!page.partners.pageInfo.hasNextPage) return { partners };
    after = page.partners.pageInfo.endCursor;
  }
}
