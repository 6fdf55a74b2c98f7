/** Every operation and what each role may do with it, as a page for people: `docs/roles.md`. */
import type { GraphQLField, GraphQLSchema } from 'graphql';
import { reachOf } from '../src/domain/permissions.ts';
import { atMostOf, needOf } from './permission.ts';
import { restViewOf } from './rest-view.ts';

const roles = ['operator', 'coach', 'runner', 'partner', 'reader', 'anonymous'] as const;
type Role = (typeof roles)[number];

const opening = `# Who may do what

Printed from the schema and \`src/domain/permissions.ts\` by \`npm run schema:print\`; the tests ask every operation as every
kind of caller.

- **all**: whoever and whatever it is about.
- **own**: what is the caller's own, and templates that are published. Of what exists for others no word is said: the answer
  is the one that is given for what never existed.
- **published**: what is public and active. A partner's key needs the operation's scope as well.
- **–**: refused. Partners and anonymous callers do not even find the operation in the schema, unless it is documented for REST.

A reader is whoever shows the token of a context link, with or without another credential, and reads what that link shows.
`;

/** The page as markdown. */
export function printRoles(schema: GraphQLSchema): string {
  const tables = [schema.getQueryType(), schema.getMutationType()].map((type) => {
    const rows = Object.values(type?.getFields() ?? {})
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .map((field) => `| \`${field.name}\` | ${needOf(field.extensions)} | ${roles.map((role) => reachIn(field, role)).join(' | ')} |`);
    const headings = ['operation', 'stands on', ...roles];
    return [`## ${type?.name}`, '', `| ${headings.join(' | ')} |`, `|${'---|'.repeat(headings.length)}`, ...rows].join('\n');
  });
  return `${[opening, ...tables].join('\n')}\n`.replace(/\n## /g, '\n\n## ').replace(/\n{3,}/g, '\n\n');
}

function reachIn({ extensions }: GraphQLField<unknown, unknown>, role: Role): string {
  const need = needOf(extensions);
  const isHidden = (role === 'partner' || role === 'anonymous') && restViewOf(extensions) === undefined;
  if (need === undefined || isHidden) return '–';
  if (need === 'token') return role === 'reader' ? 'own' : '–';
  if (role === 'reader') return '–';
  if (need === 'session') return 'own';
  const reach = reachOf(role, need);
  return (reach && atMostOf(extensions)) ?? reach ?? '–';
}
