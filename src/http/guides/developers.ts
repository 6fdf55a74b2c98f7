/** /developers.md: the first five minutes, for partners and for authors of LLM tools. */
import type { Contract } from './contract.ts';
import { curl, shell } from './examples.ts';

export function developerPage({ publicUrl, contactEmail }: Contract): string {
  const api = `${publicUrl}/api`;
  const context = `${api}/runner-context/$TOKEN`;
  const keys = contactEmail
    ? `Write to ${contactEmail} what you are building; you get a key, over a channel that is safe for secrets.`
    : 'Whoever runs this gateway mints it for you.';
  return `${[
    '# Five-minute start',
    `Two read-only APIs: **runner context**, one runner at an address they hand out, for LLM tools, apps and scripts; and the **Partner API**, workout and training plan templates, server to server. The whole contract is [one text](${publicUrl}/llms-full.txt), [OpenAPI](${api}/openapi.json) and [a page to click through](${api}/docs).`,
    '## For authors of LLM tools',
    'A runner gives you an address. It is all that is needed: no key, no header, no SDK. Put its last part into `TOKEN` and read:',
    shell([curl(context, false)]),
    'That is markdown, made to be put into a conversation. It says at its top how to read it, how long it is, what is shared and what is not, and it links to everything else. Say to your model: what is absent is not there; do not guess it.',
    'As much as fits: a few thousand characters, one section, a length of your own, more detail, or JSON.',
    shell([
      curl(`${context}?detail=brief`, false),
      curl(`${context}?sections=training,health`, false),
      curl(`${context}?max_chars=8000`, false),
      curl(`${context}?detail=full`, false),
      curl(`${context}?format=json`, false),
    ]),
    'If your fetcher drops query strings, use paths. Links in the answers are such paths, so that a model that can only follow links gets to every section and to every day:',
    shell([
      curl(`${context}/brief.md`, false),
      curl(`${context}/sections/training.md`, false),
      curl(`${context}/health.md`, false),
      curl(`${context}.json`, false),
    ]),
    `If your tool speaks MCP, give it \`${api}/runner-context/<token>/mcp\`: the same, as tools to call.`,
    '- 403: the runner does not share this at present. 404: the address is not theirs any more; ask them for the new one. 429: wait `Retry-After` seconds.\n- `ETag` and `If-None-Match` work; an answer may be kept for an hour.\n- The address is the secret. Keep it out of logs, analytics and other people’s conversations.',
    '## For partners',
    `You need an API key. ${keys} Put it into \`EKIDEN_KEY\` and ask what it may read:`,
    shell([curl(`${api}/key`, true)]),
    'Then the first pages, newest change first:',
    shell([curl(`${api}/workout-templates?per_page=5`, true), curl(`${api}/training-plan-templates?per_page=5`, true)]),
    'To keep a copy, begin with everything and follow `next` until it is absent; store what is under `data` by `id`, delete what is under `removed`, and remember the highest `updatedAt` you have seen. The next time, pass that as `updatedSince`.',
    shell([curl(`${api}/workout-templates?updatedSince=1970-01-01T00:00:00Z&includeRemoved=true&per_page=100`, true)]),
    '- 60 requests a minute and 10 000 a day unless agreed otherwise; every answer says in `RateLimit` what is left, a 429 in `Retry-After` how long to wait.\n- 401: the key is wrong, expired or revoked. 403: it lacks the scope. 404: no such public, active template.\n- Refusals are `application/problem+json`; branch on `code`, quote `requestId` when you ask about one.',
    '## What will not change',
    'Changes are additive: new fields, parameters, paths and values of enumerations. Ignore what you do not know. The runner’s address answers markdown as plain text for ever.',
  ].join('\n\n')}\n`;
}
