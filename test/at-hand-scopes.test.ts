/** What a key with more scopes was given is not at hand for one with fewer, whatever that one writes into its headers. */
import { expect, it } from 'vitest';
import { publicUrl, startGateway } from './support/gateway.ts';

const gateway = await startGateway();

it('an answer that is at hand is for keys of the same scopes', async () => {
  const scopes = ['workout-templates:read'];
  const [all, some] = [await gateway.mintKey(), await gateway.mintKey({ scopes })];
  const ask = (plaintext: string, accept: string) => {
    const headers = { 'X-API-Key': plaintext, 'Content-Type': 'application/json', Accept: accept };
    const body = JSON.stringify({ query: '{ trainingPlanTemplates { total data { name } } }' });
    return gateway.app.fetch(new Request(`${publicUrl}/graphql`, { method: 'POST', headers, body }));
  };
  expect(await (await ask(all.plaintext, 'application/json')).text()).toContain('"total"');
  for (const accept of ['application/json', 'training-plan-templates:read application/json', '*/*']) {
    const answer = await (await ask(some.plaintext, accept)).text();
    expect(answer).not.toContain('"total"');
  }
  expect(await (await ask(some.plaintext, 'application/json')).text()).toContain('FORBIDDEN');
  const list = async (plaintext: string) => (await gateway.get('/api/training-plan-templates', plaintext)).status;
  expect([await list(all.plaintext), await list(some.plaintext)]).toEqual([200, 403]);
});
