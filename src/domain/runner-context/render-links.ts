/** Where to go on from here: addresses that work for a reader who can only follow links, not write query strings. */
import { contextAddresses } from './addresses.ts';
import type { Budget } from './budget.ts';
import { contextScopes } from './facts.ts';
import { list } from './markdown.ts';
import type { SharedContext } from './shared-context.ts';

/** The heading and one address a line, of what is shared only; nothing when no address may be named. */
export function renderLinks(shared: SharedContext, contextUrl: string, { isBrief }: Budget): string[] {
  const { links, sections, detail } = shared.options;
  if (links === 'none') return [];
  const addresses = contextAddresses(contextUrl);
  if (isBrief) return ['## Links', `- The whole document, with links to everything: ${addresses.document('md')}`];
  const isWhole = sections === null && detail === 'standard';
  const said = list([
    isWhole ? null : `The whole document: ${addresses.document('md')}`,
    `JSON: ${addresses.document('json')}`,
    `Shorter: ${addresses.detail('brief', 'md')}`,
    `More runs, weeks and days: ${addresses.detail('full', 'md')}`,
    ...contextScopes.flatMap((scope) => (shared.scopes[scope] ? [`Only ${scope}: ${addresses.section(scope, 'md')}`] : [])),
    detail === 'full' && shared.scopes.training ? `Every run, newest first, as JSON: ${addresses.runs}` : null,
    shared.scopes.health ? `Every day of health, newest first: ${addresses.health('md')}` : null,
  ]);
  return said ? ['## Links', said] : [];
}
