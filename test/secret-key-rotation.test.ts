/** The secret key is changed under a gateway that serves: with the old one alone, with both, with the new one alone. */
import { describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from './support/gateway.ts';
import { createSharedRunner } from './support/runners.ts';

const [older, newer] = ['33'.repeat(32), '44'.repeat(32)];
const before = await startGateway({ secretKeys: [older] });
const { database } = before;
const during = await startGateway({ secretKeys: [newer, older], database });
const after = await startGateway({ secretKeys: [newer], database });

const useDocument = '{ secretKeysUse { secretKeys { id apiKeys contextLinks } apiKeysUnknown apiKeysLost contextLinksLost } }';
interface Use {
  secretKeys: { id: string; apiKeys: number; contextLinks: number }[];
  apiKeysUnknown: number;
  apiKeysLost: number;
  contextLinksLost: number;
}
const useSeenBy = async (gateway: Gateway) => (await gateway.graphql<{ secretKeysUse: Use }>(useDocument)).data.secretKeysUse;

interface Batch {
  reencrypted: number;
  current: number;
  lost: number;
  next: string | null;
}
const apply = async (gateway: Gateway, from: string | null = null): Promise<Batch> => {
  const answer = await gateway.graphql<{ reencryptContextLinks: Batch }>(
    'mutation ($after: ID) { reencryptContextLinks(after: $after) { reencrypted current lost next } }',
    { after: from },
  );
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data.reencryptContextLinks;
};

const shownUrl = async (gateway: Gateway, id: string) => {
  const { data } = await gateway.graphql<{ runner: { contextLinks: { url: string | null }[] } }>(
    'query ($id: ID!) { runner(id: $id) { contextLinks { url } } }',
    { id },
  );
  return data.runner.contextLinks[0]?.url;
};

const statusOf = async (gateway: Gateway, session: Record<string, string>) =>
  (await gateway.graphql('{ viewer { role } }', {}, session)).status;

describe('a secret key that is changed', () => {
  it('breaks no read while both are listed, and afterwards what depends on the old one only', async () => {
    const key = await before.mintKey();
    const idle = await before.mintKey();
    const runner = await createSharedRunner(before);
    const session = await before.session('operator', 'operator-a');
    const reads = async (gateway: Gateway) => [
      (await gateway.get('/api/workout-templates', key.plaintext)).status,
      (await gateway.get(runner.path)).status,
      await statusOf(gateway, session),
    ];
    expect(await reads(before)).toEqual([200, 200, 200]);

    expect(await reads(during)).toEqual([200, 200, 200]);
    expect(await useSeenBy(during)).toMatchObject({
      secretKeys: [
        { apiKeys: 0, contextLinks: 0 },
        { apiKeys: 2, contextLinks: 1 },
      ],
      apiKeysUnknown: 0,
    });
    const url = await shownUrl(before, runner.id);
    expect(await apply(during)).toEqual({ reencrypted: 1, current: 0, lost: 0, next: null });
    expect(await apply(during)).toEqual({ reencrypted: 0, current: 1, lost: 0, next: null });
    const events = await during.db.auditEvent.findMany({ where: { action: 'secret-key.apply' } });
    expect(events.map(({ details }) => details)).toEqual([{ contextLinks: 1, secretKeyId: expect.stringMatching(/^[\w-]{12}$/) }]);
    expect(await shownUrl(during, runner.id)).toBe(url);
    expect(await reads(during)).toEqual([200, 200, 200]);
    // What is made now stands on the new one alone.
    const fresh = await during.mintKey();
    const { data } = await during.graphql<{ rotateApiKey: { plaintext: string } }>(
      'mutation ($id: ID!) { rotateApiKey(id: $id, graceSeconds: 0) { plaintext } }',
      { id: idle.id },
    );
    expect((await useSeenBy(during)).secretKeys).toMatchObject([
      { apiKeys: 2, contextLinks: 1 },
      { apiKeys: 1, contextLinks: 0 },
    ]);

    for (const { plaintext } of [fresh, data.rotateApiKey]) expect((await after.get('/api/key', plaintext)).status).toBe(200);
    expect(await shownUrl(after, runner.id)).toBe(url);
    expect(await reads(after)).toEqual([401, 200, 401]);
    expect(await useSeenBy(after)).toMatchObject({ apiKeysLost: 1, contextLinksLost: 0 });
  });

  it('says which links it can no longer show, and they go on working until they are replaced', async () => {
    const runner = await createSharedRunner(before);
    expect(await shownUrl(after, runner.id)).toBeNull();
    expect((await apply(after)).lost).toBe(1);
    expect((await useSeenBy(after)).contextLinksLost).toBe(1);
    expect((await after.get(runner.path)).status).toBe(200);
    await after.graphql('mutation ($id: ID!) { rotateContextToken(runnerId: $id) { id } }', { id: runner.id });
    expect((await apply(after)).lost).toBe(0);
  });
});

it('which secret key an older API key needs is known from its next request on', async () => {
  const key = await before.mintKey();
  await database.db.apiKey.update({ where: { id: key.id }, data: { secretKeyId: null } });
  expect((await useSeenBy(during)).apiKeysUnknown).toBe(1);
  expect((await during.get('/api/key', key.plaintext)).status).toBe(200);
  await during.flushUsage();
  const { secretKeys, apiKeysUnknown } = await useSeenBy(during);
  expect(apiKeysUnknown).toBe(0);
  const { secretKeyId } = await database.db.apiKey.findUniqueOrThrow({ where: { id: key.id } });
  expect(secretKeyId).toBe(secretKeys[1]?.id);
});

it('a link that is replaced while it is re-encrypted keeps its new address, whoever is first', async () => {
  const runners = await Promise.all(Array.from({ length: 8 }, () => createSharedRunner(before)));
  const rotations = runners.map(({ id }) =>
    before.graphql<{ rotateContextToken: { url: string } }>('mutation ($id: ID!) { rotateContextToken(runnerId: $id) { url } }', { id }),
  );
  const batches = Promise.all([apply(during), apply(during)]);
  const urls = (await Promise.all(rotations)).map(({ data }) => data.rotateContextToken.url);
  await batches;
  await apply(during);
  expect(await Promise.all(runners.map(({ id }) => shownUrl(after, id)))).toEqual(urls);
  for (const url of urls) expect((await after.get(new URL(url).pathname)).status).toBe(200);
});

it('many links are re-encrypted batch by batch, each once', async () => {
  const runner = await createSharedRunner(before);
  const { seal } = before.parts.gate.base.contextLinks.tokens;
  const rows = Array.from({ length: 1_100 }, (_, index) => {
    const id = crypto.randomUUID();
    const tokenHash = index.toString(16).padStart(64, '0');
    return {
      id,
      runnerId: runner.id,
      label: `link ${index}`,
      tokenHash,
      encryptedToken: seal(id, `token ${index}`),
      rotatedAt: new Date(),
    };
  });
  await database.db.contextLink.createMany({ data: rows });
  const batches: Batch[] = [await apply(during)];
  while (batches.at(-1)?.next) batches.push(await apply(during, batches.at(-1)?.next));
  expect(batches.length).toBeGreaterThanOrEqual(3);
  // The runner's own link beside them.
  expect(batches.reduce((sum, { reencrypted }) => sum + reencrypted, 0)).toBe(rows.length + 1);
  expect((await useSeenBy(during)).secretKeys[1]?.contextLinks).toBe(0);
  expect((await during.graphql('mutation { reencryptContextLinks(after: "nowhere") { next } }')).errors?.[0]?.extensions.code).toBe(
    'INVALID',
  );
});
