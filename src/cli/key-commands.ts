/** The commands about API keys. */
import { CommandError } from './client.ts';
import type { Command } from './command.ts';
import { type Key, keyFields, listPartners, type Partner } from './partner-commands.ts';
import { table } from './terminal.ts';

const settings = {
  '--scope <scope...>': 'what it may read; everything unless said otherwise',
  '--label <text>': 'what to call it',
  '--expires <instant>': 'when it stops working, such as 2027-01-01T00:00:00Z',
  '--per-minute <requests>': '60 unless said otherwise',
  '--per-day <requests>': '10 000 unless said otherwise',
};

export const keyCommands: Command[] = [
  {
    name: 'key create',
    description: 'mint an API key; it is shown once',
    options: { '--partner <id>': 'whose key it will be (required)', '--env <live|test>': 'live unless said otherwise', ...settings },
    required: ['partner'],
    run: (ask, _args, { partner, env = 'live', ...given }) =>
      ask(`mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { plaintext apiKey { ${keyFields} } } }`, {
        input: { partnerId: partner, environment: String(env).toUpperCase(), ...settingsOf(given) },
      }),
    render({ createApiKey }) {
      const { plaintext, apiKey } = createApiKey as MintedKey;
      return `${plaintext}\n\nThis is the only time it is shown. It may read: ${apiKey.scopes.join(', ')}.\nIts id, for revoking it: ${apiKey.id}`;
    },
  },
  {
    name: 'key list',
    description: 'list keys, revoked ones too',
    run: (ask) => listPartners(ask),
    render: ({ partners }) =>
      table(
        ['id', 'partner', 'environment', 'lookup', 'label', 'state', 'last used', 'secret key'],
        (partners as Partner[]).flatMap(({ name, archivedAt, apiKeys }) =>
          apiKeys.map((key) => [
            key.id,
            name,
            key.environment,
            key.lookup,
            key.label ?? '',
            archivedAt ? `partner archived ${archivedAt}` : stateOf(key),
            key.lastUsedAt ?? 'never',
            key.secretKeyId ?? 'not known',
          ]),
        ),
      ),
  },
  {
    name: 'key update <id>',
    description: 'change what was agreed on a key; what is not said stays',
    options: settings,
    run: (ask, [id], given) =>
      ask(`mutation ($id: ID!, $input: UpdateApiKeyInput!) { updateApiKey(id: $id, input: $input) { ${keyFields} } }`, {
        id,
        input: settingsOf(given),
      }),
    render: ({ updateApiKey }) => `Changed the key ${(updateApiKey as Key).lookup}, from its next request on.`,
  },
  {
    name: 'key rotate <id>',
    description: 'mint a successor, shown once, and end the key with its grace',
    options: { '--grace <duration>': 'how long the old key still works, such as 90s, 30m, 24h or 7d; not at all unless said otherwise' },
    run: (ask, [id], { grace = '0' }) =>
      ask(
        `mutation ($id: ID!, $graceSeconds: Int!) { rotateApiKey(id: $id, graceSeconds: $graceSeconds) {
          plaintext apiKey { ${keyFields} rotatedFrom { ${keyFields} } } } }`,
        { id, graceSeconds: secondsOf('--grace', grace) },
      ),
    render({ rotateApiKey }) {
      const { plaintext, apiKey } = rotateApiKey as MintedKey;
      const old = apiKey.rotatedFrom;
      const end = old?.revokedAt ? `ended at ${old.revokedAt}` : `works until ${old?.sunsetAt}`;
      return `${plaintext}\n\nThis is the only time it is shown. Its id: ${apiKey.id}\nThe old key ${old?.lookup} ${end}.`;
    },
  },
  {
    name: 'key disable <id>',
    description: 'refuse a key until it is enabled again',
    run: (ask, [id]) => ask(`mutation ($id: ID!) { disableApiKey(id: $id) { ${keyFields} } }`, { id }),
    render: ({ disableApiKey }) => `The key ${(disableApiKey as Key).lookup} is refused since ${(disableApiKey as Key).disabledAt}.`,
  },
  {
    name: 'key enable <id>',
    description: 'let a disabled key in again',
    run: (ask, [id]) => ask(`mutation ($id: ID!) { enableApiKey(id: $id) { ${keyFields} } }`, { id }),
    render: ({ enableApiKey }) => `The key ${(enableApiKey as Key).lookup} is ${stateOf(enableApiKey as Key)}.`,
  },
  {
    name: 'key revoke <id>',
    description: 'end a key at once and for good',
    run: (ask, [id]) => ask('mutation ($id: ID!) { revokeApiKey(id: $id) { id lookup revokedAt } }', { id }),
    render: ({ revokeApiKey }) => `The key ${(revokeApiKey as Key).lookup} ended at ${(revokeApiKey as Key).revokedAt}.`,
  },
];

interface MintedKey {
  plaintext: string;
  apiKey: Key & { rotatedFrom?: Key | null };
}

/** Of the options of a key, those that were given. */
function settingsOf({ scope, label, expires, perMinute, perDay }: Record<string, unknown>) {
  return {
    scopes: scope,
    label,
    expiresAt: expires,
    requestsPerMinute: perMinute === undefined ? undefined : requestsOf('--per-minute', perMinute),
    requestsPerDay: perDay === undefined ? undefined : requestsOf('--per-day', perDay),
  };
}

/** JSON has no NaN: sent on, it would be null, which asks for the usual limit. */
function requestsOf(flag: string, text: unknown): number {
  if (!/^\d+$/.test(String(text))) throw new CommandError(`${flag} takes a whole number of requests, not ${JSON.stringify(text)}.`);
  return Number(text);
}

const secondsOfUnit: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds, or a number with its unit. */
function secondsOf(flag: string, text: unknown): number {
  const [, number, unit = 's'] = /^(\d{1,9})([smhd])?$/.exec(String(text)) ?? [];
  if (number === undefined) throw new CommandError(`${flag} takes a time such as 90s, 30m, 24h or 7d, not ${JSON.stringify(text)}.`);
  return Number(number) * (secondsOfUnit[unit] ?? 1);
}

function stateOf({ status, revokedAt, expiresAt, sunsetAt, disabledAt }: Key): string {
  if (status === 'REVOKED') return `revoked ${revokedAt}`;
  if (status === 'EXPIRED') return `expired ${sunsetAt ?? expiresAt}`;
  if (status === 'DISABLED') return `disabled ${disabledAt}`;
  if (status === 'DEPRECATED') return `replaced, works until ${sunsetAt}`;
  return expiresAt ? `active until ${expiresAt}` : 'active';
}
