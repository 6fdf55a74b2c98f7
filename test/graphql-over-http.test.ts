import { serverAudits } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { startGateway } from './support/gateway.ts';

const gateway = await startGateway();

/** The client of the audit, in this process: it asks for `{ __typename }` only, which needs no key. */
const audits = serverAudits({
  url: 'https://gateway.example/graphql',
  fetchFn: (url: string, init: RequestInit) => gateway.app.fetch(new Request(url, init)),
});

describe('GraphQL over HTTP', () => {
  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (name, audit) => {
    const result = await audit.fn();
    if (result.status === 'error') throw new Error(`${name}: ${result.reason} ${await result.response.text()}`);
    if (result.status === 'warn') console.warn(`${name}: ${result.reason}`);
    expect(result.status).not.toBe('error');
  });
});

it('gives fields in the order they were asked in, whichever is known first', async () => {
  const slow = 'allWorkoutTemplates(first: 100) { totalCount edges { node { id } } }';
  const names = Array.from({ length: 5 }, (_, index) => (index % 2 ? `quick${index}: __typename` : `slow${index}: ${slow}`));
  const { data } = await gateway.graphql<Record<string, unknown>>(`{ ${names.join(' ')} partners(first: 1) { edges { node { id } } } }`);
  expect(Object.keys(data)).toEqual(['slow0', 'quick1', 'slow2', 'quick3', 'slow4', 'partners']);
});
