import { describe, expect, it } from 'vitest';
import { publicUrl, startGateway } from './support/gateway.ts';
import { createSharedRunner } from './support/runners.ts';

const gateway = await startGateway();
const secondNode = await startGateway({ database: gateway.database });

async function newCode(input: object): Promise<string> {
  const { data, errors } = await gateway.graphql<{ createSignInLink: { url: string } }>(
    'mutation ($input: CreateDevelopmentSessionInput!) { createSignInLink(input: $input) { url } }',
    { input },
  );
  if (errors) throw new Error(errors[0]?.message);
  const { origin, pathname, hash } = new URL(data.createSignInLink.url);
  expect([origin, pathname]).toEqual([publicUrl, '/sign-in']);
  return new URLSearchParams(hash.slice(1)).get('code') ?? '';
}

const take = ({ app }: typeof gateway, code: string) =>
  app.fetch(
    new Request(`${publicUrl}/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${code}`, Origin: publicUrl },
      body: '{}',
    }),
  );

const whoIs = async (taken: Response) => {
  const cookie = taken.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { Cookie: cookie, Origin: publicUrl };
  return (await gateway.graphql<{ viewer: object }>('{ viewer { role id } }', {}, headers)).data.viewer;
};

describe('the code of a one-time link', () => {
  it('signs in as whom it was made for', async () => {
    expect(await whoIs(await take(gateway, await newCode({ role: 'COACH', user: 'coach-a' })))).toEqual({ role: 'COACH', id: 'coach-a' });
    const { id, username } = await createSharedRunner(gateway);
    expect(await whoIs(await take(gateway, await newCode({ role: 'RUNNER', user: username })))).toEqual({ role: 'RUNNER', id });
  });

  it('works once, on whichever node, however many browsers come at once', async () => {
    const code = await newCode({ role: 'OPERATOR' });
    const answers = await Promise.all([gateway, secondNode, gateway, secondNode].map((node) => take(node, code)));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([204, 401, 401, 401]);
    expect((await take(secondNode, code)).status).toBe(401);
  });

  it('ends after five minutes', async () => {
    const before = gateway.clock.now;
    const [used, unused] = [await newCode({ role: 'COACH' }), await newCode({ role: 'COACH' })];
    gateway.clock.now = new Date(before.getTime() + 299_999);
    expect((await take(gateway, used)).status).toBe(204);
    gateway.clock.now = new Date(before.getTime() + 300_000);
    expect((await take(gateway, unused)).status).toBe(401);
    gateway.clock.now = before;
  });

  it('is not in the database, in the audit log or in the server log, and is no session by itself', async () => {
    const code = await newCode({ role: 'OPERATOR' });
    const stored = JSON.stringify([await gateway.db.signInCode.findMany(), await gateway.db.auditEvent.findMany()]);
    expect(stored).not.toContain(code.slice(5));
    expect(gateway.logged()).not.toContain(code.slice(5));
    const { errors } = await gateway.graphql('{ viewer { role } }', {}, { Authorization: `Bearer ${code}` });
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
